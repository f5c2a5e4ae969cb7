import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plateHint, plateKind, readCameraPlate, readPlate } from './plate.ts';
import { plateColours } from './plateColour.ts';
import { colourOfJtt, colourOfVzenith, jttCodeOf, plausibleColours } from './plateColourCodes.ts';

describe('the plate grammar', () => {
  test.each([
    ['晋C12345', 'normal'],
    ['京AF0236', 'normal'],
    ['粤Z9065澳', 'suffix'],
    ['晋C1234学', 'suffix'],
    ['晋C1234挂', 'trailer'],
    ['晋CD12345', 'nev-small'],
    ['晋CDA1234', 'nev-small'],
    ['晋C12345D', 'nev-large'],
  ])('%s is %s', (text, kind) => {
    expect(plateKind(text)).toBe(kind);
  });

  test.each([
    '晋C1234',
    '晋C123456',
    '晋CI2345',
    '晋CO2345',
    'CC12345',
    '晋112345',
    '晋CL12345',
    '晋C12345I',
    '晋c12345',
    '',
  ])('%j is none', (text) => {
    expect(plateKind(text)).toBeNull();
  });
});

describe('reading', () => {
  test.each([
    [' 晋c·12345 ', '晋C12345'],
    ['晋Ｃ－１２３４５', '晋C12345'],
    ['晋C.1234挂', '晋C1234挂'],
    ['晋C\u200b12345', '晋C12345'],
  ])('typed %j is %s', (typed, text) => {
    expect(readPlate(typed)).toEqual({ text, wellFormed: true });
  });

  test.each([
    ['蓝苏A8HK52', '苏A8HK52'],
    ['黄晋C12345', '晋C12345'],
    ['黄绿晋C12345D', '晋C12345D'],
    ['渐变绿晋CD12345', '晋CD12345'],
    ['晋C12345', '晋C12345'],
  ])('camera %j is %s', (license, text) => {
    expect(readCameraPlate(license)).toEqual({ text, wellFormed: true });
  });

  test.each(['_无_', '无', 'null', 'NULL', '', '  ', '无牌车', '----'])(
    'camera %j is no plate',
    (license) => {
      expect(readCameraPlate(license)).toBeNull();
    },
  );

  test('what fits no form is kept as it was seen, and marked', () => {
    expect(readCameraPlate('黄晋C1234')).toEqual({ text: '晋C1234', wellFormed: false });
    expect(readPlate('ABC')).toEqual({ text: 'ABC', wellFormed: false });
    expect(readPlate(' ·-. ')).toBeNull();
  });

  test('any text is read without an exception, bounded, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const read = readPlate(typed);
        if (read === null) return;
        expect(read.text.length).toBeLessThanOrEqual(20);
        expect(readPlate(read.text)?.wellFormed ?? false).toBe(read.wellFormed);
        readCameraPlate(typed);
      }),
    );
  });
});

test.each([
  ['晋CI2345', 'letter-i-or-o'],
  ['晋C1O345', 'letter-i-or-o'],
  ['C12345', 'no-province'],
  ['晋C123', 'too-short'],
  ['晋C1234567', 'too-long'],
  ['晋CL12345', 'wrong-form'],
  ['晋C12345', null],
] as const)('%s: %s', (text, hint) => {
  expect(plateHint(text)).toBe(hint);
});

describe('colours', () => {
  test('every colour goes to its JT/T 697.7 code and back', () => {
    for (const colour of plateColours) expect(colourOfJtt(jttCodeOf(colour))).toBe(colour);
    expect(jttCodeOf('yellow')).toBe(2);
    expect(jttCodeOf('gradient-green')).toBe(94);
    expect(colourOfJtt(91)).toBe('other');
    expect(colourOfJtt(7)).toBeNull();
  });

  test.each([
    [1, 1, 'blue'],
    [2, 4, 'yellow'],
    [3, 0, 'white'],
    [4, 14, 'black'],
    [5, 0, 'green'],
    [5, 19, 'gradient-green'],
    [6, 20, 'yellow-green'],
    [6, 0, 'yellow-green'],
    [0, 0, 'other'],
    [99, 99, 'other'],
  ] as const)('Vzenith colour %d of type %d is %s', (colorType, type, colour) => {
    expect(colourOfVzenith(colorType, type)).toBe(colour);
  });

  test('a new-energy plate has one colour, a trailer is yellow', () => {
    expect(plausibleColours('nev-large')).toEqual(['yellow-green']);
    expect(plausibleColours('trailer')[0]).toBe('yellow');
  });
});
