import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plateColours } from '../vehicles/plateColour.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { qrModules } from './qr.ts';
import type { SlipCode } from './slipCode.ts';
import { isExpired, readSlipCode, signSlip, slipText } from './slipCode.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = (message: string): string => sign(null, Buffer.from(message), privateKey).toString('base64');
const holds = (message: string, signature: string): boolean =>
  verify(null, Buffer.from(message), publicKey, Buffer.from(signature, 'base64'));

const sample: SlipCode = {
  drill: false,
  station: 'YQ-7',
  number: 128,
  plate: '晋C12345',
  colour: 'yellow',
  axles: 6,
  grossKg: 46_650,
  limitKg: 49_000,
  tareKg: 15_320,
  netKg: 31_330,
  goods: '原煤',
  timeMs: Date.UTC(2026, 10, 30, 8, 30, 5),
  validHours: 12,
  decision: 'allow',
  pictures: 'K5XW2M3RNBSQO',
  copy: 1,
};

const maybe = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(each, { nil: null });
const kg = fc.integer({ min: 0, max: 200_000 });
const word = fc.string({ unit: 'grapheme', maxLength: 12 });
const anyCode: fc.Arbitrary<SlipCode> = fc.record({
  drill: fc.boolean(),
  station: word,
  number: fc.integer({ min: 1, max: 99_999_999 }),
  plate: word,
  colour: fc.constantFrom(...plateColours),
  axles: maybe(fc.integer({ min: 2, max: 12 })),
  grossKg: kg,
  limitKg: maybe(kg),
  tareKg: maybe(kg),
  netKg: maybe(fc.integer({ min: -20_000, max: 200_000 })),
  goods: maybe(word.filter((text) => Array.from(text).length <= 12)),
  timeMs: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
  validHours: fc.integer({ min: 1, max: 168 }),
  decision: fc.constantFrom('allow', 'refuse', 'released'),
  pictures: maybe(fc.uint8Array({ minLength: 8, maxLength: 8 }).map(toBase32)),
  copy: fc.integer({ min: 1, max: 99 }),
});

describe('the text of a paper’s code', () => {
  it('is of letters that no scanner mistakes, and what a station would write itself', () => {
    expect(slipText(sample)).toBe(
      'YHS1:YQ-7:128:%E6%99%8BC12345:Y:6:46650:49000:15320:31330:%E5%8E%9F%E7%85%A4:20261130163005:12:A:K5XW2M3RNBSQO:1',
    );
  });

  it('comes back as it was, whatever the names, and its signature holds', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const read = readSlipCode(signSlip(code, signer));
        if (!read.ok) throw new Error(read.error);
        const { text: _, message, signature, ...back } = read.value;
        expect(back).toEqual(code);
        expect(holds(message, signature)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('with any one character changed is no code, or one whose signature does not hold', () => {
    const text = signSlip(sample, signer);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'grapheme', maxLength: 1 }), (at, char) => {
        fc.pre(text[at] !== char);
        const read = readSlipCode(text.slice(0, at) + char + text.slice(at + 1));
        expect(read.ok && holds(read.value.message, read.value.signature)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a web address', 'https://example.invalid/YHS1:YQ-7'],
    ['a leading zero', signSlip(sample, signer).replace(':46650:', ':046650:')],
    ['another spelling of the same number', signSlip(sample, signer).replace(':46650:', ':4665E1:')],
    ['an impossible day', signSlip(sample, signer).replace('20261130', '20261131')],
    ['a field too many', `${signSlip(sample, signer)}:X`],
    ['another spelling of the plate', signSlip(sample, signer).replace('C12345', '%4312345')],
    ['a lower case signature', signSlip(sample, signer).toLowerCase()],
    ['far too much', 'A'.repeat(100_000)],
  ])('that is %s is none', (_, text) => {
    expect(readSlipCode(text)).toMatchObject({ ok: false });
  });

  it('a drill’s can’t be taken for a real one: the form is part of what is signed', () => {
    const drill = signSlip({ ...sample, drill: true }, signer);
    const read = readSlipCode(drill.replace('YHD1', 'YHS1'));
    expect(read.ok && holds(read.value.message, read.value.signature)).toBe(false);
  });

  it('says when it is too old', () => {
    expect(isExpired(sample, sample.timeMs + 12 * 3_600_000)).toBe(false);
    expect(isExpired(sample, sample.timeMs + 12 * 3_600_000 + 1)).toBe(true);
  });
});

it('base32 has one text for each value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(bytes);
    }),
  );
  expect(fromBase32('B')).toBeNull();
  expect(fromBase32('a')).toBeNull();
});

it('the code of an ordinary slip has no more than 53 modules', () => {
  expect(qrModules(signSlip(sample, signer)).length).toBeLessThanOrEqual(53);
});
