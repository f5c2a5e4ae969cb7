import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JpegFrames } from './jpegFrames.ts';

const body = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => bytes.map((byte) => (byte === 0xff ? 0xfe : byte)));
const jpeg = body.map((bytes) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...bytes, 0xff, 0xd9]));

it('gives every picture whole and in order, in whatever chunks and with whatever noise between them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(body, jpeg), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      (parts, sizes) => {
        const stream = Buffer.concat(parts.flatMap(([noise, picture]) => [noise, picture]));
        const frames = new JpegFrames();
        const found: Uint8Array[] = [];
        let at = 0;
        for (let nth = 0; at < stream.length; nth += 1) {
          const size = sizes[nth % sizes.length] ?? 1;
          found.push(...frames.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(found.map((each) => Buffer.from(each).toString('hex'))).toEqual(
          parts.map(([, picture]) => picture.toString('hex')),
        );
      },
    ),
  );
});

it('keeps no picture that never ends', () => {
  const frames = new JpegFrames();
  expect(frames.push(Buffer.from([0xff, 0xd8, 0xff]))).toEqual([]);
  for (let nth = 0; nth < 6; nth += 1) expect(frames.push(Buffer.alloc(1024 * 1024))).toEqual([]);
  const whole = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 0xff, 0xd9]);
  expect(frames.push(whole)).toHaveLength(1);
});
