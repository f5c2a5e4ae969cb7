import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vehicleClasses } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { DecisionCase } from './case.ts';
import { decide } from './decide.ts';
import type { ReasonCode } from './decision.ts';
import { Decision, reasonEffects } from './decision.ts';
import { judge } from './judge.ts';
import { Policy, weightOnly } from './policy.ts';
import { sampleCase } from './sampleCase.ts';

const strict = Policy.parse({
  minimumEmission: '6',
  quota: true,
  tareDrift: true,
  curve: ['jump-standing'],
});
const codes = (each: DecisionCase): readonly ReasonCode[] => judge(each).reasons.map(({ code }) => code);
const papers = (expires: string | null) =>
  (['vehicle-licence', 'transport-permit'] as const).map((kind) => ({ kind, of: '晋C12345', expires }));
/** Everything in order under the strictest policy there is. */
const orderly: Partial<DecisionCase> = {
  policy: strict,
  credentials: papers('2027-01-01'),
  emission: '6',
  goods: { name: '原煤', category: 'coal' },
  tare: { number: 1, kg: 15_000, valid: true },
  licenceLoadKg: 33_000,
  quotaLeftKg: 100_000,
};

it('a truck with everything in order leaves under the strictest policy', () => {
  expect(judge(sampleCase(orderly))).toMatchObject({
    outcome: 'allow',
    limitKg: 49_000,
    leftKg: 9_000,
    reasons: [],
  });
});

describe('every reason, each alone', () => {
  const table: readonly (readonly [ReasonCode, Partial<DecisionCase>, Partial<VehicleFacts>?])[] = [
    ['overload', { grossKg: 49_001, licenceLoadKg: null }],
    ['above-other-limit', { grossKg: 46_020, route: { name: '桃河大桥', limitKg: 46_000 } }],
    ['net-above-licence-load', { grossKg: 48_001 }],
    ['no-plate', { plates: { front: null, rear: null, trailer: null } }],
    ['plates-disagree', { plates: { front: '晋C12345', rear: '晋C12346', trailer: null } }],
    ['trailer-disagrees', { plates: { front: '晋C12345', rear: '晋C1234挂', trailer: '晋C5678挂' } }],
    ['blacklisted', { listed: { list: 'black', reason: '逃磅', by: '李' } }],
    [
      'credential-expired',
      {
        credentials: [
          ...papers('2027-01-01').slice(1),
          { kind: 'vehicle-licence', of: 'x', expires: '2026-03-01' },
        ],
      },
    ],
    ['credential-missing', { credentials: papers('2027-01-01').slice(1) }],
    ['emission-below', { emission: '5' }],
    ['emission-unknown', { emission: null }],
    ['quota-used-up', { quotaLeftKg: 24_999 }],
    ['axles-unknown', {}, { axles: null }],
    ['axle-count-disagrees', { counted: { axles: 5, source: 'camera' } }],
    ['axle-loads-unjudged', { axleLoadsKg: [7_000, 10_000] }],
    ['layout-disagrees', {}, { layout: '1+2+2' }],
    ['no-rule-for-vehicle', {}, { vehicleClass: 'rigid' }],
    ['no-rule-set-in-force', { date: '2001-01-01' }],
    ['licence-gross-unknown', {}, { purpose: 'low-speed' }],
    ['gross-below-tare', { grossKg: 14_980 }],
    ['tare-missing', { tare: null, tareRequired: true }],
    ['tare-drifted', { tareDriftKg: -1_200 }],
    ['curve-suspicious', { curveFlags: [{ code: 'jump-standing', afterMs: 1, kg: 500 }] }],
    ['below-minimum', { obstacles: [{ code: 'below-minimum', detail: '' }] }],
    ['above-maximum', { obstacles: [{ code: 'above-maximum', detail: '' }] }],
    ['not-from-zero', { obstacles: [{ code: 'not-from-zero', detail: '' }] }],
    ['verification-expired', { obstacles: [{ code: 'verification-expired', detail: '' }] }],
    ['settings-invalid', { obstacles: [{ code: 'settings-invalid', detail: '' }] }],
    ['clock-backwards', { obstacles: [{ code: 'clock-backwards', detail: '' }] }],
    ['key-unusable', { obstacles: [{ code: 'key-unusable', detail: '' }] }],
    ['ledger-contradicted', { obstacles: [{ code: 'ledger-contradicted', detail: '' }] }],
  ];
  const rows = table.map(([code, change, facts]) => ({ code, change, facts: facts ?? {} }));
  it.each(rows)('$code keeps the truck, and is the only reason', ({ code, change, facts }) => {
    const decision = judge(sampleCase({ ...orderly, ...change }, facts));
    expect(decision.reasons.map((reason) => reason.code)).toEqual([code]);
    expect(decision.outcome).toBe(reasonEffects[code] === 'refuse' ? 'refuse' : 'cannot-decide');
  });
  it('none is left without a test', () => {
    expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(Object.keys(reasonEffects)));
  });
  it.each(
    rows.filter(
      ({ code }) =>
        reasonEffects[code] !== 'obstacle' &&
        !/^(overload|above|axles|axle-loads|layout|no-rule|licence-gross|gross-below|tare-missing)/.test(
          code,
        ),
    ),
  )('$code is a setting: where the yard does not ask for it, it is no reason', ({ change, facts }) => {
    expect(judge(sampleCase({ ...orderly, ...change, policy: weightOnly }, facts)).outcome).toBe('allow');
  });
});

