import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuousFrame } from './frames.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

describe('a simulated continuous frame', () => {
  it('is byte for byte what real indicators and manuals show', () => {
    expect(hex(continuousFrame(0))).toBe('022B30303030303030314203');
    expect(hex(continuousFrame(20))).toBe('022B30303030323030313903');
    expect(hex(continuousFrame(1560))).toBe('022B30303135363030313903');
    expect(hex(continuousFrame(2000, { decimals: 2 }))).toBe('022B30303230303032314203');
    expect(hex(continuousFrame(12_450))).toBe('022B30313234353030313903');
  });

  it('carries a checksum that an independent reader agrees with, for every weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999, max: 999_999 }),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (shown, decimals, a22) => {
          const bytes = continuousFrame(shown, { decimals, a22 });
          expect([bytes.length, bytes[0], bytes[11]]).toEqual([12, 0x02, 0x03]);
          const text = Buffer.from(bytes.slice(1, -1)).toString('latin1');
          const parts = /^([+-])(\d{6})([0-4])([0-9A-F:;<=>?])([0-9A-F:;<=>?])$/.exec(text);
          if (parts === null) throw new Error(text);
          const [, sign = '', digits = '', point = '', high = '', low = ''] = parts;
          let xor = 0;
          for (const character of `${sign}${digits}${point}`) xor ^= character.charCodeAt(0);
          const value = (character: string): number => {
            const code = character.charCodeAt(0);
            return code >= 0x41 ? code - 0x37 : code - 0x30;
          };
          expect(value(high) * 16 + value(low)).toBe(xor);
          expect(Number(digits) * (sign === '-' ? -1 : 1)).toBe(shown === 0 ? 0 : shown);
          expect(Number(point)).toBe(decimals);
        },
      ),
    );
  });

  it('is never made of a weight the display could not show', () => {
    for (const shown of [1_000_000, -1_000_000, 0.5, Number.NaN]) {
      expect(() => continuousFrame(shown)).toThrow(RangeError);
    }
  });
});
