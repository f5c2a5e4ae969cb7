import fc from 'fast-check';
import { expect, it } from 'vitest';
import { vinCheckHolds } from './vin.ts';

it('published examples hold, and fail with the check digit changed', () => {
  for (const vin of ['1M8GDM9AXKP042788', '11111111111111111', '5GZCZ43D13S812715']) {
    expect(vinCheckHolds(vin)).toBe(true);
    expect(vinCheckHolds(`${vin.slice(0, 8)}${vin[8] === '7' ? '6' : '7'}${vin.slice(9)}`)).toBe(false);
  }
  for (const wrong of ['', '1M8GDM9AXKP04278', '1M8GDM9AXKP042788 ', 'IM8GDM9AXKP042788'])
    expect(vinCheckHolds(wrong)).toBe(false);
});

it('a figure read as another one is seen, wherever it stands but at the ninth', () => {
  const vin = '1M8GDM9AXKP042788';
  const figures = Array.from(vin, (sign, at) => ({ sign, at })).filter(({ sign }) => /\d/.test(sign));
  fc.assert(
    fc.property(fc.constantFrom(...figures), fc.integer({ min: 1, max: 9 }), ({ sign, at }, by) => {
      const other = String((Number(sign) + by) % 10);
      expect(vinCheckHolds(vin.slice(0, at) + other + vin.slice(at + 1))).toBe(false);
    }),
  );
});
