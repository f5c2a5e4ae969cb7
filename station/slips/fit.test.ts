import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitBlock, fitLine } from './fit.ts';
import { oneLine, textWidthMm } from './measure.ts';

const box = { widthMm: 60, heightMm: 12 };

test('a text that fits is printed whole at its size; a longer one shrinks before anything is cut', () => {
  expect(fitLine('晋C12345', 'bold', 88, 15, 2.4)).toEqual({ text: '晋C12345', sizeMm: 15 });
  const shrunk = fitLine('阳泉市郊区荫营煤炭发运站', 'bold', 40, 5, 2.4);
  expect(shrunk.text).toBe('阳泉市郊区荫营煤炭发运站');
  expect(shrunk.sizeMm).toBeLessThan(5);
  expect(fitLine('中'.repeat(300), 'bold', 40, 5, 2.4).text).toMatch(/^中+…$/);
});

test('wrapping loses nothing: the lines together are the text', () => {
  const text = '六轴及六轴以上汽车列车，其车货总质量超过49000千克；except where the rule says 46000 kg.';
  const { lines } = fitBlock(text, 'regular', { widthMm: 60, heightMm: 40 }, 4, 2.4);
  expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  for (const line of lines) expect(line).not.toMatch(/^[，；。]/);
});

test('no line of any text is wider than its box, nor are there more lines than it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const { lines, sizeMm } = fitBlock(text, 'regular', box, 5, 2.4);
      expect(lines.length * sizeMm * 1.3).toBeLessThanOrEqual(box.heightMm + 0.01);
      for (const line of lines)
        expect(textWidthMm(line, 'regular', sizeMm)).toBeLessThanOrEqual(box.widthMm + 0.001);
    }),
  );
});

test('a year, a number or a bracket is not torn apart at the end of a line', () => {
  const text = '公路货运车辆超限超载认定标准（交公路发〔2016〕124号）附件第12条';
  for (let widthMm = 24; widthMm < 90; widthMm += 1) {
    const { lines } = fitBlock(text, 'regular', { widthMm, heightMm: 90 }, 4, 2.4);
    for (const whole of ['〔2016〕', '124', '12']) expect(lines.join('|')).toContain(whole);
  }
});

test('characters that hide, turn or break what is printed are taken out', () => {
  expect(oneLine(' 晋C\u0000\u202e12\u200b345\n\t挂 ')).toBe('晋C12345 挂');
});
