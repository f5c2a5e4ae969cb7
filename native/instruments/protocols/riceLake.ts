import { fixedForm, lineEnd, MINUS, numberByte, oneOfText, only, repeated, STX } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder, FrameUnit } from './protocol.ts';
import { readNumber, rejected, weightFrame } from './weight.ts';

/**
 * Rice Lake continuous, 14 bytes: STX | space or - | seven characters | L K T G | G or N | status | CR LF.
 * Status: space valid, M motion, O out of range, I invalid, Z centre of zero.
 *
 *   02 20 20 20 31 32 33 34 30 4B 47 20 0D 0A   12340 kg gross
 */
const numberAt = 2;
const unitAtByte = 9;
const modeAt = 10;
const statusAt = 11;
const legalUnits: Readonly<Record<string, FrameUnit>> = { K: 'kg', T: 't', G: 'g' };

const places = [
  ...[only(STX), oneOfText(' -'), ...repeated(numberByte, 7)],
  ...[oneOfText('LKTGO'), oneOfText('GN'), oneOfText(' MOIZ'), ...lineEnd],
];

export function createRiceLakeDecoder(): FrameDecoder {
  return createFramedDecoder(fixedForm(places, read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  const status = String.fromCharCode(bytes[start + statusAt] ?? 0);
  const negative = bytes[start + 1] === MINUS;
  if (status === 'I') return rejected('indicator-error', raw);
  const number = readNumber(bytes, start + numberAt, start + unitAtByte);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank')
    return rejected(status !== 'O' ? 'form' : negative ? 'underload-blank' : 'overload-blank', raw);
  const unit = legalUnits[String.fromCharCode(bytes[start + unitAtByte] ?? 0)];
  if (unit === undefined) return rejected('unit', raw);
  const overload = status !== 'O' ? null : negative ? 'under' : 'over';
  return weightFrame(
    { ...number, negative },
    {
      unit,
      motion: status === 'O' ? null : status === 'M',
      overload,
      net: bytes[start + modeAt] === 0x4e,
    },
    raw,
  );
}
