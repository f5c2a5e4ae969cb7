import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isProfileId, profileIds, profileOf, profiles } from './profiles.ts';

test('ids are kebab-case, unique and found again', () => {
  expect(new Set(profileIds).size).toBe(profileIds.length);
  for (const id of profileIds) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(profileOf(id).id).toBe(id);
  }
  expect(isProfileId('toString')).toBe(false);
});

describe.each(profiles)('$id', (profile) => {
  test('works with its defaults, is named in both languages and can be described to a screen', () => {
    expect(profile.check(undefined)).toMatchObject({ ok: true });
    expect(profile.labelZh).not.toBe('');
    expect(profile.labelEn).not.toBe('');
    expect(profile.line.baudRates[0]).toBeGreaterThan(0);
    expect(profile.line.framings.length).toBeGreaterThan(0);
    expect(z.toJSONSchema(profile.options, { io: 'input' })).toMatchObject({ type: 'object' });
    expect(profile.pollRequest() === null).toBe(profile.mode === 'stream');
  });

  test.each(['offset', 'offsetKg', 'factor', 'scale', 'percent', 'span', 'filter', 'average', 'adjust'])(
    'has no setting "%s" that would change a weight',
    (setting) => {
      expect(profile.check({ [setting]: 1 })).toMatchObject({ ok: false });
    },
  );
});

test('an unknown value is refused with the field and the allowed values', () => {
  const checked = profileOf('yaohua-a26-format1').check({ direction: 'sideways', unit: 'lb' });
  expect(checked).toMatchObject({ ok: false, error: [{ field: 'unit' }, { field: 'direction' }] });
  expect(checked.ok ? '' : checked.error[1]?.problem).toMatch(/reversed.*forward/);
});

test('only the streams that cannot tell their direction say so', () => {
  const ambiguous = profiles.filter(({ directionAmbiguous }) => directionAmbiguous).map(({ id }) => id);
  expect(ambiguous).toEqual([
    'yaohua-d2-old',
    'yaohua-d2-new',
    'yaohua-a26-format1',
    'yaohua-a26-format2',
    'keli-d2008-format2',
    'keli-d2008-format3',
    'keli-d2002',
    'keli-kl3101',
    'custom',
  ]);
});
