import * as z from 'zod';
import { anyByte, anyParity, CR, fixedForm, only, repeated, spacedDigit, STX } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder, FrameUnit } from './protocol.ts';
import { readNumber, rejected, weightFrame } from './weight.ts';

/**
 * Mettler-Toledo continuous output (also Ohaus, Fairbanks, Rice Lake 480, Cardinal 225 and many Chinese ones).
 *
 *   STX | SWA | SWB | SWC | weight, 6 | tare, 6 | CR | CHK     18 bytes, 17 without CHK
 *   STX | SWA | SWB | SWC | weight, 6 | CR | CHK               12 bytes, 11 without CHK
 *
 *   SWA  b2-0 point: 000 x100, 001 x10, 010 none, 011 .X ... 111 .XXXXX
 *   SWB  b0 net, b1 negative, b2 out of range, b3 motion, b4 kg (else lb)
 *   SWC  b2-0 unit: 000 as SWB says, 001 g, 010 t, 011 oz; b4 expanded x10
 *   CHK  two's complement of the sum of all bytes before it, low 7 bits compared: some firmware sends 8
 *
 *   02 31 30 20 20 20 20 32 30 30 20 20 20 20 30 30 0D 1E   IND245, 200 kg (the weight field is "   200")
 *
 * CHK may itself be 0D, so a frame is found by its length, never by CR. The highest bit of every byte is
 * ignored: a 7E1 line read as 8N1 puts its parity there. Constant bits b5 and b6 are not enforced.
 */
export function mettlerContinuousOptions(frame: 'standard' | 'short', checksum: boolean) {
  return z.strictObject({
    frame: z.enum(['standard', 'short']).default(frame),
    checksum: z.boolean().default(checksum),
    /**
     * Where SWA says x10 or x100, the last zeros are painted on the display. Captures carry them inside the
     * field, some texts say that the field lacks them: to be verified against the display at commissioning.
     */
    dummyZeros: z.enum(['in-field', 'to-be-added']).default('in-field'),
  });
}
export type MettlerContinuousOptions = z.infer<ReturnType<typeof mettlerContinuousOptions>>;

const weightAt = 4;
const fieldBytes = 6;

export function createMettlerContinuousDecoder(options: MettlerContinuousOptions): FrameDecoder {
  const fields = options.frame === 'standard' ? 2 : 1;
  const places = [
    only(STX),
    ...repeated(anyByte, 3),
    ...repeated(spacedDigit, fieldBytes * fields),
    only(CR),
    ...(options.checksum ? [anyByte] : []),
  ].map(anyParity);

  const field = new Uint8Array(fieldBytes);

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    if (options.checksum) {
      let sum = 0;
      // Sum and CHK of a right frame cancel out; parity bits are worth 80h and fall out of the 7 bits.
      for (let at = start; at < start + length; at += 1) sum += bytes[at] ?? 0;
      if ((sum & 0x7f) !== 0) return rejected('checksum', raw);
    }
    const [swa, swb, swc] = [bytes[start + 1] ?? 0, bytes[start + 2] ?? 0, bytes[start + 3] ?? 0];
    for (let at = 0; at < fieldBytes; at += 1) field[at] = (bytes[start + weightAt + at] ?? 0) & 0x7f;
    const number = readNumber(field, 0, fieldBytes);
    if (number === 'form') return rejected('form', raw);
    const negative = (swb & 0b10) !== 0;
    const outOfRange = (swb & 0b100) !== 0;
    if (number === 'blank')
      return rejected(!outOfRange ? 'form' : negative ? 'underload-blank' : 'overload-blank', raw);
    if ((swc & 0b10000) !== 0) return rejected('expanded', raw);
    const unit = unitOf(swb, swc);
    if (unit === null) return rejected('unit', raw);

    const point = (swa & 0b111) - 2;
    const zeros = options.dummyZeros === 'to-be-added' && point < 0 ? 10 ** -point : 1;
    return weightFrame(
      { negative, shown: number.shown * zeros, decimals: Math.max(0, point) },
      {
        unit,
        motion: (swb & 0b1000) !== 0,
        overload: outOfRange ? (negative ? 'under' : 'over') : null,
        net: (swb & 1) !== 0,
      },
      raw,
    );
  }

  return createFramedDecoder(fixedForm(places, read));
}

function unitOf(swb: number, swc: number): FrameUnit | null {
  switch (swc & 0b111) {
    case 0:
      return (swb & 0b10000) !== 0 ? 'kg' : null;
    case 1:
      return 'g';
    case 2:
      return 't';
    default:
      return null;
  }
}
