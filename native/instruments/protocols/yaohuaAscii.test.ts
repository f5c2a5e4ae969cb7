import { expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import { decodeHex, decodeText } from './samples.testFrames.ts';

const plain = (text: string) => decodeText(profileOf('yaohua-a12').createDecoder(), text);

/** A frame of the newer A12(E): its eleven bytes with their XOR. */
function summed(body: string): string {
  const xor = [...Buffer.from(body, 'latin1')].reduce((sum, byte) => sum ^ byte, 0);
  return `${body}${xor.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

test('the frame of the A12(E) manual reads 4.139 kg gross', () => {
  const frames = decodeHex(profileOf('yaohua-a12-xor').createDecoder(), '57473030342E3133396B6733440D0A');
  expect(frames).toMatchObject([{ kg: 4.139, display: '4.139', decimals: 3, unit: 'kg', net: false }]);
  const wrong = decodeHex(profileOf('yaohua-a12-xor').createDecoder(), '57473030342E3133396B6733450D0A');
  expect(wrong).toMatchObject([{ valid: false, reason: 'checksum' }]);
});

test('gross, net and tare are told apart', () => {
  expect(plain('ww000.000kg\r\n')).toMatchObject([{ kg: 0, net: false }]);
  expect(plain('wn-0000.1kg\r\n')).toMatchObject([{ kg: -0.1, display: '-0.1', net: true }]);
  expect(plain('wt000.000kg\r\n')).toMatchObject([{ valid: false, reason: 'not-weight' }]);
});

test('overload and underload come as blanks with OL and LO in place of the unit', () => {
  const decode = (body: string) => decodeText(profileOf('yaohua-a12-xor').createDecoder(), summed(body));
  expect(decode('WG       OL')).toMatchObject([{ reason: 'overload-blank' }]);
  expect(decode('WG       LO')).toMatchObject([{ reason: 'underload-blank' }]);
  expect(decode('WG004.139lb')).toMatchObject([{ reason: 'unit' }]);
});
