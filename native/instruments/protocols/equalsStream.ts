import * as z from 'zod';
import { confirmedByRepetition } from './confirmed.ts';
import type { ByteSet } from './forms.ts';
import { digit, DOT, fixedForm, MINUS, oneOfText, only } from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, weightFrame } from './weight.ts';

/**
 * The "=" streams of the D2+ family, made for big remote displays: digits, a point, perhaps a minus, and "=".
 *
 *   35 31 2E 30 37 30 30 3D      "51.0700="   70.15   D2+ old: 8 bytes, least significant first
 *   35 31 2E 30 37 30 30 30 3D   "51.07000="  70.15   D2+ new: 9 bytes
 *   3D 30 30 30 2E 33 30 30 30   "=000.3000"  3.000   A26 format 1; "=00.1000-" is -1.00
 *   3D 30 30 30 33 2E 30 30 30   "=0003.000"  3.000   A26 format 2, most significant first; "=-0001.00"
 *
 * No checksum, and "=000.010" is 0.010 forward and 10.000 reversed: the direction cannot be found out from the
 * bytes, it must be set and confirmed against the display. A number counts when two frames in a row say it.
 */
export interface EqualsLayout {
  /** Whether "=" begins or ends a frame. */
  readonly equals: 'first' | 'last';
  /** How many characters there are besides "=". */
  readonly characters: number;
  readonly direction: 'reversed' | 'forward';
  /** Where the minus stands as sent. */
  readonly sign: 'first' | 'last';
}

export function equalsStreamOptions(layout: EqualsLayout) {
  return z.strictObject({
    unit: z.enum(['kg', 't']).default('kg'),
    equals: z.enum(['first', 'last']).default(layout.equals),
    characters: z.int().min(5).max(10).default(layout.characters),
    direction: z.enum(['reversed', 'forward']).default(layout.direction),
    sign: z.enum(['first', 'last']).default(layout.sign),
    /** What the indicator was set to send; the bytes do not say. */
    sends: z.enum(['unknown', 'gross', 'net']).default('unknown'),
  });
}
export type EqualsStreamOptions = z.infer<ReturnType<typeof equalsStreamOptions>>;

const EQUALS = 0x3d;

/** The frames as they stand in the stream, unconfirmed: for reading a stored frame again. */
export function createEqualsFrameReader(options: EqualsStreamOptions): FrameDecoder {
  const { characters, equals, direction, sign } = options;
  const before = equals === 'first' ? 1 : 0;
  const signAt = sign === 'first' ? 0 : characters - 1;
  const signByte = oneOfText('-+0123456789');
  const numberByte = oneOfText('.0123456789');
  const places: ByteSet[] = Array.from({ length: characters }, (_, at) => {
    if (at === signAt) return signByte;
    // A point at the end of what is sent would be a point behind or before nothing.
    return at === 0 || at === characters - 1 ? digit : numberByte;
  });
  const all = equals === 'first' ? [only(EQUALS), ...places] : [...places, only(EQUALS)];
  const number = new Uint8Array(characters);
  const net = options.sends === 'unknown' ? null : options.sends === 'net';

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    let points = 0;
    let negative = false;
    let filled = 0;
    for (let at = 0; at < characters; at += 1) {
      const from = direction === 'forward' ? at : characters - 1 - at;
      const byte = bytes[start + before + from] ?? 0;
      if (byte === DOT) points += 1;
      if (from === signAt && byte < DOT) negative = byte === MINUS;
      else {
        number[filled] = byte;
        filled += 1;
      }
    }
    const shown = points > 1 ? 'form' : readNumber(number, 0, filled);
    if (shown === 'form' || shown === 'blank') return rejected('form', raw);
    const says = { unit: null, silentUnit: options.unit, motion: null, overload: null, net } as const;
    return weightFrame({ ...shown, negative }, says, raw);
  }

  return createFramedDecoder(fixedForm(all, read));
}

export function createEqualsStreamDecoder(options: EqualsStreamOptions): FrameDecoder {
  return confirmedByRepetition(createEqualsFrameReader(options));
}
