import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearPlates } from './nearPlates.ts';

const plate = fc
  .tuple(fc.constantFrom('晋', '冀'), fc.stringMatching(/^[A-Z][A-HJ-NP-Z0-9]{5}$/))
  .map(([province, rest]) => province + rest);
const figures = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');

it('a plate with any one character misread is among its near ones, and so is the plate among theirs', () => {
  fc.assert(
    fc.property(plate, fc.integer({ min: 2, max: 6 }), fc.constantFrom(...figures), (own, at, sign) => {
      const misread = own.slice(0, at) + sign + own.slice(at + 1);
      fc.pre(misread !== own);
      expect(nearPlates(own)).toContain(misread);
      expect(nearPlates(misread)).toContain(own);
    }),
  );
});

it('a character left out, one too many and two exchanged are near; two misread are not', () => {
  const near = nearPlates('晋C83N16');
  for (const each of ['晋C83N1', '晋C83N116', '晋C38N16', '冀C83N16', '晋D83N16', '晋C83N1挂'])
    expect(near).toContain(each);
  for (const each of ['晋C83N16', '晋C84N17', '']) expect(near).not.toContain(each);
  expect(near.length).toBeLessThan(1000);
  expect(nearPlates('')).not.toContain('');
});
