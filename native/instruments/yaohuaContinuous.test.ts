import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecodedFrame } from './yaohuaContinuous.ts';
import { createYaohuaContinuousDecoder } from './yaohuaContinuous.ts';

const unhex = (text: string): Buffer => Buffer.from(text, 'hex');

function decodeAll(bytes: Uint8Array, unit: 'kg' | 't' = 'kg'): DecodedFrame[] {
  const decoder = createYaohuaContinuousDecoder({ unit });
  return [...decoder.push(bytes), ...decoder.end()];
}

function frameOf(value: number, decimals = 0, style: 'hex' | 'plus30' = 'hex'): Buffer {
  const digits = String(Math.abs(value)).padStart(6, '0');
  const body = Buffer.from(`${value < 0 ? '-' : '+'}${digits}${decimals}`, 'ascii');
  const xor = body.reduce((sum, byte) => sum ^ byte, 0);
  const nibble = (half: number): number => (half <= 9 || style === 'plus30' ? 0x30 + half : 0x37 + half);
  return Buffer.from([0x02, ...body, nibble(xor >> 4), nibble(xor & 15), 0x03]);
}

/** Cuts bytes at the given places, in order. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...places].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}

const anyFrame = fc
  .tuple(
    fc.integer({ min: -999_999, max: 999_999 }),
    fc.integer({ min: 0, max: 4 }),
    fc.constantFrom('hex' as const, 'plus30' as const),
  )
  .map(([value, decimals, style]) => frameOf(value, decimals, style));

describe('frames from real indicators and their manuals', () => {
  test.each([
    ['022B30303030303030314203', 0, '0'],
    ['022B30303030323030313903', 20, '20'],
    ['022B30303135363030313903', 1560, '1560'],
    ['022B30303230303032314203', 20, '20.00'],
    ['022B30313234353030313903', 12_450, '12450'],
  ])('%s reads %d kg, shown as %s', (hex, kg, display) => {
    expect(decodeAll(unhex(hex))).toEqual([
      {
        valid: true,
        kg,
        display,
        decimals: display.split('.')[1]?.length ?? 0,
        motion: null,
        overload: null,
        net: null,
        raw: hex.toLowerCase(),
      },
    ]);
  });

  test.each(['022B30313234353030313803', '022b30303030303032313b03'])('%s has a wrong checksum', (hex) => {
    expect(decodeAll(unhex(hex))).toEqual([{ valid: false, reason: 'checksum', raw: hex.toLowerCase() }]);
  });

  test('both ways of writing the checksum are read, a mixture or lower case is not', () => {
    expect(decodeAll(frameOf(12_345, 1))).toMatchObject([{ valid: true, display: '1234.5' }]);
    expect(decodeAll(unhex('022b30303030303030313b03'))).toMatchObject([{ valid: true, kg: 0 }]);
    expect(decodeAll(unhex('022b30303030303030316203'))).toMatchObject([{ valid: false, reason: 'form' }]);
  });
});

describe('the number', () => {
  test.each([
    [-12_345, 1, '-1234.5', -1234.5, -1_234_500],
    [7, 4, '0.0007', 0.0007, 0.7],
    [12_450, 3, '12.450', 12.45, 12_450],
    [0, 2, '0.00', 0, 0],
    [-5, 0, '-5', -5, -5000],
    [999_999, 0, '999999', 999_999, 999_999_000],
  ])('%d with %d decimals is shown as %s', (value, decimals, display, kg, kgFromTonnes) => {
    const frame = frameOf(value, decimals);
    expect(decodeAll(frame)).toMatchObject([{ display, kg }]);
    expect(decodeAll(frame, 't')).toMatchObject([{ display, kg: kgFromTonnes }]);
  });

  test('a negative zero is zero', () => {
    const [frame] = decodeAll(unhex('022d30303030303030314403'));
    expect(frame).toMatchObject({ valid: true, display: '0' });
    expect(Object.is(frame?.valid === true ? frame.kg : null, 0)).toBe(true);
  });
});

describe('a broken stream', () => {
  const good = frameOf(12_450);

  test('noise before a frame is reported apart, and the frame is read', () => {
    expect(decodeAll(Buffer.concat([unhex('00007f7f'), good]))).toMatchObject([
      { valid: false, reason: 'noise', raw: '00007f7f' },
      { valid: true, kg: 12_450 },
    ]);
  });

  test('a start in the middle of a frame costs that frame only', () => {
    expect(decodeAll(Buffer.concat([good.subarray(5), good]))).toMatchObject([
      { valid: false, reason: 'noise' },
      { valid: true, kg: 12_450 },
    ]);
  });

  test('a frame cut off by the next one is reported and the next one is read', () => {
    expect(decodeAll(Buffer.concat([good.subarray(0, 7), good]))).toMatchObject([
      { valid: false, reason: 'form', raw: good.toString('hex', 0, 7) },
      { valid: true, kg: 12_450 },
    ]);
  });

  test('what is left at the end of the stream is incomplete, never a weight', () => {
    expect(decodeAll(Buffer.concat([good, good.subarray(0, 11)]))).toMatchObject([
      { valid: true },
      { valid: false, reason: 'incomplete', raw: good.toString('hex', 0, 11) },
    ]);
  });

  test('after a wrong checksum the very next frame is read', () => {
    const bad = unhex('022B30313234353030313803');
    expect(decodeAll(Buffer.concat([bad, good, bad, good])).map(({ valid }) => valid)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('properties', () => {
  test('the cut of the chunks changes nothing', () => {
    const piece = fc.oneof(
      anyFrame,
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom(unhex('02'), unhex('0202022b'), unhex('022b303132')),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (pieces, places) => {
          const bytes = Buffer.concat(pieces);
          const decoder = createYaohuaContinuousDecoder();
          const cutUp = cut(bytes, places).flatMap((chunk) => [...decoder.push(chunk)]);
          expect([...cutUp, ...decoder.end()]).toEqual(decodeAll(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('every byte is accounted for once, in order, in reports of at most 64 bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyFrame, fc.uint8Array({ maxLength: 200 })), { maxLength: 12 }),
        (pieces) => {
          const bytes = Buffer.concat(pieces);
          const raws = decodeAll(bytes).map(({ raw }) => raw);
          expect(raws.join('')).toBe(bytes.toString('hex'));
          expect(Math.max(0, ...raws.map(({ length }) => length / 2))).toBeLessThanOrEqual(64);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a single flipped bit never yields a weight', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat({ max: 11 }), fc.nat({ max: 7 }), (frame, byte, bit) => {
        const damaged = Buffer.from(frame);
        damaged[byte] = (damaged[byte] ?? 0) ^ (1 << bit);
        expect(decodeAll(damaged).filter(({ valid }) => valid)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('frames between noise without STX are all read, with their own numbers', () => {
    const noise = fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => bytes.map((byte) => (byte === 2 ? 0 : byte)));
    const value = fc.integer({ min: -999_999, max: 999_999 });
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, value), { maxLength: 20 }), (parts) => {
        const bytes = Buffer.concat(parts.flatMap(([rubbish, kg]) => [rubbish, frameOf(kg)]));
        const read = decodeAll(bytes).flatMap((frame) => (frame.valid ? [frame.kg] : []));
        expect(read).toEqual(parts.map(([, kg]) => kg));
      }),
    );
  });
});

test('10 MB of rubbish passes through without being kept', () => {
  const decoder = createYaohuaContinuousDecoder();
  let seed = 1;
  const chunk = Buffer.alloc(64 * 1024);
  let reported = 0;
  for (let round = 0; round < 160; round += 1) {
    for (let at = 0; at < chunk.length; at += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      // A third of the bytes are STX, signs or digits, so that many frames begin and few end.
      chunk[at] = seed % 3 === 0 ? ([0x02, 0x2b, 0x30, 0x31][(seed >>> 8) % 4] ?? 0) : seed >>> 24;
    }
    for (const { raw } of decoder.push(chunk)) reported += raw.length / 2;
  }
  const left = decoder.end().reduce((sum, { raw }) => sum + raw.length / 2, 0);
  expect(left).toBeLessThanOrEqual(64 + 12);
  expect(reported + left).toBe(160 * chunk.length);
});
