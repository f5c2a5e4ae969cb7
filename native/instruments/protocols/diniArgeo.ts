import * as z from 'zod';
import { COMMA, lineForm, oneOfText } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, textAt, unitAt, weightFrame } from './weight.ts';

/**
 * Dini Argeo: `[cc]ST,GS,   0.0,kg` CR LF, where cc is the address of an instrument on a shared line.
 * ST stable, US moving, OL over, UL under; GS gross, NT net. Asked with READ, also behind the address.
 *
 *   53 54 2C 47 53 2C 20 20 20 30 2E 30 2C 6B 67 0D 0A   0.0 kg
 */
export const DiniArgeoOptions = z.strictObject({
  address: z
    .string()
    .regex(/^\d{2}$/, { message: 'must be two digits' })
    .nullable()
    .default(null),
});
export type DiniArgeoOptions = z.infer<typeof DiniArgeoOptions>;

const maxLineBytes = 32;
const headBytes = 6;
const lineEndBytes = 2;
const heads = ['ST', 'US', 'OL', 'UL'];

export function diniArgeoRequest(options: DiniArgeoOptions): Uint8Array {
  return Buffer.from(`${options.address ?? ''}READ\r\n`, 'latin1');
}

export function createDiniArgeoDecoder(options: DiniArgeoOptions): FrameDecoder {
  const starts = options.address === null ? 'SUO' : '0123456789';

  function read(bytes: Buffer, lineStart: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', lineStart, lineStart + length);
    const start = lineStart + (options.address === null ? 0 : 2);
    const end = lineStart + length - lineEndBytes;
    const head = textAt(bytes, start, start + 2);
    const mode = textAt(bytes, start + 2, start + headBytes);
    if (!heads.includes(head) || (mode !== ',GS,' && mode !== ',NT,')) return rejected('form', raw);
    if (options.address !== null && textAt(bytes, lineStart, start) !== options.address)
      return rejected('address', raw);
    const comma = bytes.subarray(0, end).lastIndexOf(COMMA);
    if (comma < start + headBytes) return rejected('form', raw);
    const number = readNumber(bytes, start + headBytes, comma);
    if (number === 'form') return rejected('form', raw);
    if (number === 'blank')
      return rejected(head === 'OL' ? 'overload-blank' : head === 'UL' ? 'underload-blank' : 'form', raw);
    const unit = unitAt(bytes, comma + 1, end);
    if (unit === null) return rejected('unit', raw);
    return weightFrame(
      number,
      {
        unit,
        motion: head === 'ST' ? false : head === 'US' ? true : null,
        overload: head === 'OL' ? 'over' : head === 'UL' ? 'under' : null,
        net: mode === ',NT,',
      },
      raw,
    );
  }

  return createFramedDecoder(lineForm(oneOfText(starts), maxLineBytes, read));
}
