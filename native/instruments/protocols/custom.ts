import * as z from 'zod';
import { confirmedByRepetition } from './confirmed.ts';
import type { ByteSet } from './forms.ts';
import { anyByte, DIGIT_0, fixedForm, oneOfText, only, signedNumberByte } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { maxReportBytes } from './protocol.ts';
import type { ShownNumber } from './weight.ts';
import { readNumber, rejected, weightFrame } from './weight.ts';

/**
 * A frame of fixed length that an installer describes from a capture: bytes it begins or ends with, where the
 * digits stand and in which order, where the sign and the decimals are. Places count from 0, the start included.
 */
const Hex = z
  .string()
  .regex(/^([0-9a-fA-F]{2}){1,4}$/, { message: 'must be one to four bytes in hex' })
  .nullable();
const Place = z
  .int()
  .min(0)
  .max(maxReportBytes - 1);

const SignOption = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('in-digits') }),
  z.strictObject({ kind: z.literal('byte'), at: Place, minus: z.int().min(0).max(255) }),
  z.strictObject({
    kind: z.literal('bit'),
    at: Place,
    bit: z.int().min(0).max(7),
    minusWhen: z.literal([0, 1]),
  }),
]);
const DecimalsOption = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dot') }),
  z.strictObject({ kind: z.literal('fixed'), places: z.int().min(0).max(5) }),
  z.strictObject({ kind: z.literal('digit'), at: Place }),
]);

export const CustomOptions = z
  .strictObject({
    unit: z.enum(['kg', 't']).default('kg'),
    startHex: Hex.default('02'),
    endHex: Hex.default('03'),
    lengthBytes: z.int().min(3).max(maxReportBytes).default(12),
    digitsAt: Place.default(2),
    digitsBytes: z.int().min(1).max(12).default(6),
    encoding: z.enum(['ascii', 'bcd']).default('ascii'),
    order: z.enum(['forward', 'reversed']).default('forward'),
    sign: SignOption.default({ kind: 'byte', at: 1, minus: 0x2d }),
    decimals: DecimalsOption.default({ kind: 'digit', at: 8 }),
    /** How many equal frames in a row a weight needs: there is no checksum. */
    equalFrames: z.literal([1, 2]).default(2),
  })
  .refine((frame) => frame.startHex !== null || frame.endHex !== null, {
    message: 'a frame needs bytes it begins or ends with',
    path: ['startHex'],
  })
  .refine((frame) => frame.digitsAt + frame.digitsBytes <= frame.lengthBytes, {
    message: 'the digits reach beyond the end of the frame',
    path: ['digitsBytes'],
  })
  .refine((frame) => hexBytes(frame.startHex) + hexBytes(frame.endHex) <= frame.lengthBytes, {
    message: 'shorter than its first and last bytes',
    path: ['lengthBytes'],
  })
  .refine((frame) => !('at' in frame.sign) || frame.sign.at < frame.lengthBytes, {
    message: 'beyond the end of the frame',
    path: ['sign', 'at'],
  })
  .refine((frame) => !('at' in frame.decimals) || frame.decimals.at < frame.lengthBytes, {
    message: 'beyond the end of the frame',
    path: ['decimals', 'at'],
  })
  .refine((frame) => frame.encoding === 'ascii' || frame.digitsBytes <= 7, {
    message: 'at most 7 bytes of BCD',
    path: ['digitsBytes'],
  })
  .refine(
    (frame) =>
      frame.encoding === 'ascii' || (frame.decimals.kind !== 'dot' && frame.sign.kind !== 'in-digits'),
    { message: 'BCD has no point and no sign among its digits', path: ['encoding'] },
  );
export type CustomOptions = z.infer<typeof CustomOptions>;

function hexBytes(hex: string | null): number {
  return (hex?.length ?? 0) / 2;
}

const bcdByte = only(...Array.from({ length: 100 }, (_, n) => Math.floor(n / 10) * 16 + (n % 10)));

function placesOf(options: CustomOptions): ByteSet[] {
  const places: ByteSet[] = Array.from({ length: options.lengthBytes }, () => anyByte);
  const start = Buffer.from(options.startHex ?? '', 'hex');
  const end = Buffer.from(options.endHex ?? '', 'hex');
  const digits = options.encoding === 'bcd' ? bcdByte : signedNumberByte;
  for (let at = 0; at < options.digitsBytes; at += 1) places[options.digitsAt + at] = digits;
  if (options.decimals.kind === 'digit') places[options.decimals.at] = oneOfText('012345');
  start.forEach((byte, at) => (places[at] = only(byte)));
  end.forEach((byte, at) => (places[options.lengthBytes - end.length + at] = only(byte)));
  return places;
}

/** The frames as they stand in the stream, unconfirmed: for reading a stored frame again. */
export function createCustomFrameReader(options: CustomOptions): FrameDecoder {
  const { digitsAt, digitsBytes, sign, decimals } = options;
  const field = new Uint8Array(digitsBytes);

  function digitsOf(bytes: Buffer, start: number): ShownNumber | 'blank' | 'form' {
    let bcd = 0;
    for (let at = 0; at < digitsBytes; at += 1) {
      const from = options.order === 'forward' ? at : digitsBytes - 1 - at;
      const byte = bytes[start + digitsAt + from] ?? 0;
      field[at] = byte;
      bcd = bcd * 100 + (byte >> 4) * 10 + (byte & 15);
    }
    if (options.encoding === 'bcd') return { negative: false, shown: bcd, decimals: 0 };
    return readNumber(field, 0, digitsBytes);
  }

  function isNegative(bytes: Buffer, start: number, number: ShownNumber): boolean {
    switch (sign.kind) {
      case 'none':
        return false;
      case 'in-digits':
        return number.negative;
      case 'byte':
        return bytes[start + sign.at] === sign.minus;
      case 'bit':
        return (((bytes[start + sign.at] ?? 0) >> sign.bit) & 1) === sign.minusWhen;
    }
  }

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    const number = digitsOf(bytes, start);
    if (number === 'form') return rejected('form', raw);
    if (number === 'blank') return rejected('overload-blank', raw);
    // A point or minus the description does not know would be read past.
    if (decimals.kind !== 'dot' && number.decimals > 0) return rejected('form', raw);
    if (sign.kind !== 'in-digits' && number.negative) return rejected('form', raw);
    const places =
      decimals.kind === 'dot'
        ? number.decimals
        : decimals.kind === 'fixed'
          ? decimals.places
          : (bytes[start + decimals.at] ?? DIGIT_0) - DIGIT_0;
    return weightFrame(
      { negative: isNegative(bytes, start, number), shown: number.shown, decimals: places },
      { unit: null, silentUnit: options.unit, motion: null, overload: null, net: null },
      raw,
    );
  }

  return createFramedDecoder(fixedForm(placesOf(options), read));
}

export function createCustomDecoder(options: CustomOptions): FrameDecoder {
  const reader = createCustomFrameReader(options);
  return options.equalFrames === 2 ? confirmedByRepetition(reader) : reader;
}
