import { expect, test } from 'vitest';
import { decodeHex } from './samples.testFrames.ts';
import { createYaohuaStreamDecoder } from './yaohuaStream.ts';

test.each([
  ['022B30303030303030314203', 0, '0'],
  ['022B30303030323030313903', 20, '20'],
  ['022B30303135363030313903', 1560, '1560'],
  ['022B30303230303032314203', 20, '20.00'],
  ['022B30313234353030313903', 12_450, '12450'],
  // The A22 adds 30h to both halves of the sum.
  ['022B30303030303030313B03', 0, '0'],
])('%s reads %d kg, and the frame says nothing but the number', (hex, kg, display) => {
  expect(decodeHex(createYaohuaStreamDecoder({ unit: 'kg' }), hex)).toEqual([
    {
      valid: true,
      kg,
      display,
      decimals: display.split('.')[1]?.length ?? 0,
      unit: null,
      motion: null,
      overload: null,
      net: null,
      raw: hex.toLowerCase(),
    },
  ]);
});

test('the configured unit makes the kilograms', () => {
  const [frame] = decodeHex(createYaohuaStreamDecoder({ unit: 't' }), '022B30303230303032314203');
  expect(frame).toMatchObject({ kg: 20_000, display: '20.00', unit: null });
});

test.each(['022B30313234353030313803', '022B30303030303032313B03'])('%s is rejected: checksum', (hex) => {
  expect(decodeHex(createYaohuaStreamDecoder({ unit: 'kg' }), hex)).toMatchObject([{ reason: 'checksum' }]);
});
