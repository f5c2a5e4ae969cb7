import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknownFacts, vehicleClasses } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { Decision } from './decision.ts';
import { decide } from './decide.ts';
import { layoutsFor } from './layouts.ts';
import { latestRuleSet } from './ruleSets/index.ts';

const date = '2026-03-02';
const of = (facts: Partial<VehicleFacts>, grossKg = 10_000, on = date): Decision =>
  decide({ facts: { ...unknownFacts, ...facts }, grossKg, date: on });
const ids = (decision: Decision): string[] => decision.clauses.map(({ id }) => id);

describe('the table of the law, row by row', () => {
  // Axles, class, layout, drive axles, limit; a licence gross above the limit where the law asks for one.
  test.each([
    [2, 'rigid', '1+1', 1, 18_000],
    [3, 'centre-axle', '1+1+1', 1, 27_000],
    [3, 'articulated', '1+1+1', 1, 27_000],
    [3, 'rigid', '1+2', 1, 25_000],
    [3, 'rigid', '2+1', 1, 25_000],
    [4, 'centre-axle', '1+1+2', 1, 36_000],
    [4, 'centre-axle', '1+2+1', 1, 35_000],
    [4, 'articulated', '1+1+2', 1, 36_000],
    [4, 'full-trailer', '1+1+1+1', 1, 36_000],
    [4, 'rigid', '2+2', 2, 31_000],
    [5, 'centre-axle', '1+2+2', 2, 43_000],
    [5, 'centre-axle', '2+1+2', 1, 43_000],
    [5, 'articulated', '1+2+2', 2, 43_000],
    [5, 'articulated', '2+1+2', 1, 43_000],
    [5, 'articulated', '1+1+3', 1, 42_000],
    [5, 'full-trailer', '1+2+2', 2, 43_000],
    [5, 'full-trailer', '2+1+2', 1, 43_000],
    [6, 'centre-axle', '1+2+3', 2, 49_000],
    [6, 'centre-axle', '1+2+3', 1, 46_000],
    [6, 'centre-axle', '2+2+2', 2, 49_000],
    [6, 'centre-axle', '2+2+2', 1, 46_000],
    [6, 'articulated', '1+2+3', 2, 49_000],
    [6, 'articulated', '1+2+3', 1, 46_000],
    [6, 'articulated', '2+1+3', 1, 46_000],
    [6, 'articulated', '2+1+3', 2, 46_000],
    [6, 'full-trailer', '2+2+2', 2, 49_000],
    [6, 'full-trailer', '2+2+2', 1, 46_000],
  ] as const)(
    '%d axles, %s, %s, %d driven: %d kg is legal, one more is not',
    (axles, vehicleClass, layout, driveAxles, limitKg) => {
      const facts = {
        axles,
        vehicleClass,
        layout,
        driveAxles,
        registeredGrossKg: axles === 2 ? 18_500 : null,
      };
      expect(of(facts, limitKg)).toMatchObject({
        outcome: 'allow',
        limitKg,
        overKg: 0,
        leftKg: 0,
        missing: [],
      });
      expect(of(facts, limitKg + 1)).toMatchObject({
        outcome: 'refuse',
        limitKg,
        overKg: 1,
        leftKg: 0,
        reasons: [{ code: 'overload' }],
      });
      expect(ids(of(facts)).length).toBeGreaterThan(0);
      expect(layoutsFor(vehicleClass, axles)).toContain(layout);
    },
  );

  test('a rigid four-axle truck never leaves with what a combination of four axles may', () => {
    expect(of({ axles: 4, vehicleClass: 'rigid', layout: '2+2' }, 32_200)).toMatchObject({
      outcome: 'refuse',
      limitKg: 31_000,
      overKg: 1200,
    });
  });

  test('more than six axles are judged as six', () => {
    for (const [driveAxles, limitKg] of [
      [1, 46_000],
      [2, 49_000],
    ] as const) {
      expect(of({ axles: 8, vehicleClass: 'articulated', driveAxles })).toMatchObject({ limitKg });
    }
  });
});

