import { describe, expect, test } from 'vitest';
import { profileOf } from './profiles.ts';
import type { ProfileId } from './profiles.ts';
import { decodeText } from './samples.testFrames.ts';

const twice = (id: ProfileId, text: string, options?: object) =>
  decodeText(profileOf(id).createDecoder(options), text + text).map((frame) =>
    frame.valid ? frame.display : frame.reason,
  );

describe('frames of the manuals', () => {
  test.each([
    ['yaohua-d2-old', '51.0700=', '70.15'],
    ['yaohua-d2-new', '51.07000=', '70.15'],
    ['yaohua-a26-format1', '=000.3000', '3.000'],
    ['yaohua-a26-format1', '=00.1000-', '-1.00'],
    ['yaohua-a26-format2', '=0003.000', '3.000'],
    ['yaohua-a26-format2', '=-0001.00', '-1.00'],
    ['keli-d2008-format2', '=000.3000', '3.000'],
    ['keli-d2008-format3', '=0003.000', '3.000'],
    ['keli-d2002', '=51.0700', '70.15'],
    ['keli-kl3101', '=012340', '12340'],
  ] as const)('%s: "%s" twice is %s', (id, text, display) => {
    expect(twice(id, text)).toEqual(['unconfirmed', display]);
  });

  test('the same bytes are 0.010 or 10.000: only the setting decides', () => {
    const layout = { equals: 'first', characters: 7, sign: 'first' };
    expect(twice('keli-d2002', '=000.010', { ...layout, direction: 'forward' })).toContain('0.010');
    expect(twice('keli-d2002', '=000.010', { ...layout, direction: 'reversed' })).toContain('10.000');
  });
});

describe('settings', () => {
  test('a wrong length never yields a weight, however long the stream', () => {
    const stream = '51.07000='.repeat(50);
    for (const characters of [5, 6, 7, 9, 10]) {
      const frames = decodeText(profileOf('yaohua-d2-new').createDecoder({ characters }), stream);
      expect(frames.filter(({ valid }) => valid)).toEqual([]);
    }
    const forward = '=0003.000'.repeat(50);
    for (const characters of [5, 6, 7, 9, 10]) {
      const frames = decodeText(profileOf('yaohua-a26-format2').createDecoder({ characters }), forward);
      expect(frames.filter(({ valid }) => valid)).toEqual([]);
    }
  });

  test('tonnes, gross and net come from the settings', () => {
    const decoder = profileOf('yaohua-d2-old').createDecoder({ unit: 't', sends: 'net' });
    expect(decodeText(decoder, '51.0700=51.0700=')[1]).toMatchObject({ kg: 70_150, net: true, unit: null });
  });
});

test.each(['=0.0.3000', '=0003.00-', '=00-3.000', '=        ', '=.0000000'])('"%s" is no number', (text) => {
  expect(twice('yaohua-a26-format2', text).filter((read) => /\d/.test(read))).toEqual([]);
});

test('a stored frame is read again without waiting for the second one', () => {
  const raw = Buffer.from('51.0700=').toString('hex');
  expect(profileOf('yaohua-d2-old').readRaw(raw)).toMatchObject({ valid: true, kg: 70.15 });
});
