import { describe, expect, test } from 'vitest';
import type { ProfileId } from './profiles.ts';
import { profileOf } from './profiles.ts';
import { decodeText } from './samples.testFrames.ts';

const decode = (id: ProfileId, text: string, options?: object) =>
  decodeText(profileOf(id).createDecoder(options), text);

const readings: readonly (readonly [ProfileId, string, object])[] = [
  ['cas-22', 'ST,GS,\x01\xc4,   13.50 kg\r\n', { kg: 13.5, display: '13.50', motion: false, net: false }],
  ['cas-22', 'US,NT,\x01\x80,  -13.50 kg\r\n', { kg: -13.5, motion: true, net: true }],
  // Text says stable, the lamp does not; id and lamps may be CR and LF.
  ['cas-22', 'ST,GS,\x0d\x0a,   13.50 kg\r\n', { kg: 13.5, motion: true }],
  ['cas-22', 'OL,GS,\x01\xc4,   99999 kg\r\n', { kg: 99_999, overload: 'over' }],
  ['cas-22', 'ST,GS,\x01\xc4,  13.500  t\r\n', { kg: 13_500, unit: 't' }],
  ['rice-lake', '\x02   12340KG \r\n', { kg: 12_340, motion: false, net: false, overload: null }],
  ['rice-lake', '\x02-   12.5TNM\r\n', { kg: -12_500, unit: 't', motion: true, net: true }],
  ['rice-lake', '\x02   99999KGO\r\n', { kg: 99_999, overload: 'over' }],
  ['rice-lake', '\x02-  99999KGO\r\n', { kg: -99_999, overload: 'under' }],
  ['rice-lake', '\x02       0KGZ\r\n', { kg: 0, motion: false }],
  ['cardinal', '\r  12340  kg g  \x03', { kg: 12_340, motion: false, net: false }],
  ['cardinal', '\r-  12.5m kg n  \x03', { kg: -12.5, motion: true, net: true }],
  ['cardinal', '\r  99999o kg g  \x03', { kg: 99_999, overload: 'over', motion: null }],
  ['weightronix', ' G+ 12340 kg\r\n', { kg: 12_340, motion: null, net: false }],
  ['weightronix', ' N-  12.5  t\r\n', { kg: -12_500, unit: 't', net: true }],
  ['sma', '\n 1G       12340kg \r', { kg: 12_340, motion: false, net: false, overload: null }],
  ['sma', '\nZ1NM      -12.5kg \r', { kg: -12.5, motion: true, net: true }],
  ['sma', '\nO1G       99999kg \r', { kg: 99_999, overload: 'over' }],
  ['sma', '\nU1G        -100kg \r', { kg: -100, overload: 'under' }],
  ['dini-argeo-continuous', 'ST,GS,   0.0,kg\r\n', { kg: 0, display: '0.0', motion: false, net: false }],
  ['dini-argeo-continuous', 'US,NT,  -12.34,t\r\n', { kg: -12_340, unit: 't', motion: true, net: true }],
  ['dini-argeo-continuous', 'OL,GS,   99999,kg\r\n', { kg: 99_999, overload: 'over', motion: null }],
];

test.each(readings)('%s: %j', (id, text, says) => {
  expect(decode(id, text)).toMatchObject([{ valid: true, ...says }]);
});

const rejections: readonly (readonly [ProfileId, string, string])[] = [
  ['cas-22', 'ST,GS,\x01\xd4,   13.50 kg\r\n', 'hold'],
  ['cas-22', 'OL,GS,\x01\xc4,         kg\r\n', 'overload-blank'],
  ['cas-22', 'ST,GS,\x01\xc4,   13.50 lb\r\n', 'unit'],
  ['rice-lake', '\x02   12340LG \r\n', 'unit'],
  ['rice-lake', '\x02   12340KGI\r\n', 'indicator-error'],
  ['rice-lake', '\x02        KGO\r\n', 'overload-blank'],
  ['rice-lake', '\x02-       KGO\r\n', 'underload-blank'],
  ['cardinal', '\r  12340  lb g  \x03', 'unit'],
  // Short tons.
  ['cardinal', '\r  12340  tn g  \x03', 'unit'],
  ['cardinal', '\r       o kg g  \x03', 'overload-blank'],
  ['weightronix', ' G+ 12340 lb\r\n', 'unit'],
  ['weightronix', ' G+       kg\r\n', 'overload-blank'],
  ['sma', '\nE1G           0kg \r', 'indicator-error'],
  ['sma', '\n 1T       12340kg \r', 'not-weight'],
  ['sma', '\n 1g     12340.1kg \r', 'expanded'],
  ['sma', '\n 1G       12340lb \r', 'unit'],
  ['sma', '\nO1G            kg \r', 'overload-blank'],
  ['sma', '\nU1G            kg \r', 'underload-blank'],
  ['sma', '\n?\r', 'refused'],
  ['dini-argeo-continuous', 'OL,GS,        ,kg\r\n', 'overload-blank'],
  ['dini-argeo-continuous', 'UL,GS,        ,kg\r\n', 'underload-blank'],
  ['dini-argeo-continuous', 'ST,GS,   0.0,lb\r\n', 'unit'],
  ['dini-argeo-continuous', 'ST,GS,   0.0kg\r\n', 'form'],
];

test.each(rejections)('%s: %j is rejected: %s', (id, text, reason) => {
  expect(decode(id, text)[0]).toMatchObject({ valid: false, reason });
});

describe('requests', () => {
  const asked = (id: ProfileId, options?: object) =>
    Buffer.from(profileOf(id).pollRequest(options) ?? []).toString('latin1');

  test('SMA and Dini Argeo are asked for a weight and nothing else', () => {
    expect(asked('sma')).toBe('\nW\r');
    expect(asked('dini-argeo-command')).toBe('READ\r\n');
    expect(asked('dini-argeo-command', { address: '03' })).toBe('03READ\r\n');
  });

  test('an addressed Dini Argeo is heard by its address', () => {
    const options = { address: '03' };
    expect(decode('dini-argeo-command', '03ST,GS,   0.0,kg\r\n', options)).toMatchObject([{ kg: 0 }]);
    expect(decode('dini-argeo-command', '04ST,GS,   0.0,kg\r\n', options)).toMatchObject([
      { reason: 'address' },
    ]);
  });
});
