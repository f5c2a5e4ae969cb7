import {
  anyByte,
  COMMA,
  fixedForm,
  letterOrSpace,
  lineEnd,
  oneOfText,
  only,
  repeated,
  signedNumberByte,
  SPACE,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, textAt, unitAt, weightFrame } from './weight.ts';

/**
 * CAS, 22 bytes: `ST,GS,` | device id | lamps | `,` | eight characters | space | unit | CR LF.
 * Lamps: b6 stable, b4 hold, b2 gross, b1 tare, b0 zero. Id and lamps may be any byte, CR and comma too.
 *
 *   53 54 2C 47 53 2C 01 C4 2C 20 20 20 31 33 2E 35 30 20 6B 67 0D 0A   13.50 kg
 */
const lampsAt = 7;
const numberAt = 9;
const unitAtByte = 18;
const stableLamp = 0b0100_0000;
const holdLamp = 0b0001_0000;

const places = [
  ...[oneOfText('SUO'), oneOfText('TSL'), only(COMMA), oneOfText('GN'), oneOfText('ST'), only(COMMA)],
  ...[anyByte, anyByte, only(COMMA)],
  ...repeated(signedNumberByte, 8),
  ...[only(SPACE), letterOrSpace, letterOrSpace, ...lineEnd],
];

export function createCas22Decoder(): FrameDecoder {
  return createFramedDecoder(fixedForm(places, read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  const head = textAt(bytes, start, start + 2);
  const mode = textAt(bytes, start + 3, start + 5);
  if (!['ST', 'US', 'OL'].includes(head) || !['GS', 'NT'].includes(mode)) return rejected('form', raw);
  const lamps = bytes[start + lampsAt] ?? 0;
  const number = readNumber(bytes, start + numberAt, start + numberAt + 8);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank') return rejected(head === 'OL' ? 'overload-blank' : 'form', raw);
  if ((lamps & holdLamp) !== 0) return rejected('hold', raw);
  const unit = unitAt(bytes, start + unitAtByte, start + unitAtByte + 2);
  if (unit === null) return rejected('unit', raw);
  // When text and lamp disagree, the weight counts as moving.
  const moving = head === 'US' || (head === 'ST' && (lamps & stableLamp) === 0);
  return weightFrame(
    number,
    {
      unit,
      motion: head === 'OL' ? null : moving,
      overload: head === 'OL' ? 'over' : null,
      net: mode === 'NT',
    },
    raw,
  );
}