describe('several limits at once', () => {
  const limits = (change: Partial<DecisionCase>, facts: Partial<VehicleFacts> = {}) =>
    judge(sampleCase({ policy: { ...weightOnly, licenceGross: true }, ...change }, facts)).limits;

  it('the lowest holds; of equal ones, all do', () => {
    const route = { name: '桥', limitKg: 49_000 };
    const policy = { ...weightOnly, yardLimitKg: 48_000 };
    expect(limits({ route, policy }).filter(({ holds }) => holds)).toEqual([
      { kind: 'yard', kg: 48_000, name: null, holds: true },
    ]);
    expect(limits({ route }).filter(({ holds }) => holds)).toHaveLength(2);
  });

  it('a whitelist lifts the yard’s own limit, and no other', () => {
    const listed = { list: 'white', reason: '保供', by: '李' } as const;
    const policy = { ...weightOnly, yardLimitKg: 30_000 };
    const decision = judge(sampleCase({ listed, policy, route: { name: '桥', limitKg: 39_000 } }));
    expect(decision).toMatchObject({ outcome: 'refuse', limitKg: 39_000, overKg: 1_000 });
  });

  it('a low-speed truck and a special-purpose vehicle are held to their licence alone', () => {
    const two = { axles: 2, vehicleClass: 'rigid', layout: '1+1', driveAxles: 1 } as const;
    const low = judge(
      sampleCase({ grossKg: 4_501 }, { ...two, purpose: 'low-speed', registeredGrossKg: 4_500 }),
    );
    expect(low).toMatchObject({ outcome: 'refuse', limitKg: 4_500, clauses: [{ id: 'art3-low-speed' }] });
    const special = { axles: 4, vehicleClass: 'rigid', layout: '2+2', purpose: 'special-purpose' } as const;
    expect(judge(sampleCase({ grossKg: 33_000 }, { ...special, registeredGrossKg: 33_000 }))).toMatchObject({
      outcome: 'allow',
      limitKg: 33_000,
    });
  });

  it('what the whitelist set aside stands in the decision, and so does a yard’s limit it was above', () => {
    const listed = { list: 'white', reason: '保供', by: '李' } as const;
    const policy = { ...weightOnly, yardLimitKg: 30_000 };
    expect(judge(sampleCase({ listed, policy })).waived).toEqual([
      { code: 'above-other-limit', detail: 'yard: 40000 > 30000 kg' },
    ]);
    expect(judge(sampleCase({ listed, policy, grossKg: 30_000 })).waived).toEqual([]);
  });

  it('a truck whose class nobody stated is held to its licence gross as a rigid one is', () => {
    const facts = { axles: 4, layout: '2+2', registeredGrossKg: 25_000 } as const;
    const licence = { kind: 'licence-gross', kg: 25_000, name: null, holds: true };
    expect(limits({}, { ...facts, vehicleClass: 'rigid' })).toContainEqual(licence);
    expect(limits({}, { ...facts, vehicleClass: null })).toContainEqual(licence);
  });

  it('of axles whose driver is not known, each is taken as the weaker one', () => {
    const axleLoadsKg = [4_000, 4_000, 4_000, 4_000];
    const facts = { axles: 4, layout: '1+1+2', groupSpacingsMm: [null, null, 900] } as const;
    const sumOf = (vehicleClass: VehicleFacts['vehicleClass']) =>
      limits({ axleLoadsKg }, { ...facts, vehicleClass }).find(({ kind }) => kind === 'axle-sum')?.kg;
    expect(sumOf('articulated')).toBe(30_000);
    expect(sumOf('rigid')).toBe(28_500);
    expect(sumOf(null)).toBe(28_500);
  });

  it('measured axles bring the sum of what they may carry; an unstated spacing counts as the narrowest', () => {
    const axleLoadsKg = [6_000, 7_000, 7_000, 7_000, 7_000, 6_000];
    const known = { groupSpacingsMm: [null, 1_350, 1_310] };
    const sum = judge(sampleCase({ axleLoadsKg }, known));
    // 7 t steering + 18 t tandem from 1.3 m + 24 t tri-axle above 1.3 m: no lower than the law's 49 t.
    expect(sum.limits.find(({ kind }) => kind === 'axle-sum')).toMatchObject({ kg: 49_000, holds: true });
    const unknown = judge(sampleCase({ axleLoadsKg }));
    expect(unknown.limits.find(({ kind }) => kind === 'axle-sum')).toMatchObject({ kg: 39_500 });
    expect(unknown.missing).toContain('axleSpacing');
    const narrow = judge(sampleCase({ axleLoadsKg }, { groupSpacingsMm: [null, 1_299, 1_300] }));
    expect(narrow.limits.find(({ kind }) => kind === 'axle-sum')).toMatchObject({
      kg: 7_000 + 16_000 + 21_000,
    });
  });
});

