import {
  CR,
  ETX,
  fixedForm,
  letterOrSpace,
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
 * Cardinal SB, 17 bytes: CR | sign | six characters | status | space | unit, 2 | space | g or n | 2 spaces | ETX.
 * Status: space, m motion, o out of range.
 *
 *   0D 20 20 31 32 33 34 30 20 20 6B 67 20 67 20 20 03   12340 kg gross
 */
const numberAt = 2;
const statusAt = 8;
const unitAtByte = 10;
const modeAt = 13;
const motionFlag = 0x6d;
const rangeFlag = 0x6f;

const space = only(SPACE);
const places = [
  ...[only(CR), oneOfText(' +-'), ...repeated(numberByte, 6), oneOfText(' moMO'), space],
  ...[letterOrSpace, letterOrSpace, space, oneOfText('gnGN'), space, space, only(ETX)],
];

export function createCardinalDecoder(): FrameDecoder {
  return createFramedDecoder(fixedForm(places, read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  const negative = bytes[start + 1] === MINUS;
  const status = (bytes[start + statusAt] ?? 0) | 0x20;
  const outOfRange = status === rangeFlag;
  const number = readNumber(bytes, start + numberAt, start + statusAt);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank')
    return rejected(!outOfRange ? 'form' : negative ? 'underload-blank' : 'overload-blank', raw);
  const unit = unitAt(bytes, start + unitAtByte, start + unitAtByte + 2);
  if (unit === null) return rejected('unit', raw);
  return weightFrame(
    { ...number, negative },
    {
      unit,
      motion: outOfRange ? null : status === motionFlag,
      overload: outOfRange ? (negative ? 'under' : 'over') : null,
      net: ((bytes[start + modeAt] ?? 0) | 0x20) === 0x6e,
    },
    raw,
  );
}
