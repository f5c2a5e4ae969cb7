import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { maxReportBytes } from './protocol.ts';
import type { CatalogueEntry } from './profiles.ts';
import { profiles } from './profiles.ts';
import { decodeAll, displayOf, samples } from './samples.testFrames.ts';

/** How often a weak protocol has to hear a frame before it believes it. */
const hearings = (profile: CatalogueEntry): number => (profile.selfFraming === 'weak' ? 2 : 1);

/** A number its protocol can send, and its frame. */
function anyFrame({ id }: CatalogueEntry) {
  const { maxDecimals, maxShown, encode } = samples[id];
  return fc
    .tuple(fc.integer({ min: -maxShown, max: maxShown }), fc.integer({ min: 0, max: maxDecimals }))
    .map(([shown, decimals]) => ({ shown, decimals, bytes: encode(shown, decimals) }));
}

/** A piece of a frame that lost its beginning or its end, or anything at all. */
function anyDamage(profile: CatalogueEntry) {
  const torn = fc.tuple(anyFrame(profile), fc.nat(), fc.boolean()).map(([{ bytes }, place, head]) => {
    const at = 1 + (place % (bytes.length - 1));
    return head ? bytes.subarray(0, at) : bytes.subarray(at);
  });
  return fc.oneof(torn, fc.uint8Array({ maxLength: 80 }));
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}

const weights = (frames: readonly DecodedFrame[]): string[] =>
  frames.flatMap((frame) => (frame.valid ? [frame.raw] : []));

/** Exact decimal arithmetic on the text: what the number on the display is in kilograms. */
function kgOfText(display: string, unit: 'kg' | 't' | 'g' | null): number {
  return Number(`${display}e${unit === 't' ? '3' : unit === 'g' ? '-3' : '0'}`);
}

describe.each(profiles)('$id', (profile) => {
  const fresh = (): FrameDecoder => profile.createDecoder();

  test('reads the number that was shown, exactly, and reads it again from the stored bytes', () => {
    fc.assert(
      fc.property(anyFrame(profile), ({ shown, decimals, bytes }) => {
        const times = hearings(profile);
        const frames = decodeAll(fresh(), Buffer.concat(Array.from({ length: times }, () => bytes)));
        const frame = frames.at(-1);
        expect(frames).toHaveLength(times);
        expect(frame).toMatchObject({
          valid: true,
          display: displayOf(shown, decimals).replace(/^-(?=[0.]*$)/, ''),
        });
        if (frame?.valid !== true) return;
        expect(frame.kg).toBe(kgOfText(frame.display, frame.unit));
        expect(profile.readRaw(frame.raw)).toEqual(frame);
      }),
    );
  });

  test('the cut of the chunks changes nothing', () => {
    const piece = fc.oneof(
      anyFrame(profile).map(({ bytes }) => bytes),
      anyDamage(profile),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (pieces, places) => {
          const bytes = Buffer.concat(pieces);
          const decoder = fresh();
          const cutUp = cut(bytes, places).flatMap((chunk) => [...decoder.push(chunk)]);
          expect([...cutUp, ...decoder.end()]).toEqual(decodeAll(fresh(), bytes));
          const single = fresh();
          const oneByOne = [...bytes].flatMap((byte) => [...single.push(Uint8Array.of(byte))]);
          expect([...oneByOne, ...single.end()]).toEqual(decodeAll(fresh(), bytes));
        },
      ),
    );
  });

  test('every byte is reported once, in order, in bounded pieces', () => {
    const piece = fc.oneof(
      anyFrame(profile).map(({ bytes }) => bytes),
      anyDamage(profile),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.concat(pieces);
        const raws = decodeAll(fresh(), bytes).map(({ raw }) => raw);
        expect(raws.join('')).toBe(bytes.toString('hex'));
        expect(Math.max(0, ...raws.map(({ length }) => length / 2))).toBeLessThanOrEqual(maxReportBytes);
      }),
    );
  });
});

