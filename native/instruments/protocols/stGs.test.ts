import { describe, expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import { decodeHex, decodeText } from './samples.testFrames.ts';

const decode = (text: string) => decodeText(profileOf('jinzhong-continuous').createDecoder(), text);

test.each([
  ['53542C47532C2B203030303036306B670D0A', 60, '60'],
  ['53542C47532C2B303031322E33346B670D0A', 12.34, '12.34'],
  ['53542C47532C2B3031312E3132306B670D0A', 11.12, '11.120'],
])('%s reads %d kg', (hex, kg, display) => {
  expect(decodeHex(profileOf('jinzhong-continuous').createDecoder(), hex)).toMatchObject([
    { kg, display, unit: 'kg', motion: false, overload: null, net: false },
  ]);
});

describe('what a frame says', () => {
  test.each([
    ['US,NT,-0001234kg\r\n', { kg: -1234, motion: true, net: true }],
    ['ST,GS,+00012.34 t\r\n', { kg: 12_340, unit: 't' }],
    ['ST,GS,+00123456kg\r\n', { kg: 123_456 }],
    ['ZR,GS,+0000000kg\r\n', { kg: 0, motion: null }],
    ['OL,GS,+0099999kg\r\n', { kg: 99_999, overload: 'over' }],
    ['LO,GS,-0000100kg\r\n', { kg: -100, overload: 'under' }],
    ['ST,GS,   12340kg\r\n', { kg: 12_340 }],
  ])('%j', (text, says) => {
    expect(decode(text)).toMatchObject([{ valid: true, ...says }]);
  });

  test.each([
    ['OL,GS,+       kg\r\n', 'overload-blank'],
    ['LO,GS,-       kg\r\n', 'underload-blank'],
    ['ST,GS,+       kg\r\n', 'form'],
    ['HD,GS,+0012340kg\r\n', 'hold'],
    ['ST,TR,+0012340kg\r\n', 'not-weight'],
    ['ST,PT,+0012340kg\r\n', 'not-weight'],
    ['ST,GS,+0012340lb\r\n', 'unit'],
    ['UT,GS,+0012340kg\r\n', 'form'],
    ['ST,GS,+00 2340kg\r\n', 'form'],
    ['ST,GS,+0.12.34kg\r\n', 'form'],
    ['I\r\n', 'refused'],
    ['?\r\n', 'refused'],
  ])('%j is rejected: %s', (text, reason) => {
    expect(decode(text)[0]).toMatchObject({ valid: false, reason });
  });
});

test('addressed A&D indicators are asked and heard by their address', () => {
  const command = profileOf('and-command');
  const options = { address: '07' };
  expect(Buffer.from(command.pollRequest(options) ?? []).toString()).toBe('@07RW\r\n');
  expect(Buffer.from(command.pollRequest() ?? []).toString()).toBe('RW\r\n');
  expect(decodeText(command.createDecoder(options), '@07ST,GS,+0012340kg\r\n')).toMatchObject([
    { kg: 12_340 },
  ]);
  expect(decodeText(command.createDecoder(options), '@08ST,GS,+0012340kg\r\n')).toMatchObject([
    { reason: 'address' },
  ]);
  expect(decodeText(command.createDecoder(options), '@07I\r\n')).toMatchObject([{ reason: 'refused' }]);
  expect(profileOf('and-continuous').pollRequest()).toBeNull();
});
