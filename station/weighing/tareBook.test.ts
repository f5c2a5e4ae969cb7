import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tareAt, tareDrift } from './tareBook.ts';

const alarmKg = 500;
const kg = fc.integer({ min: 3_000, max: 25_000 });

describe('the drift of a tare', () => {
  it.each([
    ['no earlier tare: there is no usual one', 15_000, [], null, null],
    ['one earlier tare: neither', 18_000, [15_000], null, null],
    ['a tare as usual', 15_000, [15_020, 14_980, 15_000], 15_000, null],
    ['exactly the alarm away, heavier: no alarm', 15_500, [15_000, 15_000], 15_000, null],
    ['one kilogram beyond it', 15_501, [15_000, 15_000], 15_000, 501],
    ['exactly the alarm away, lighter: no alarm', 14_500, [15_000, 15_000], 15_000, null],
    ['one kilogram beyond it, lighter', 14_499, [15_000, 15_000], 15_000, -501],
    ['no tare at all', null, [15_000, 15_000], 15_000, null],
  ] as const)('%s', (_what, newestKg, beforeKg, usualKg, driftKg) => {
    expect(tareDrift(newestKg, beforeKg, alarmKg)).toEqual({ usualKg, driftKg });
  });

  it('one freak weighing among three does not become the usual tare', () => {
    expect(tareDrift(15_000, [15_000, 22_000, 15_040], alarmKg)).toEqual({ usualKg: 15_040, driftKg: null });
  });

  it('of an even number the usual one is one that was weighed, never a number between', () => {
    expect(tareDrift(15_000, [15_000, 16_000], alarmKg).usualKg).toBe(15_000);
  });

  it('does not depend on the order of the earlier tares, nor change the list it was given', () => {
    fc.assert(
      fc.property(kg, fc.array(kg, { maxLength: 9 }), (newestKg, beforeKg) => {
        const given = [...beforeKg];
        const found = tareDrift(newestKg, beforeKg, alarmKg);
        expect(tareDrift(newestKg, [...beforeKg].reverse(), alarmKg)).toEqual(found);
        expect(beforeKg).toEqual(given);
        if (found.usualKg !== null) expect(beforeKg).toContain(found.usualKg);
      }),
    );
  });

  it('alarms beyond the alarm and nowhere else, by the distance from the usual tare', () => {
    fc.assert(
      fc.property(kg, fc.array(kg, { minLength: 2, maxLength: 9 }), (newestKg, beforeKg) => {
        const { usualKg, driftKg } = tareDrift(newestKg, beforeKg, alarmKg);
        const distanceKg = newestKg - (usualKg ?? Number.NaN);
        expect(driftKg).toBe(Math.abs(distanceKg) > alarmKg ? distanceKg : null);
      }),
    );
  });
});

describe('a stored tare', () => {
  const dayMs = 86_400_000;
  const weighedAtMs = Date.UTC(2026, 2, 2);
  const tare = { kg: 15_000, number: 7, weighedAtMs };

  it.each([
    ['the moment it was weighed', 0, true],
    ['one millisecond before it expires', 30 * dayMs - 1, true],
    ['when it expires', 30 * dayMs, false],
    ['before it was weighed: the clock ran back', -1, false],
  ])('%s', (_what, laterMs, valid) => {
    expect(tareAt(tare, weighedAtMs + laterMs, 30)).toEqual({
      ...tare,
      expiresAtMs: weighedAtMs + 30 * dayMs,
      valid,
    });
  });
});
