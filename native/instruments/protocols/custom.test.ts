import { describe, expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import { decodeAll, decodeHex, decodeText } from './samples.testFrames.ts';

const custom = profileOf('custom');

test('ASCII digits, least significant first, fixed decimals, sign as a byte', () => {
  const options = {
    startHex: '4142',
    endHex: '0d0a',
    lengthBytes: 11,
    digitsAt: 3,
    digitsBytes: 6,
    order: 'reversed',
    sign: { kind: 'byte', at: 2, minus: 0x4e },
    decimals: { kind: 'fixed', places: 2 },
    unit: 't',
  };
  expect(decodeText(custom.createDecoder(options), 'ABN543210\r\n'.repeat(2))[1]).toMatchObject({
    kg: -123_450,
    display: '-123.45',
    unit: null,
  });
});

test('a point and a minus among the digits', () => {
  const options = {
    startHex: null,
    endHex: '0d',
    lengthBytes: 9,
    digitsAt: 0,
    digitsBytes: 8,
    sign: { kind: 'in-digits' },
    decimals: { kind: 'dot' },
  };
  expect(decodeText(custom.createDecoder(options), '  -12.50\r'.repeat(2))[1]).toMatchObject({ kg: -12.5 });
});

/** Hengtian HT9800: FF | b2-0 decimals + 1, b5 negative | BCD low, mid, high. */
test('BCD, low byte first, sign as a bit', () => {
  const options = {
    startHex: 'ff',
    endHex: null,
    lengthBytes: 5,
    digitsAt: 2,
    digitsBytes: 3,
    encoding: 'bcd',
    order: 'reversed',
    sign: { kind: 'bit', at: 1, bit: 5, minusWhen: 1 },
    decimals: { kind: 'fixed', places: 0 },
  };
  expect(decodeHex(custom.createDecoder(options), 'ff61402301 ff61402301')[1]).toMatchObject({ kg: -12_340 });
  expect(
    decodeHex(custom.createDecoder(options), 'ff61402a01 ff61402a01').filter(({ valid }) => valid),
  ).toEqual([]);
});

test('a point or a minus that the description does not know is no weight', () => {
  const options = {
    lengthBytes: 8,
    endHex: '03',
    digitsAt: 1,
    digitsBytes: 6,
    decimals: { kind: 'fixed', places: 0 },
    sign: { kind: 'none' },
  };
  for (const digits of ['1234.5', '-12345', ' -1234'])
    expect(
      decodeAll(custom.createDecoder(options), Buffer.from(`\x02${digits}\x03`.repeat(3), 'latin1')).filter(
        ({ valid }) => valid,
      ),
    ).toEqual([]);
});

test('one frame is enough only when the installer says so', () => {
  const frame = '\x02+012345\x30xx\x03';
  expect(decodeText(custom.createDecoder(), frame)).toMatchObject([{ reason: 'unconfirmed' }]);
  expect(decodeText(custom.createDecoder({ equalFrames: 1 }), frame)).toMatchObject([{ kg: 12_345 }]);
});

describe('an invalid description is refused with the field', () => {
  test.each([
    [{ startHex: null, endHex: null }, 'startHex'],
    [{ lengthBytes: 65 }, 'lengthBytes'],
    [{ lengthBytes: 6 }, 'digitsBytes'],
    [{ startHex: '0x' }, 'startHex'],
    [{ sign: { kind: 'byte', at: 12, minus: 45 } }, 'sign.at'],
    [{ decimals: { kind: 'digit', at: 20 } }, 'decimals.at'],
    [{ encoding: 'bcd', decimals: { kind: 'dot' } }, 'encoding'],
    [{ offset: 100 }, ''],
    [{ factor: 2 }, ''],
  ])('%o: %s', (options, field) => {
    const checked = custom.check(options);
    expect(checked.ok ? [] : checked.error.map((problem) => problem.field)).toContain(field);
  });
});
