import { expect, it } from 'vitest';
import { readSlipName } from './slipNumber.ts';

it('reads the number as printed, alone, of a drill, full width, and inside the text of a code', () => {
  const whole = { kind: 'number', number: 128, station: 'YQ-7' };
  expect(readSlipName(' YQ-7-00000128 ')).toEqual(whole);
  expect(readSlipName('演练-YQ-7-00000128')).toEqual(whole);
  expect(readSlipName('ＹＱ-7-00000128')).toEqual(whole);
  expect(readSlipName('https://platform.example/s?n=YQ-7-00000128&h=a3f0')).toEqual(whole);
  expect(readSlipName('128')).toEqual({ kind: 'number', number: 128, station: null });
});

it('reads the beginning of the hash at the foot of a paper, and takes nothing shorter', () => {
  expect(readSlipName('a3f0 91c2 77de 0b14')).toEqual({ kind: 'hash', prefix: 'a3f091c277de0b14' });
  for (const nothing of ['', '0', 'a3f0', '晋C83N16', 'x'.repeat(5000)])
    expect(readSlipName(nothing)).toBeNull();
});