describe('what is not stated takes the stricter value and is listed', () => {
  test.each([
    [{ axles: 4 }, 31_000, ['class', 'layout']],
    [{ axles: 2 }, 18_000, ['class', 'registeredGross']],
    [{ axles: 2, vehicleClass: 'rigid' }, 18_000, ['registeredGross']],
    [{ axles: 3 }, 25_000, ['class', 'layout']],
    [{ axles: 5 }, 42_000, ['class', 'layout']],
    [{ axles: 5, vehicleClass: 'centre-axle' }, 43_000, ['layout']],
    [{ axles: 5, vehicleClass: 'articulated' }, 42_000, ['layout']],
    [{ axles: 4, vehicleClass: 'centre-axle' }, 35_000, ['layout']],
    [{ axles: 4, vehicleClass: 'rigid' }, 31_000, ['layout']],
    [{ axles: 6 }, 46_000, ['class', 'layout', 'driveAxles']],
    [{ axles: 6, vehicleClass: 'articulated', layout: '1+2+3' }, 46_000, ['driveAxles']],
    [{ axles: 6, vehicleClass: 'articulated', layout: '2+1+3' }, 46_000, []],
    [{ axles: 6, vehicleClass: 'articulated', driveAxles: 2 }, 46_000, ['layout']],
    [{ axles: 6, vehicleClass: 'full-trailer', driveAxles: 2 }, 49_000, ['layout']],
    [{ axles: 4, layout: '1+1+2' }, 31_000, ['class']],
    [{ axles: 5, layout: '1+1+3' }, 42_000, ['class']],
  ] as const)('%j: %d kg, missing %j', (facts, limitKg, missing) => {
    expect(of(facts)).toMatchObject({ outcome: 'allow', limitKg, missing });
  });

  test('a layout no row lists takes the stricter of article 3 and the listed ones', () => {
    const decision = of({ axles: 5, vehicleClass: 'articulated', layout: '2+2+1' });
    expect(decision).toMatchObject({ limitKg: 42_000, missing: ['layout'] });
    expect(ids(decision)).toContain('std-note-5');
    expect(of({ axles: 3, vehicleClass: 'full-trailer', layout: '1+1+1' })).toMatchObject({
      limitKg: 27_000,
      missing: ['layout'],
    });
  });

  test('the rule of the stricter value is cited where it made a difference, as no law', () => {
    const clause = of({ axles: 6, vehicleClass: 'articulated', layout: '1+2+3' }).clauses.at(-1);
    expect(clause).toMatchObject({ id: 'station-stricter-value' });
    expect(clause?.source).toContain('非法规');
    expect(ids(of({ axles: 4, vehicleClass: 'rigid' }))).not.toContain('station-stricter-value');
  });
});

describe('tyres, suspension and licence', () => {
  const five = { axles: 5, vehicleClass: 'articulated', layout: '1+2+2' } as const;
  const four = { axles: 4, vehicleClass: 'articulated', layout: '1+1+2', airSuspension: true } as const;

  test.each([
    [{ ...five, singleTyredAxles: 1 }, 40_000, 'std-note-2'],
    [{ ...five, singleTyredAxles: 2 }, 37_000, 'art3-single-tyred'],
    [{ ...five, singleTyredAxles: 2, wideTyres: true }, 43_000, 'std-note-3'],
    [{ axles: 3, vehicleClass: 'rigid', layout: '1+2', airSuspension: true }, 26_000, 'std-note-4'],
    [{ axles: 4, vehicleClass: 'rigid', layout: '2+2', airSuspension: true }, 32_000, 'std-note-4'],
    [{ ...four, trailerAxleSpacingMm: 1800 }, 37_000, 'std-note-4'],
    [{ ...four, trailerAxleSpacingMm: 1800, singleTyredAxles: 1 }, 34_000, 'std-note-4'],
  ] as const)('%j: %d kg by %s', (facts, limitKg, clause) => {
    const decision = of(facts);
    expect(decision.limitKg).toBe(limitKg);
    expect(ids(decision)).toContain(clause);
  });

  test.each([
    ['spacing below 1,800 mm', { ...four, trailerAxleSpacingMm: 1799 }, 36_000],
    ['spacing not stated', four, 36_000],
    ['no air suspension', { ...four, airSuspension: false, trailerAxleSpacingMm: 1800 }, 36_000],
    ['another class', { ...four, vehicleClass: 'centre-axle', trailerAxleSpacingMm: 1800 }, 36_000],
    ['class not stated', { axles: 3, layout: '1+2', airSuspension: true }, 25_000],
    ['two axles', { axles: 2, vehicleClass: 'rigid', airSuspension: true }, 18_000],
    ['five axles', { ...five, airSuspension: true, trailerAxleSpacingMm: 2000 }, 43_000],
    ['wide single tyres', { axles: 3, vehicleClass: 'rigid', airSuspension: true, wideTyres: true }, 25_000],
  ] as const)('nothing is raised with %s', (_what, facts, limitKg) => {
    const decision = of(facts);
    expect(decision.limitKg).toBe(limitKg);
    expect(ids(decision)).not.toContain('std-note-4');
  });

  test('a two-axle truck is held to its licence, and no other vehicle is', () => {
    const two = { axles: 2, vehicleClass: 'rigid', layout: '1+1' } as const;
    const decision = of({ ...two, registeredGrossKg: 16_000 }, 16_001);
    expect(decision).toMatchObject({ outcome: 'refuse', limitKg: 16_000, overKg: 1, missing: [] });
    expect(ids(decision)).toEqual(['std-note-1']);
    expect(of({ ...two, registeredGrossKg: 20_000 }).limitKg).toBe(18_000);
    expect(ids(of({ ...two, registeredGrossKg: 18_000 }))).toEqual([
      'art3-rigid-2',
      'std-rigid-1+1',
      'std-note-1',
    ]);
    expect(of({ axles: 4, vehicleClass: 'rigid', layout: '2+2', registeredGrossKg: 25_000 }).limitKg).toBe(
      31_000,
    );
  });
});

