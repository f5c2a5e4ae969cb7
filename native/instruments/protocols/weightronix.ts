import {
  fixedForm,
  letterOrSpace,
  lineEnd,
  MINUS,
  numberByte,
  oneOfText,
  only,
  repeated,
  SPACE,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, unitAt, weightFrame } from './weight.ts';

/**
 * Weightronix WI-120, 14 bytes: space | G or N | sign | six characters | space | unit, 2 | CR LF. No motion flag.
 *
 *   20 47 2B 20 31 32 33 34 30 20 6B 67 0D 0A   12340 kg gross
 */
const modeAt = 1;
const signAt = 2;
const numberAt = 3;
const unitAtByte = 10;

const places = [
  ...[only(SPACE), oneOfText('GN'), oneOfText('+- '), ...repeated(numberByte, 6)],
  ...[only(SPACE), letterOrSpace, letterOrSpace, ...lineEnd],
];

export function createWeightronixDecoder(): FrameDecoder {
  return createFramedDecoder(fixedForm(places, read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  const number = readNumber(bytes, start + numberAt, start + numberAt + 6);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank') return rejected('overload-blank', raw);
  const unit = unitAt(bytes, start + unitAtByte, start + unitAtByte + 2);
  if (unit === null) return rejected('unit', raw);
  return weightFrame(
    { ...number, negative: bytes[start + signAt] === MINUS },
    { unit, motion: null, overload: null, net: bytes[start + modeAt] === 0x4e },
    raw,
  );
}
