import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomOptions } from './protocols/custom.ts';
import { profileOf } from './protocols/profiles.ts';
import { suggestCustom } from './suggestCustom.ts';

const stream = (frames: readonly string[], times = 6): Buffer =>
  Buffer.concat(
    Array.from({ length: times }, () => frames.map((frame) => Buffer.from(frame, 'latin1'))).flat(),
  );

/** What the suggested frame reads from the same bytes, with two equal frames asked for. */
function reads(bytes: Buffer): readonly (number | null)[] {
  const suggested = suggestCustom(bytes);
  if (suggested === null) return [];
  const decoder = profileOf('custom').createDecoder(CustomOptions.parse(suggested));
  return [...decoder.push(bytes), ...decoder.end()].map((frame) => (frame.valid ? frame.kg : null));
}

describe('an unknown indicator', () => {
  it.each([
    ['between STX and ETX', ['\x02+012460x\x03'], 12_460],
    ['in lines', ['N=  12460 kg\r\n'], 12_460],
    ['with a point', ['GS,12.460;\r'], 12.46],
    ['below zero', ['\x02-000120\x03'], -120],
    ['that begins with =', ['=0012460kg'], 12_460],
  ])('%s is read from the frame its own bytes suggest', (_what, frames, kg) => {
    expect(reads(stream(frames))).toContain(kg);
  });

  it('cut anywhere, suggests the same frame', () => {
    const whole = stream(['\x02+012460x\x03', '\x02+012480x\x03']);
    const suggested = suggestCustom(whole);
    for (let at = 1; at < 10; at += 1) expect(suggestCustom(whole.subarray(at))).toEqual(suggested);
  });

  it('that sends noise suggests nothing that would not hold, and no bytes are an exception', () => {
    expect(suggestCustom(Buffer.alloc(0))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const suggested = suggestCustom(bytes);
        if (suggested !== null) expect(CustomOptions.safeParse(suggested).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
