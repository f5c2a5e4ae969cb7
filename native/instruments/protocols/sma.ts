import {
  CR,
  eitherForm,
  fixedForm,
  letterOrSpace,
  LF,
  oneOfText,
  only,
  repeated,
  signedNumberByte,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, unitAt, weightFrame } from './weight.ts';

/**
 * SMA level 1 (Avery E1070, Cardinal 190), asked with LF W CR, answered in 20 bytes:
 * LF | status | range | mode | motion | future | ten characters | unit, 3 | CR.
 * Status: space, Z centre of zero, O over, U under, E error. Mode: G gross, N net, T tare; small letters are
 * high resolution. `LF ? CR`: not understood.
 *
 *   0A 20 31 47 20 20 20 20 20 20 20 31 32 33 34 30 6B 67 20 0D   12340 kg gross
 */
const statusAt = 1;
const modeAt = 3;
const motionAt = 4;
const numberAt = 6;
const unitAtByte = 16;
const MOTION = 0x4d;
const printable = only(...Array.from({ length: 95 }, (_, index) => 0x20 + index));

export function smaRequest(): Uint8Array {
  return Buffer.from('\nW\r', 'latin1');
}

export function createSmaDecoder(): FrameDecoder {
  const status = oneOfText(' ZOUE');
  const weight = [
    ...[only(LF), status, oneOfText(' 0123456789'), oneOfText('GNTgnt'), oneOfText(' M'), printable],
    ...[...repeated(signedNumberByte, 10), ...repeated(letterOrSpace, 3), only(CR)],
  ];
  const unknown = [only(LF), oneOfText('?'), only(CR)];
  return createFramedDecoder(eitherForm([fixedForm(weight, read), fixedForm(unknown, read)], read));
}

function read(bytes: Buffer, start: number, length: number): DecodedFrame {
  const raw = bytes.toString('hex', start, start + length);
  if (length <= numberAt) return rejected('refused', raw);
  const status = String.fromCharCode(bytes[start + statusAt] ?? 0);
  const mode = String.fromCharCode(bytes[start + modeAt] ?? 0);
  if (status === 'E') return rejected('indicator-error', raw);
  if (mode === 'T' || mode === 't') return rejected('not-weight', raw);
  const number = readNumber(bytes, start + numberAt, start + unitAtByte);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank')
    return rejected(status === 'O' ? 'overload-blank' : status === 'U' ? 'underload-blank' : 'form', raw);
  if (mode === 'g' || mode === 'n') return rejected('expanded', raw);
  const unit = unitAt(bytes, start + unitAtByte, start + unitAtByte + 3);
  if (unit === null) return rejected('unit', raw);
  return weightFrame(
    number,
    {
      unit,
      motion: bytes[start + motionAt] === MOTION,
      overload: status === 'O' ? 'over' : status === 'U' ? 'under' : null,
      net: mode === 'N',
    },
    raw,
  );
}
