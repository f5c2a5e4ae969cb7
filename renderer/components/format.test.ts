import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTime, kgDigits, tonnes } from './format.ts';

describe('amounts on the screen', () => {
  it.each([
    [2350, '2.35 t'],
    [1200, '1.20 t'],
    [20, '0.02 t'],
    [5, '5 kg'],
    [0, '0.00 t'],
    [12_345, '12 345 kg'],
  ])('%i kg reads %s', (kg, text) => {
    expect(tonnes(kg)).toBe(text);
  });

  it('never round an overload away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (kg) => {
        expect(tonnes(kg)).toMatch(/[1-9]/);
      }),
    );
  });

  it('keep every digit of a weight', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 999_999 }), (kg) => {
        expect(Number(kgDigits(kg).replaceAll(' ', '').replaceAll(' ', ''))).toBe(kg);
      }),
    );
  });

  it('show Chinese time on any computer', () => {
    expect(dateTime(Date.UTC(2026, 10, 23, 17, 30, 5))).toBe('2026-11-24 01:30:05');
  });
});