describe('properties', () => {
  const anyFacts: fc.Arbitrary<VehicleFacts> = fc.record({
    axles: fc.option(fc.integer({ min: 1, max: 8 })),
    vehicleClass: fc.option(fc.constantFrom(...vehicleClasses)),
    layout: fc.option(fc.constantFrom('1+1', '1+2', '2+2', '1+1+2', '1+2+2', '1+2+3', '2+1+3', '1+1+3')),
    driveAxles: fc.option(fc.constantFrom(1 as const, 2 as const)),
    singleTyredAxles: fc.integer({ min: 0, max: 3 }),
    wideTyres: fc.boolean(),
    airSuspension: fc.boolean(),
    trailerAxleSpacingMm: fc.option(fc.constantFrom(0, 1799, 1800)),
    registeredGrossKg: fc.option(fc.integer({ min: 3000, max: 35_000 })),
    purpose: fc.constantFrom('ordinary' as const, 'low-speed' as const, 'special-purpose' as const),
    groupSpacingsMm: fc.option(
      fc.array(fc.option(fc.constantFrom(900, 1_200, 1_310, 1_350)), { maxLength: 3 }),
    ),
  });
  const anyCase: fc.Arbitrary<DecisionCase> = fc
    .record({
      grossKg: fc.integer({ min: 0, max: 90_000 }),
      facts: anyFacts,
      axleLoadsKg: fc.option(fc.array(fc.integer({ min: 0, max: 15_000 }), { minLength: 1, maxLength: 8 })),
      counted: fc.option(
        fc.record({ axles: fc.integer({ min: 1, max: 8 }), source: fc.constant('camera' as const) }),
      ),
      tare: fc.option(
        fc.record({ number: fc.nat(), kg: fc.integer({ min: 5_000, max: 20_000 }), valid: fc.boolean() }),
      ),
      tareRequired: fc.boolean(),
      credentials: fc.array(
        fc.record({
          kind: fc.constantFrom('vehicle-licence' as const, 'transport-permit' as const),
          of: fc.constantFrom('a', 'b'),
          expires: fc.option(fc.constantFrom('2026-03-01', '2026-03-02', '2030-01-01')),
        }),
        { maxLength: 4 },
      ),
      listed: fc.option(
        fc.record({
          list: fc.constantFrom('black' as const, 'white' as const),
          reason: fc.string(),
          by: fc.string(),
        }),
      ),
      emission: fc.option(fc.constantFrom('5' as const, '6' as const, 'D' as const)),
      licenceLoadKg: fc.option(fc.integer({ min: 1_000, max: 40_000 })),
      route: fc.option(fc.record({ name: fc.string(), limitKg: fc.integer({ min: 5_000, max: 60_000 }) })),
      quotaLeftKg: fc.option(fc.integer({ min: 0, max: 60_000 })),
      policy: fc.constantFrom(strict, weightOnly, Policy.parse({ yardLimitKg: 45_000 })),
    })
    .map((change) => sampleCase(change));

  it('more weight never turns a refusal into a permission', () => {
    fc.assert(
      fc.property(anyCase, fc.nat({ max: 40_000 }), (each, moreKg) => {
        if (judge(each).outcome === 'refuse') {
          expect(judge({ ...each, grossKg: each.grossKg + moreKg }).outcome).not.toBe('allow');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('nothing besides the law ever lifts a limit or turns its refusal', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const legal = decide({ facts: each.facts, grossKg: each.grossKg, date: each.date });
        const whole = judge(each);
        if (legal.limitKg !== null) expect(whole.limitKg).toBeLessThanOrEqual(legal.limitKg);
        if (legal.outcome !== 'allow') expect(whole.outcome).not.toBe('allow');
      }),
      { numRuns: 2000 },
    );
  });

  it('the limit itself is legal by weight, and one kilogram more is not', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const { limitKg } = judge(each);
        if (limitKg === null) return;
        expect(judge({ ...each, grossKg: limitKg })).toMatchObject({ overKg: 0, leftKg: 0 });
        const above = judge({ ...each, grossKg: limitKg + 1 });
        expect(above).toMatchObject({ overKg: 1, leftKg: 0 });
        expect(above.outcome).not.toBe('allow');
      }),
      { numRuns: 2000 },
    );
  });

  it('fewer known facts never raise a limit, and never turn a refusal into a permission', () => {
    const forget: fc.Arbitrary<Partial<VehicleFacts>> = fc.record(
      {
        vehicleClass: fc.constant(null),
        layout: fc.constant(null),
        driveAxles: fc.constant(null),
        trailerAxleSpacingMm: fc.constant(null),
        airSuspension: fc.constant(false),
        groupSpacingsMm: fc.constant(null),
      },
      { requiredKeys: [] },
    );
    const axleSum = (each: Decision) => each.limits.some(({ kind }) => kind === 'axle-sum');
    fc.assert(
      fc.property(anyCase, forget, (each, forgotten) => {
        const known = judge(each);
        const less = judge({ ...each, facts: { ...each.facts, ...forgotten } });
        // Without a layout there is no sum of axles; then nothing is decided.
        const comparable = axleSum(known) === axleSum(less);
        if (known.limitKg !== null && less.limitKg !== null && comparable) {
          expect(less.limitKg).toBeLessThanOrEqual(known.limitKg);
        }
        if (known.outcome === 'refuse') expect(less.outcome).not.toBe('allow');
      }),
      { numRuns: 5000 },
    );
  });

  it('the order of the papers is irrelevant', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const turned = judge({ ...each, credentials: [...each.credentials].reverse() });
        const plain = judge(each);
        expect(turned.outcome).toBe(plain.outcome);
        const sorted = (all: Decision): string[] =>
          all.reasons.map(({ code, detail }) => `${code} ${detail}`).sort();
        expect(sorted(turned)).toEqual(sorted(plain));
      }),
    );
  });

  it('the case as it is stored makes the same decision, and both fit their schemas', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const stored = DecisionCase.parse(JSON.parse(JSON.stringify(each)));
        const decision = judge(each);
        expect(judge(stored)).toEqual(decision);
        expect(Decision.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
      }),
    );
  });

  it('an untrusted station decides nothing, whatever else is known', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const obstacles = [{ code: 'clock-backwards' as const, detail: '' }];
        expect(judge({ ...each, obstacles }).outcome).toBe('cannot-decide');
      }),
    );
  });
});

it('a contract with nothing left is used up, whether or not the net is known', () => {
  const policy = { ...weightOnly, quota: true };
  expect(codes(sampleCase({ policy, quotaLeftKg: 0 }))).toEqual(['quota-used-up']);
  expect(codes(sampleCase({ policy, quotaLeftKg: 1 }))).toEqual([]);
});

it('goods nobody named count as bound goods; named ones that are not bound pass', () => {
  const base = { policy: { ...weightOnly, minimumEmission: '6' as const }, emission: '4' as const };
  expect(codes(sampleCase(base))).toEqual(['emission-below']);
  expect(codes(sampleCase({ ...base, goods: { name: '石子', category: 'gravel' } }))).toEqual([]);
  expect(codes(sampleCase({ ...base, emission: 'D' }))).toEqual([]);
});
