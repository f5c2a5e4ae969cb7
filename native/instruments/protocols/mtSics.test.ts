import { expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import { decodeHex, decodeText } from './samples.testFrames.ts';

const sics = profileOf('mt-sics');
const decode = (text: string) => decodeText(sics.createDecoder(), text);

test('the documented reply reads 100.00 g', () => {
  expect(decodeHex(sics.createDecoder(), '53205320202020203130302E303020670D0A')).toMatchObject([
    { kg: 0.1, display: '100.00', decimals: 2, unit: 'g', motion: false, net: null },
  ]);
});

test('a moving weight is said to be one', () => {
  expect(decode('S D     -12340 kg\r\n')).toMatchObject([{ kg: -12_340, motion: true }]);
  expect(decode('S D      12.34 t\r\n')).toMatchObject([{ kg: 12_340, unit: 't' }]);
});

test.each([
  ['S I\r\n', 'refused'],
  ['S L\r\n', 'refused'],
  ['ES\r\n', 'refused'],
  ['ET\r\n', 'refused'],
  ['EL\r\n', 'refused'],
  ['S +\r\n', 'overload-blank'],
  ['S -\r\n', 'underload-blank'],
  ['S S      100.0 lb\r\n', 'unit'],
  ['S S            kg\r\n', 'form'],
  ['S S kg\r\n', 'form'],
  ['S X      100.0 kg\r\n', 'form'],
])('%j is rejected: %s', (text, reason) => {
  expect(decode(text)[0]).toMatchObject({ valid: false, reason });
});

test('only weights can be asked for', () => {
  const asked = (options?: object) => Buffer.from(sics.pollRequest(options) ?? []).toString();
  expect([asked(), asked({ ask: 'S' }), asked({ ask: 'SIR' })]).toEqual(['SI\r\n', 'S\r\n', 'SIR\r\n']);
  for (const ask of ['Z', 'ZI', 'T', 'TI', 'TAC', '@'])
    expect(sics.check({ ask })).toMatchObject({ ok: false });
});
