import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from './chance.ts';
import { Deck, divisionKg } from './scale.ts';
import { axleLoadsKg, visits } from './trucks.ts';

/** What the indicator shows every 100 ms when axles come on 400 ms apart from 1 s on. */
function driveOn(seed: number, loadsKg: readonly number[], untilMs: number): number[] {
  const deck = new Deck(seededChance(seed));
  for (const [index, kg] of loadsKg.entries()) deck.step(kg, 1000 + index * 400);
  return Array.from({ length: untilMs / 100 }, (_, index) => deck.shownKg(index * 100));
}
const heavy = [7000, 8000, 8000, 8000, 8000, 8000];

describe('the simulated scale', () => {
  it('shows the same curve for the same seed and another for another', () => {
    expect(driveOn(7, heavy, 12_000)).toEqual(driveOn(7, heavy, 12_000));
    expect(driveOn(7, heavy, 12_000)).not.toEqual(driveOn(8, heavy, 12_000));
  });

  it('shows whole divisions only, and within one of zero while empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const curve = driveOn(seed, heavy, 12_000);
        expect(curve.every((kg) => kg % divisionKg === 0)).toBe(true);
        expect(Math.max(...curve.slice(0, 10).map(Math.abs))).toBeLessThanOrEqual(divisionKg);
      }),
    );
  });

  it('rises over seconds, overshoots, and comes to rest on the weight itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const curve = driveOn(seed, heavy, 20_000);
        expect(curve[20]).toBeGreaterThan(5000);
        expect(curve[20]).toBeLessThan(30_000);
        expect(Math.max(...curve)).toBeGreaterThan(47_000 + divisionKg);
        const standing = curve.slice(70);
        expect(new Set(standing)).toEqual(new Set([47_000]));
      }),
    );
  });

  it('shows every truck of the yard at exactly its weight once it stands', () => {
    for (const visit of visits) {
      const loads = axleLoadsKg(visit);
      expect(loads.reduce((sum, kg) => sum + kg, 0)).toBe(visit.grossKg);
      expect(loads).toHaveLength(visit.vehicle.facts.axles ?? 0);
      expect(new Set(driveOn(1, loads, 12_000).slice(90))).toEqual(new Set([visit.grossKg]));
    }
  });

  it('is back at zero after a truck has driven off', () => {
    const deck = new Deck(seededChance(3));
    for (const sign of [1, -1]) {
      for (const [index, kg] of heavy.entries())
        deck.step(sign * kg, (sign === 1 ? 0 : 10_000) + index * 400);
    }
    expect(Math.abs(deck.shownKg(9000))).toBe(47_000);
    expect(Math.abs(deck.shownKg(16_000))).toBeLessThanOrEqual(divisionKg);
  });
});
