import { describe, expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import { decodeAll, decodeHex } from './samples.testFrames.ts';

const yaohua = profileOf('yaohua-command');
const keli = profileOf('keli-k9r-command');
const hexOf = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');
const reasonOf = (hex: string, options?: object) =>
  decodeHex(yaohua.createDecoder(options), hex).map((frame) => (frame.valid ? frame.display : frame.reason));

describe('requests', () => {
  test.each([
    [{ ask: 'gross' }, '024142303303'],
    [{ ask: 'net' }, '024144303503'],
    [{ ask: 'net', tareLetter: 'D', netLetter: 'C' }, '024143303203'],
  ])('%o is asked as %s', (options, hex) => {
    expect(hexOf(yaohua.pollRequest(options))).toBe(hex);
  });

  test('Keli asks for the net weight with C', () => {
    expect(hexOf(keli.pollRequest({ ask: 'net' }))).toBe('024143303203');
  });

  test.each([
    { grossLetter: 'A' },
    { grossLetter: 'E' },
    { netLetter: 'I' },
    { netLetter: 'B' },
    { address: '1' },
    { offset: 5 },
  ])('no setting can send another letter or anything else: %o', (options) => {
    expect(yaohua.check(options)).toMatchObject({ ok: false });
    expect(() => yaohua.pollRequest(options)).toThrow();
  });
});

describe('replies', () => {
  test('gross', () => {
    expect(decodeHex(yaohua.createDecoder(), '0241422B30313233343030314303')).toMatchObject([
      { valid: true, kg: 12_340, display: '12340', net: false, unit: null, motion: null, overload: null },
    ]);
  });

  test('net, with a sign and decimals', () => {
    expect(decodeHex(yaohua.createDecoder({ ask: 'net' }), '0241442D30313233343531313803')).toMatchObject([
      { valid: true, kg: -1234.5, display: '-1234.5', decimals: 1, net: true },
    ]);
  });

  test('a decimals digit that no indicator has is no weight, though the sum is right', () => {
    expect(reasonOf('0241442D30303132333435313903', { ask: 'net' })).toEqual(['form']);
  });

  test('the tare, a handshake, the echo of a request and the answer to a zero command are no weight', () => {
    expect(reasonOf('0241432B30313233343030314403')).toEqual(['not-weight']);
    expect(reasonOf('024161323003')).toEqual(['not-weight']);
    expect(reasonOf('024141303003 024142303303 024143303203 024144303503')).toEqual(
      Array.from({ length: 4 }, () => 'not-weight'),
    );
    expect(reasonOf('024130373103')).toEqual(['not-weight']);
  });

  test('the same letter is net for Keli and tare for Yaohua', () => {
    const body = Buffer.from('AC+1234.50', 'latin1');
    const xor = body.reduce((sum, byte) => sum ^ byte, 0);
    const sum = xor.toString(16).toUpperCase().padStart(2, '0');
    const reply = Buffer.from(`\x02AC+1234.50${sum}\x03`, 'latin1');
    expect(decodeAll(keli.createDecoder(), reply)).toMatchObject([{ kg: 1234.5, net: true, decimals: 2 }]);
    expect(decodeAll(yaohua.createDecoder({ point: 'dot' }), reply)).toMatchObject([
      { reason: 'not-weight' },
    ]);
  });

  test('another address, a wrong sum and EOT each have their reason', () => {
    expect(reasonOf('0241422B30313233343030314303', { address: 'B' })).toEqual(['address']);
    expect(reasonOf('0241422B30313233343030314403')).toEqual(['checksum']);
    expect(reasonOf('04')).toEqual(['refused']);
  });
});
