import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownFacts, vehicleClasses } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { decide } from './decide.ts';
import type { DecisionCase } from './case.ts';
import { explain } from './explain.ts';
import { judge } from './judge.ts';
import { Policy } from './policy.ts';
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
    expect(told.whatIf).toContainEqual({
      fact: 'driveAxles',
      value: '2',
      limitKg: 49_000,
      outcome: 'allow',
      unstated: true,
    });
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

  it('an articulated truck of four axles on air is told of the axle spacing that gives it 37 t', () => {
    const facts = { axles: 4, vehicleClass: 'articulated', layout: '1+1+2', driveAxles: 1 } as const;
    const air = explain(sampleCase({ grossKg: 36_500 }, { ...facts, airSuspension: true }));
    const asked = { fact: 'trailerAxleSpacing', value: '≥ 1800', limitKg: 37_000, outcome: 'allow' } as const;
    expect(air.whatIf).toContainEqual({ ...asked, unstated: true });
    const narrow = { ...facts, airSuspension: true, trailerAxleSpacingMm: 1_700 };
    expect(explain(sampleCase({ grossKg: 36_500 }, narrow)).whatIf).toContainEqual({
      ...asked,
      unstated: false,
    });
    expect(air.facts).toContainEqual({ name: 'trailerAxleSpacing', value: null, source: 'stricter' });
  });

  it('a truck that is undecided for its licence gross alone is told how much of it would do', () => {
    const two = { axles: 2, vehicleClass: 'rigid', layout: '1+1', driveAxles: 1 } as const;
    const of17 = explain(sampleCase({ grossKg: 17_000 }, two)).whatIf;
    expect(of17.find(({ fact }) => fact === 'registeredGross')).toEqual({
      fact: 'registeredGross',
      value: '≥ 18000',
      limitKg: 18_000,
      outcome: 'allow',
      unstated: true,
    });
    const special = { axles: 4, purpose: 'special-purpose' } as const;
    const of33 = explain(sampleCase({ grossKg: 33_000 }, { ...unknownFacts, ...special })).whatIf;
    expect(of33.find(({ fact }) => fact === 'registeredGross')).toMatchObject({
      value: '≥ 33000',
      limitKg: 33_000,
      outcome: 'allow',
    });
  });

  it('names the paper that is missing or over, and the emission stage, and what would come of them', () => {
    const policy = Policy.parse({ minimumEmission: '6' });
    const licence = { kind: 'vehicle-licence', of: '晋C12345', expires: '2026-03-01' } as const;
    const each = sampleCase({ policy, credentials: [licence], emission: '5' });
    const papers = (whole: DecisionCase) =>
      explain(whole)
        .whatIf.filter(({ limitKg, fact }) => limitKg === 49_000 && fact !== 'layout')
        .map(({ fact, value, outcome, unstated }) => [fact, value, outcome, unstated]);
    expect(papers(each)).toEqual([
      ['vehicle-licence', 'valid', 'refuse', false],
      ['transport-permit', 'valid', 'refuse', true],
      ['emission', '6', 'refuse', false],
    ]);
    const valid = { ...licence, expires: '2027-01-01' };
    expect(papers({ ...each, credentials: [valid], emission: null, goods: null })).toEqual([
      ['transport-permit', 'valid', 'cannot-decide', true],
      ['emission', '6', 'cannot-decide', true],
    ]);
    expect(papers({ ...each, credentials: [valid], emission: 'D' })).toEqual([
      ['transport-permit', 'valid', 'allow', true],
    ]);
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
    expect(told.whatIf).toContainEqual({
      fact: 'axles',
      value: '4',
      limitKg: 31_000,
      outcome: 'refuse',
      unstated: true,
    });
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
        for (const { fact, value, limitKg, outcome } of explain(sampleCase({}, facts)).whatIf) {
          const number = Number(value.replace('≥ ', ''));
          const changes: Readonly<Partial<Record<typeof fact, Partial<VehicleFacts>>>> = {
            class: { vehicleClass: vehicleClasses.find((each) => each === value) ?? null },
            layout: { layout: value },
            driveAxles: { driveAxles: number === 1 ? 1 : 2 },
            singleTyredAxles: { singleTyredAxles: number },
            axles: { axles: number },
            airSuspension: { airSuspension: value === 'true' },
            wideTyres: { wideTyres: value === 'true' },
            registeredGross: { registeredGrossKg: number },
            trailerAxleSpacing: { trailerAxleSpacingMm: number },
          };
          const changed: VehicleFacts = { ...facts, ...changes[fact] };
          expect(changes[fact]).toBeDefined();
          expect(judge(sampleCase({}, changed)).outcome).toBe(outcome);
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

describe('what it rests on besides the vehicle’s facts', () => {
  const credentials = [{ kind: 'vehicle-licence' as const, of: '晋C1234挂', expires: '2027-01-01' }];
  const rests = {
    credentials,
    licenceLoadKg: 33_000,
    plates: { front: '晋C12345', rear: null, trailer: '晋C1234挂' },
    sources: { plate: 'camera', trailer: 'last-visit', 'vehicle-licence 晋C1234挂': 'operator' },
  } as const;

  it('is told with where each of it came from', () => {
    const { inputs } = explain(sampleCase(rests));
    expect(inputs).toContainEqual({ name: 'trailer', value: '晋C1234挂', source: 'last-visit' });
    expect(inputs).toContainEqual({
      ...{ name: 'vehicle-licence 晋C1234挂', value: '2027-01-01', source: 'operator' },
    });
    expect(inputs.map(({ name }) => name)).not.toContain('goods');
  });

  it('of a record that did not keep it, without', () => {
    const { inputs } = explain(sampleCase({ ...rests, version: 3, sources: { axles: 'register' } }));
    expect(inputs.find(({ name }) => name === 'licenceLoad')).toEqual({
      ...{ name: 'licenceLoad', value: '33000 kg', source: null },
    });
  });
});

it('each measured axle group stands beside what it may carry, and the sum of them alone decides', () => {
  const axleLoadsKg = [6_000, 9_500, 9_000, 5_000, 5_000, 5_000];
  const each = sampleCase(
    { grossKg: 39_500, axleLoadsKg, policy: Policy.parse({ credentials: [] }) },
    { groupSpacingsMm: [null, 1350, 1310] },
  );
  expect(explain(each).axleGroups).toEqual([
    { axles: 1, spacingMm: null, measuredKg: 6_000, limitKg: 7_000 },
    { axles: 2, spacingMm: 1350, measuredKg: 18_500, limitKg: 18_000 },
    { axles: 3, spacingMm: 1310, measuredKg: 15_000, limitKg: 24_000 },
  ]);
  expect(judge(each).outcome).toBe('allow');
  expect(explain({ ...each, axleLoadsKg: null }).axleGroups).toEqual([]);
});
