import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFramedDecoder } from './framing.ts';
import { fixedForm, literal } from './forms.ts';
import { displayed, kgOf, readNumber, rejected, unitAt } from './weight.ts';

const number = (text: string) => readNumber(Buffer.from(text, 'latin1'), 0, text.length);

test('kilograms are the nearest number to what the display says, in every unit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 9_999_999 }), fc.integer({ min: 0, max: 5 }), (shown, decimals) => {
      const display = displayed(shown, decimals);
      expect(kgOf(shown, decimals, 'kg')).toBe(Number(display));
      expect(kgOf(shown, decimals, 't')).toBe(Number(`${display}e3`));
      expect(kgOf(shown, decimals, 'g')).toBe(Number(`${display}e-3`));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['   200', { shown: 200, decimals: 0, negative: false }],
  ['-  12.50', { shown: 1250, decimals: 2, negative: true }],
  ['  -12.50', { shown: 1250, decimals: 2, negative: true }],
  ['000.000', { shown: 0, decimals: 3, negative: false }],
  ['12340.', { shown: 12_340, decimals: 0, negative: false }],
])('"%s" is a number', (text, read) => {
  expect(number(text)).toEqual(read);
});

test.each(['12 34', '1.2.3', '--5', '5-', '+-5', '.', '1,5', '12 ', '1e3', '9999999999999999'])(
  '"%s" is none',
  (text) => {
    expect(number(text)).toBe('form');
  },
);

test.each(['      ', '  -   ', ''])('"%s" is blank', (text) => {
  expect(number(text)).toBe('blank');
});

test.each([
  ['kg', 'kg'],
  ['KG', 'kg'],
  [' t', 't'],
  ['T ', 't'],
  [' g', 'g'],
  ['lb', null],
  ['oz', null],
  ['tn', null],
  ['kgf', null],
  ['  ', null],
])('"%s" is the unit %s', (text, unit) => {
  expect(unitAt(Buffer.from(text, 'latin1'), 0, text.length)).toBe(unit);
});

test('a decoder keeps its own copy: the transport may fill the same chunk again', () => {
  const form = fixedForm(literal('abcd'), (bytes, start, length) =>
    rejected('not-weight', bytes.toString('latin1', start, start + length)),
  );
  const decoder = createFramedDecoder(form);
  const chunk = Buffer.from('ab');
  decoder.push(chunk);
  chunk.write('cd');
  expect(decoder.push(chunk)).toMatchObject([{ raw: 'abcd' }]);
});
