import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownFacts, vehicleClasses } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { sampleCase } from './sampleCase.ts';

const of = (facts: Partial<VehicleFacts>) => explain(sampleCase({}, { ...unknownFacts, ...facts }));

describe('why a decision came out as it did', () => {
  it('names the row that set the limit, and the one a single fact away', () => {
    const told = of({ axles: 6, vehicleClass: 'articulated', layout: '1+2+3', driveAxles: 1 });
    expect(told.rows.filter(({ how }) => how === 'applied')).toMatchObject([
      { id: 'std-articulated-1+2+3-single-drive', limitKg: 46_000 },
    ]);
    expect(told.rows.find(({ id }) => id === 'std-articulated-1+2+3-double-drive')).toMatchObject({
      how: 'near',
      failsBy: 'driveAxles',
      limitKg: 49_000,
    });
  });

  it('says what one unstated fact would change', () => {
    const told = of({ axles: 6, vehicleClass: 'articulated', layout: '1+2+3' });
    expect(told.whatIf).toContainEqual({ fact: 'driveAxles', value: '2', limitKg: 49_000, unstated: true });
    expect(told.facts.find(({ name }) => name === 'driveAxles')).toMatchObject({
      value: null,
      source: 'stricter',
    });
  });

  it('a rigid four-axle truck is told that no trailer stands behind its 31 t', () => {
    const told = of({ axles: 4, vehicleClass: 'rigid', layout: '2+2' });
    expect(told.whatIf.find(({ fact, value }) => fact === 'airSuspension' && value === 'true')).toMatchObject(
      {
        limitKg: 32_000,
      },
    );
    expect(told.rows.every(({ how, limitKg }) => how !== 'applied' || limitKg === 31_000)).toBe(true);
  });

  it('before any rules there is nothing to explain', () => {
    expect(explain(sampleCase({ date: '2001-01-01' }))).toMatchObject({
      rows: [],
      whatIf: [],
      ruleSet: 'none',
    });
  });
});

describe('the applied row is the one that decided', () => {
  const applied = (facts: Partial<VehicleFacts>) =>
    of(facts)
      .rows.filter(({ how }) => how === 'applied')
      .map(({ limitKg }) => limitKg);

  it('of every class the vehicle may have, where none is stated', () => {
    expect(new Set(applied({ axles: 4, layout: '1+1+2' }))).toEqual(new Set([31_000]));
  });

  it('of every listed layout, where the stated one is listed nowhere', () => {
    expect(applied({ axles: 5, vehicleClass: 'articulated', layout: '2+2+1' })).toEqual([42_000]);
  });

  it.each([
    ['no axle count', { layout: '1+2+3' }],
    ['a layout of another axle count', { axles: 5, layout: '1+2+3' }],
    ['a licence gross in place of the table', { axles: 2, purpose: 'low-speed', registeredGrossKg: 4_500 }],
  ] as const)('none is with %s', (_what, facts) => {
    expect(applied(facts)).toEqual([]);
  });

  it('a count nobody stated is one more thing to state', () => {
    const told = of({ vehicleClass: 'rigid' });
    expect(told.whatIf).toContainEqual({ fact: 'axles', value: '4', limitKg: 31_000, unstated: true });
    expect(of({ vehicleClass: 'rigid', axles: 4 }).whatIf.some(({ fact }) => fact === 'axles')).toBe(false);
  });
});

const anyFacts: fc.Arbitrary<VehicleFacts> = fc.record({
  axles: fc.option(fc.integer({ min: 2, max: 8 }), { freq: 8 }),
  vehicleClass: fc.option(fc.constantFrom(...vehicleClasses)),
  layout: fc.option(
    fc.constantFrom('1+1', '1+2', '2+2', '1+1+2', '1+2+1', '1+2+2', '1+2+3', '2+1+3', '2+2+1', '1+2+4'),
  ),
  driveAxles: fc.option(fc.constantFrom(1 as const, 2 as const)),
  singleTyredAxles: fc.integer({ min: 0, max: 2 }),
  wideTyres: fc.boolean(),
  airSuspension: fc.boolean(),
  trailerAxleSpacingMm: fc.constant(null),
  registeredGrossKg: fc.constant(null),
  purpose: fc.constant('ordinary' as const),
  groupSpacingsMm: fc.constant(null),
});

describe('properties', () => {
  it('stating what is asked really gives the limit that was told', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { fact, value, limitKg } of explain(sampleCase({}, facts)).whatIf) {
          const changed: VehicleFacts =
            fact === 'class'
              ? { ...facts, vehicleClass: vehicleClasses.find((each) => each === value) ?? null }
              : fact === 'layout'
                ? { ...facts, layout: value }
                : fact === 'driveAxles'
                  ? { ...facts, driveAxles: value === '1' ? 1 : 2 }
                  : fact === 'singleTyredAxles'
                    ? { ...facts, singleTyredAxles: Number(value) }
                    : fact === 'axles'
                      ? { ...facts, axles: Number(value) }
                      : fact === 'airSuspension'
                        ? { ...facts, airSuspension: value === 'true' }
                        : { ...facts, wideTyres: value === 'true' };
          expect(decide({ facts: changed, grossKg: 40_000, date: '2026-03-02' }).limitKg).toBe(limitKg);
        }
      }),
    );
  });

  it('where nothing raises or lowers it, every applied row is the limit; without a limit none is applied', () => {
    fc.assert(
      fc.property(anyFacts, (raw) => {
        const facts = { ...raw, singleTyredAxles: 0, airSuspension: false };
        const { limitKg } = decide({ facts, grossKg: 40_000, date: '2026-03-02' });
        const rows = explain(sampleCase({}, facts)).rows;
        const applied = rows.filter(({ how }) => how === 'applied').map((row) => row.limitKg);
        expect(new Set(applied)).toEqual(new Set(limitKg === null ? [] : [limitKg]));
        for (const row of rows) {
          expect(row.failsBy === null).toBe(row.how !== 'near');
          if (row.how === 'fits' && limitKg !== null) expect(row.limitKg).toBeGreaterThanOrEqual(limitKg);
        }
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('every row that is near would hold if only that one fact were not stated', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { id, how, failsBy } of explain(sampleCase({}, facts)).rows) {
          if (how !== 'near') continue;
          const forgotten: VehicleFacts = {
            ...facts,
            ...(failsBy === 'axles' && { axles: null }),
            ...(failsBy === 'class' && { vehicleClass: null }),
            ...(failsBy === 'layout' && { layout: null }),
            ...(failsBy === 'driveAxles' && { driveAxles: null }),
          };
          const without = explain(sampleCase({}, forgotten)).rows.find((row) => row.id === id);
          expect(without?.how).not.toBe('near');
          expect(without).toBeDefined();
        }
      }),
      { numRuns: 1000 },
    );
  });
});