describe('cannot be decided', () => {
  test.each([
    ['axles-unknown', {}, ['axles', 'class', 'layout', 'driveAxles']],
    ['axles-unknown', { vehicleClass: 'articulated', layout: '1+2+3' }, ['axles', 'driveAxles']],
    ['layout-disagrees', { axles: 5, vehicleClass: 'articulated', layout: '1+2+3' }, ['layout']],
    ['no-rule-for-vehicle', { axles: 5, vehicleClass: 'rigid', layout: '1+2+2' }, []],
    ['no-rule-for-vehicle', { axles: 7, vehicleClass: 'rigid', layout: '2+2+3' }, []],
    ['no-rule-for-vehicle', { axles: 2, vehicleClass: 'articulated', layout: '1+1' }, []],
    ['no-rule-for-vehicle', { axles: 1 }, ['class']],
  ] as const)('%s: %j', (code, facts, missing) => {
    expect(of(facts)).toMatchObject({
      outcome: 'cannot-decide',
      limitKg: null,
      overKg: 0,
      leftKg: null,
      clauses: [],
      missing,
      reasons: [{ code }],
    });
  });

  test('a day before the first rules, and the day they begin', () => {
    const facts = { axles: 4, vehicleClass: 'rigid', layout: '2+2' } as const;
    expect(of(facts, 1, '2016-09-20')).toMatchObject({ reasons: [{ code: 'no-rule-set-in-force' }] });
    expect(of(facts, 1, '2016-09-21')).toMatchObject({ outcome: 'allow', ruleSet: 'cn-road-2016' });
    expect(of(facts, 1, '2021-08-10')).toMatchObject({ ruleSet: 'cn-road-2016' });
    expect(of(facts, 1, '2021-08-11')).toMatchObject({ ruleSet: 'cn-road-2021' });
  });

  test('a weight that is no whole number of kilograms never becomes a decision', () => {
    expect(() => of({ axles: 4 }, Number.NaN)).toThrow(RangeError);
    expect(() => of({ axles: 4 }, 30_000.5)).toThrow(RangeError);
  });
});

describe('properties', () => {
  const layouts = [...new Set(latestRuleSet.rows.flatMap(({ layout }) => (layout === null ? [] : [layout])))];
  const anyFacts: fc.Arbitrary<VehicleFacts> = fc.record({
    axles: fc.integer({ min: 1, max: 8 }),
    vehicleClass: fc.constantFrom(...vehicleClasses),
    layout: fc.option(fc.constantFrom(...layouts, '1+1+1+3', '2+2+1', '1+3+2', '1+4')),
    driveAxles: fc.option(fc.constantFrom(1 as const, 2 as const)),
    singleTyredAxles: fc.integer({ min: 0, max: 3 }),
    wideTyres: fc.boolean(),
    airSuspension: fc.boolean(),
    trailerAxleSpacingMm: fc.option(fc.constantFrom(0, 1799, 1800, 2500)),
    registeredGrossKg: fc.option(fc.integer({ min: 3000, max: 20_000 })),
    purpose: fc.constant('ordinary' as const),
    groupSpacingsMm: fc.constant(null),
  });
  const anyGrossKg = fc.integer({ min: 0, max: 120_000 });

  test('more weight never turns a refusal into a permission', () => {
    fc.assert(
      fc.property(anyFacts, anyGrossKg, fc.nat({ max: 50_000 }), (facts, grossKg, moreKg) => {
        if (of(facts, grossKg + moreKg).outcome === 'allow') expect(of(facts, grossKg).outcome).toBe('allow');
      }),
      { numRuns: 1000 },
    );
  });

  // The licence gross apart: the law puts nothing in its place, so the station asks for it instead.
  test('fewer known facts never raise the limit', () => {
    const forget: fc.Arbitrary<Partial<VehicleFacts>> = fc.record(
      {
        vehicleClass: fc.constant(null),
        layout: fc.constant(null),
        driveAxles: fc.constant(null),
        trailerAxleSpacingMm: fc.constant(null),
        airSuspension: fc.constant(false),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyFacts, forget, (facts, forgotten) => {
        const known = of(facts);
        const less = of({ ...facts, ...forgotten });
        if (known.limitKg !== null && less.limitKg !== null)
          expect(less.limitKg).toBeLessThanOrEqual(known.limitKg);
      }),
      { numRuns: 3000 },
    );
  });

  test('the limit itself is legal, one kilogram more is over by one, and both fit the contract', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { limitKg } = of(facts);
        if (limitKg === null) return;
        const at = of(facts, limitKg);
        const above = of(facts, limitKg + 1);
        expect([at.outcome, at.overKg, at.leftKg]).toEqual(['allow', 0, 0]);
        expect([above.outcome, above.overKg, above.leftKg]).toEqual(['refuse', 1, 0]);
        for (const decision of [at, above]) {
          expect(Decision.safeParse(decision).success).toBe(true);
          expect(decision.clauses.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
