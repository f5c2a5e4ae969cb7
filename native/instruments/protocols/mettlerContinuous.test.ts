import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileId } from './profiles.ts';
import { profileOf } from './profiles.ts';
import { decodeAll, decodeHex, mettlerFrame } from './samples.testFrames.ts';

const fresh = (id: ProfileId = 'mettler-continuous', options?: object) =>
  profileOf(id).createDecoder(options);
const ind245 = '023130202020203230302020202030300D1E';
const chkIsCr = '022A30202031323334302020202020300D0D';

test('the captured IND245 frame reads 200 kg', () => {
  expect(decodeHex(fresh(), ind245)).toMatchObject([
    { kg: 200, display: '200', unit: 'kg', motion: false, overload: null, net: false },
  ]);
});

test('a checksum that happens to be CR does not move the frames', () => {
  expect(decodeHex(fresh(), chkIsCr + ind245 + chkIsCr)).toMatchObject([
    { kg: 12_340 },
    { kg: 200 },
    { kg: 12_340 },
  ]);
});

test('painted zeros are added only when the installer says that the field lacks them', () => {
  expect(decodeHex(fresh('mettler-continuous', { dummyZeros: 'to-be-added' }), ind245)).toMatchObject([
    { kg: 2000, display: '2000' },
  ]);
  const hundreds = mettlerFrame([0x28, 0x30, 0x20], '    12     0');
  expect(decodeAll(fresh('mettler-continuous', { dummyZeros: 'to-be-added' }), hundreds)).toMatchObject([
    { kg: 1200 },
  ]);
});

test('sums of 8 bits and lines with parity read the same weight', () => {
  const sevenBit = Buffer.from(ind245, 'hex');
  const eightBit = Buffer.from(sevenBit);
  eightBit[17] = -sevenBit.subarray(0, 17).reduce((sum, byte) => sum + byte, 0) & 0xff;
  const parity = sevenBit.map((byte) => {
    const ones = byte.toString(2).replaceAll('0', '').length;
    return byte | (ones % 2 === 1 ? 0x80 : 0);
  });
  for (const bytes of [eightBit, parity])
    expect(decodeAll(fresh(), bytes)).toMatchObject([{ kg: 200, raw: Buffer.from(bytes).toString('hex') }]);
});

test('short frames, with and without checksum', () => {
  const head = [0x2b, 0x33, 0x20];
  const says = [{ kg: -123.4, display: '-123.4', net: true }];
  expect(decodeAll(fresh('mettler-short'), mettlerFrame(head, '  1234'))).toMatchObject(says);
  expect(decodeAll(fresh('mettler-short-no-checksum'), mettlerFrame(head, '  1234', false))).toMatchObject(
    says,
  );
  expect(mettlerFrame(head, '  1234')).toHaveLength(12);
  expect(
    decodeAll(fresh('mettler-continuous-no-checksum'), mettlerFrame(head, '  1234     0', false)),
  ).toMatchObject(says);
});

describe('status', () => {
  const decode = (swa: number, swb: number, swc: number, field = ' 12340     0') =>
    decodeAll(fresh(), mettlerFrame([swa, swb, swc], field))[0];

  test.each([
    ['motion', 0x38, { motion: true, kg: 12_340 }],
    ['over the range', 0x34, { overload: 'over', kg: 12_340 }],
    ['under the range', 0x36, { overload: 'under', kg: -12_340 }],
    ['net', 0x31, { net: true }],
  ])('%s', (_, swb, says) => {
    expect(decode(0x2a, swb, 0x20)).toMatchObject(says);
  });

  test('units: tonnes and grams are weights, pounds, ounces and unknown ones are not', () => {
    expect(decode(0x2d, 0x30, 0x22)).toMatchObject({ kg: 12_340, display: '12.340', unit: 't' });
    expect(decode(0x2a, 0x30, 0x21)).toMatchObject({ kg: 12.34, display: '12340', unit: 'g' });
    expect(decode(0x2a, 0x20, 0x20)).toMatchObject({ valid: false, reason: 'unit' });
    expect(decode(0x2a, 0x30, 0x23)).toMatchObject({ valid: false, reason: 'unit' });
    expect(decode(0x2a, 0x30, 0x27)).toMatchObject({ valid: false, reason: 'unit' });
  });

  test('expanded resolution and blank fields are no weight', () => {
    expect(decode(0x2a, 0x30, 0x30)).toMatchObject({ reason: 'expanded' });
    expect(decode(0x2a, 0x34, 0x20, '           0')).toMatchObject({ reason: 'overload-blank' });
    expect(decode(0x2a, 0x36, 0x20, '           0')).toMatchObject({ reason: 'underload-blank' });
    expect(decode(0x2a, 0x30, 0x20, '           0')).toMatchObject({ reason: 'form' });
    expect(decode(0x2a, 0x30, 0x20, '12 340     0')).toMatchObject({ reason: 'form' });
  });
});

test('a wrong sum is counted once, and what 7 bits can see is always seen', () => {
  const wrong = `${ind245.slice(0, -2)}1F`;
  expect(decodeHex(fresh(), wrong + ind245)).toMatchObject([
    { reason: 'checksum', raw: wrong.toLowerCase() },
    { kg: 200 },
  ]);
  fc.assert(
    fc.property(fc.nat({ max: 16 }), fc.integer({ min: 1, max: 127 }), (at, change) => {
      const bytes = Buffer.from(ind245, 'hex');
      bytes[at] = ((bytes[at] ?? 0) + change) & 0x7f;
      expect(decodeAll(fresh(), bytes).filter(({ valid }) => valid)).toEqual([]);
    }),
  );
});

test('a frame that lost its last byte costs the next one when that begins with the byte that was lost', () => {
  const ends02 = mettlerFrame([0x2c, 0x32, 0x20], ' 17225     0');
  const torn = ends02.subarray(0, -1);
  const other = mettlerFrame([0x2a, 0x30, 0x20], '     5     0');
  expect(ends02.at(-1)).toBe(0x02);
  const read = decodeAll(fresh(), Buffer.concat([torn, other, other])).flatMap((frame) =>
    frame.valid ? [frame.display] : [],
  );
  expect(read).toEqual(['-172.25', '5']);
});