// Modbus TCP runs over a transport that loses nothing inside a connection and starts anew with each.
describe.each(profiles.filter(({ id }) => !id.endsWith('-tcp')))('$id on a bad line', (profile) => {
  const fresh = (): FrameDecoder => profile.createDecoder();

  test('damage costs no frame but the damaged one', () => {
    // A torn frame whose missing end is by chance what the next one begins with is a whole frame to anybody:
    // its weight is the right one, and the next frame is the one that is lost.
    const completes = (damage: Uint8Array, next: Uint8Array): boolean =>
      weights(decodeAll(fresh(), Buffer.concat([damage, next.subarray(0, -1)]))).length >
      weights(decodeAll(fresh(), damage)).length;
    const part = fc
      .tuple(anyDamage(profile), anyFrame(profile))
      .filter(([damage, frame]) => !completes(damage, frame.bytes));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const repeats = hearings(profile);
        const bytes = parts.flatMap(([damage, frame]) => [
          damage,
          ...Array.from({ length: repeats }, () => frame.bytes),
        ]);
        const read = weights(decodeAll(fresh(), Buffer.concat(bytes)));
        // What the damage itself may spell is not part of this.
        let from = 0;
        for (const [, frame] of parts) {
          const at = read.indexOf(frame.bytes.toString('hex'), from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
      }),
    );
  });
});

describe.each(profiles.filter(({ selfFraming }) => selfFraming === 'checksum'))('$id', (profile) => {
  const fresh = (): FrameDecoder => profile.createDecoder();

  test('a flipped bit never yields another weight', () => {
    // The highest bit may be parity for this one: it carries no weight and is not read.
    const ignoresParity = profile.id.startsWith('mettler');
    fc.assert(
      fc.property(
        fc.tuple(anyFrame(profile), anyFrame(profile), anyFrame(profile)),
        fc.nat(),
        fc.nat({ max: 7 }),
        ([before, frame, after], place, bit) => {
          const damaged = Buffer.from(frame.bytes);
          const at = place % damaged.length;
          damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
          const frames = decodeAll(fresh(), Buffer.concat([before.bytes, damaged, after.bytes]));
          const displays = frames.flatMap((read) => (read.valid ? [read.display] : []));
          const shown = [before, ...(ignoresParity && bit === 7 ? [frame] : []), after];
          expect(displays).toEqual(
            shown.map((each) => displayOf(each.shown, each.decimals).replace(/^-(?=[0.]*$)/, '')),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe.each(profiles.filter(({ selfFraming }) => selfFraming === 'weak'))('$id', (profile) => {
  const fresh = (): FrameDecoder => profile.createDecoder();

  test('a frame is believed when the one right before it said the same', () => {
    const { encode } = samples[profile.id];
    const [a, b] = [encode(1234, 2), encode(1235, 2)];
    const reasons = (...pieces: Uint8Array[]) =>
      decodeAll(fresh(), Buffer.concat(pieces)).map((frame) => (frame.valid ? frame.display : frame.reason));
    expect(reasons(a, a, a)).toEqual(['unconfirmed', '12.34', '12.34']);
    expect(reasons(a, b, a, b)).toEqual(Array.from({ length: 4 }, () => 'unconfirmed'));
    expect(reasons(a, Buffer.from('\r\n'), a)).toEqual(['unconfirmed', 'noise', '12.34']);
    expect(reasons(a, Buffer.from('x'), a, a)).toEqual(['unconfirmed', 'noise', 'unconfirmed', '12.34']);
  });
});

const fuzzBytes = Number(process.env.YUANHENG_FUZZ_BYTES ?? 1_000_000);

test.each(profiles)(
  '$id: random bytes pass through without a crash and without being kept',
  { timeout: 600_000 },
  ({ id, createDecoder }) => {
    const decoder = createDecoder();
    // Half of the bytes are ones the protocol itself uses, so that many frames begin and break off.
    const { encode } = samples[id];
    const own = Buffer.concat([encode(12_345, 0), encode(-7, 0), encode(0, 0)]);
    let seed = 1;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed >>> 8;
    };
    let sent = 0;
    let reported = 0;
    let mostKept = 0;
    while (sent < fuzzBytes) {
      const chunk = Buffer.alloc(1 + (random() % 4096));
      const whole = random() % 4;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = random();
        // Whole stretches of own bytes, single own bytes, or anything.
        chunk[at] =
          whole === 0 || (byte & 256) === 0
            ? (own[whole === 0 ? at % own.length : byte % own.length] ?? 0)
            : byte;
      }
      if (whole === 0) chunk[random() % chunk.length] = random();
      sent += chunk.length;
      for (const { raw } of decoder.push(chunk)) reported += raw.length / 2;
      mostKept = Math.max(mostKept, sent - reported);
    }
    expect(mostKept).toBeLessThanOrEqual(2 * maxReportBytes);
    for (const { raw } of decoder.end()) reported += raw.length / 2;
    expect(reported).toBe(sent);
  },
);
