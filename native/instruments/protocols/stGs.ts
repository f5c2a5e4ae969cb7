import * as z from 'zod';
import {
  COMMA,
  eitherForm,
  fixedForm,
  letterOrSpace,
  lineEnd,
  literal,
  MINUS,
  numberByte,
  oneOfText,
  only,
  repeated,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, textAt, unitAt, weightFrame } from './weight.ts';

/**
 * The 18-byte "ST,GS" family: Jinzhong, A&D, General Measure, KERN and many more.
 *
 *   HH,MM,± number of 7 or 8 characters, unit of 2, CR LF
 *   HH  ST stable, US moving, OL over, LO under, HD hold, ZR zero (Jinzhong)
 *   MM  GS gross, NT net, TR tare, PT preset tare
 *
 *   53 54 2C 47 53 2C 2B 20 30 30 30 30 36 30 6B 67 0D 0A   +60 kg       Jinzhong XK3102
 *   53 54 2C 47 53 2C 2B 30 30 31 32 2E 33 34 6B 67 0D 0A   12.34 kg     A&D
 *   53 54 2C 47 53 2C 2B 30 31 31 2E 31 32 30 6B 67 0D 0A   11.120 kg    General Measure M02
 *
 * A&D can also be asked: `RW`, behind `@nn` when it has an address; `I` says busy, `?` not understood.
 */
export const StGsOptions = z.strictObject({
  /** Two digits of an A&D address; null on a line of its own. */
  address: z
    .string()
    .regex(/^\d{2}$/, { message: 'must be two digits' })
    .nullable()
    .default(null),
});
export type StGsOptions = z.infer<typeof StGsOptions>;

const heads = ['ST', 'US', 'OL', 'LO', 'HD', 'ZR'];
const modes = ['GS', 'NT', 'TR', 'PT'];
const signAt = 6;
const numberAt = 7;
const trailerBytes = 4;

export function stGsRequest(options: StGsOptions): Uint8Array {
  return Buffer.from(`${options.address === null ? '' : `@${options.address}`}RW\r\n`, 'latin1');
}

export function createStGsDecoder(options: StGsOptions): FrameDecoder {
  const prefix =
    options.address === null ? [] : [only(0x40), oneOfText('0123456789'), oneOfText('0123456789')];
  const skipped = prefix.length;

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    if (options.address !== null && textAt(bytes, start + 1, start + skipped) !== options.address)
      return rejected('address', raw);
    return length < numberAt + trailerBytes
      ? rejected('refused', raw)
      : readStGs(bytes, start + skipped, length - skipped, raw);
  }

  const form = (digits: number) =>
    fixedForm(
      [
        ...prefix,
        ...[oneOfText('SUOLHZ'), oneOfText('TSLODR'), only(COMMA)],
        ...[oneOfText('GNTP'), oneOfText('STR'), only(COMMA)],
        oneOfText('+- '),
        ...repeated(numberByte, digits),
        letterOrSpace,
        letterOrSpace,
        ...lineEnd,
      ],
      read,
    );
  const answers = ['I\r\n', '?\r\n'].map((text) => fixedForm([...prefix, ...literal(text)], read));
  return createFramedDecoder(eitherForm([form(7), form(8), ...answers], read));
}

function readStGs(bytes: Buffer, start: number, length: number, raw: string): DecodedFrame {
  const head = textAt(bytes, start, start + 2);
  const mode = textAt(bytes, start + 3, start + 5);
  if (!heads.includes(head) || !modes.includes(mode)) return rejected('form', raw);
  if (mode === 'TR' || mode === 'PT') return rejected('not-weight', raw);
  if (head === 'HD') return rejected('hold', raw);
  const unitStart = start + length - trailerBytes;
  const number = readNumber(bytes, start + numberAt, unitStart);
  if (number === 'form') return rejected('form', raw);
  if (number === 'blank')
    return rejected(head === 'OL' ? 'overload-blank' : head === 'LO' ? 'underload-blank' : 'form', raw);
  const unit = unitAt(bytes, unitStart, unitStart + 2);
  if (unit === null) return rejected('unit', raw);
  return weightFrame(
    { ...number, negative: bytes[start + signAt] === MINUS },
    {
      unit,
      // OL, LO and ZR stand in place of ST and US, and so say nothing about motion.
      motion: head === 'ST' ? false : head === 'US' ? true : null,
      overload: head === 'OL' ? 'over' : head === 'LO' ? 'under' : null,
      net: mode === 'NT',
    },
    raw,
  );
}
