import * as z from 'zod';
import {
  fixedForm,
  isNibble,
  letterOrSpace,
  lineEnd,
  nibbleByte,
  oneOfText,
  signedNumberByte,
} from './forms.ts';
import { createFramedDecoder } from './framing.ts';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { readNumber, rejected, textAt, unitAt, weightFrame } from './weight.ts';

/**
 * Yaohua A12 and A12E, ASCII: two letters, seven characters, the unit; the newer A12(E) adds the XOR of those
 * eleven bytes as two hex characters. Overload sends blanks and "OL" in place of the unit, underload "LO".
 *
 *   ww000.000kg CR LF          gross
 *   wn-0000.1kg CR LF          net; wt is tare
 *   57 47 30 30 34 2E 31 33 39 6B 67 33 44 0D 0A   "WG004.139kg" 3D
 */
export function yaohuaAsciiOptions(checksum: boolean) {
  return z.strictObject({ checksum: z.boolean().default(checksum) });
}
export type YaohuaAsciiOptions = z.infer<ReturnType<typeof yaohuaAsciiOptions>>;

const numberAt = 2;
const unitAtByte = 9;
const summedBytes = 11;

export function createYaohuaAsciiDecoder(options: YaohuaAsciiOptions): FrameDecoder {
  const places = [
    oneOfText('Ww'),
    oneOfText('WGNTwgnt'),
    oneOfText(' -+0123456789'),
    ...Array.from({ length: 6 }, () => signedNumberByte),
    letterOrSpace,
    letterOrSpace,
    ...(options.checksum ? [nibbleByte, nibbleByte] : []),
    ...lineEnd,
  ];

  function read(bytes: Buffer, start: number, length: number): DecodedFrame {
    const raw = bytes.toString('hex', start, start + length);
    if (options.checksum) {
      let xor = 0;
      for (let at = start; at < start + summedBytes; at += 1) xor ^= bytes[at] ?? 0;
      const high = bytes[start + summedBytes];
      if (!isNibble(high, xor >> 4) || !isNibble(bytes[start + summedBytes + 1], xor & 15))
        return rejected('checksum', raw);
    }
    const kind = (bytes[start + 1] ?? 0) | 0x20;
    if (kind === 0x74) return rejected('not-weight', raw);
    const number = readNumber(bytes, start + numberAt, start + unitAtByte);
    if (number === 'form') return rejected('form', raw);
    if (number === 'blank') {
      const says = textAt(bytes, start + unitAtByte, start + summedBytes);
      return rejected(says === 'OL' ? 'overload-blank' : says === 'LO' ? 'underload-blank' : 'form', raw);
    }
    const unit = unitAt(bytes, start + unitAtByte, start + summedBytes);
    if (unit === null) return rejected('unit', raw);
    return weightFrame(number, { unit, motion: null, overload: null, net: kind === 0x6e }, raw);
  }

  return createFramedDecoder(fixedForm(places, read));
}
