import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Engine } from './engine.ts';
import { findModels } from './recogniser.ts';

const pictures = resolve(import.meta.dirname, '../../simulator/pictures');
let engine: Engine;

beforeAll(async () => {
  const models = findModels();
  if (models === null) throw new Error('no models');
  engine = await Engine.load(models);
});

describe('a plate drawn in a picture', () => {
  it.each(readdirSync(join(pictures, 'plates')))('is read with its colour: %s', async (name) => {
    const [text = '', colour = ''] = name.replace('.jpg', '').split(' ');
    const read = await engine.read(readFileSync(join(pictures, 'plates', name)));
    expect(read.ok && read.value[0]).toMatchObject({ text, colour });
    expect(read.ok && read.value[0]?.characterPercents).toHaveLength(text.length);
    expect(read.ok && read.value[0]?.confidencePercent).toBeGreaterThan(70);
  });

  it('is read on the front of a truck', async () => {
    const read = await engine.read(readFileSync(join(pictures, 'c83n16.jpg')));
    expect(read.ok && read.value.map(({ text, colour }) => [text, colour])).toEqual([['晋C83N16', 'yellow']]);
  });

  it('under mud is no plate, and no guess', async () => {
    expect(await engine.read(readFileSync(join(pictures, 'unread.jpg')))).toEqual({ ok: true, value: [] });
  });
});

describe('bytes that are no picture', () => {
  const jpeg = readFileSync(join(pictures, 'c83n16.jpg'));

  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', Buffer.from(`<html>${'x'.repeat(500)}</html>`)],
    ['half a picture', jpeg.subarray(0, jpeg.length / 2)],
    // Start of frame with 65,535 × 65,535 pixels, as a bomb would have it.
    ['a picture of four gigapixels', enlarged(jpeg)],
  ])('are said to be none: %s', async (_name, bytes) => {
    expect(await engine.read(bytes)).toMatchObject({ ok: false });
  });

  it('never end in more than an answer, wherever bytes are flipped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: jpeg.length - 1 }), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 20,
        }),
        async (flips) => {
          const bytes = Buffer.from(jpeg);
          for (const [at, by] of flips) bytes[at] = (bytes[at] ?? 0) ^ by;
          expect(await engine.read(bytes)).toHaveProperty('ok');
        },
      ),
      { numRuns: 15 },
    );
  });

  function enlarged(whole: Buffer): Buffer {
    const bytes = Buffer.from(whole);
    const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.fill(0xff, at + 5, at + 9);
    return bytes;
  }
});
