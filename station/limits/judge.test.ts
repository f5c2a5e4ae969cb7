import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vehicleClasses } from '../vehicles/facts.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { DecisionCase } from './case.ts';
import { decide } from './decide.ts';
import type { AppliedLimit, ReasonCode } from './decision.ts';
import { Decision, LimitKind, reasonEffects } from './decision.ts';
import { judge } from './judge.ts';
import { PolicySettings, weightOnly } from './policy.ts';
import { sampleCase } from './sampleCase.ts';

const strict = PolicySettings.parse({
  minimumEmission: '6',
  quota: true,
  destinationRequired: true,
  driverRequired: true,
  tareDrift: true,
  curve: ['jump-standing'],
});
const contract = { number: 'HT-1', registered: true, from: null, until: null, ofGoods: false };
const codes = (each: DecisionCase): readonly ReasonCode[] => judge(each).reasons.map(({ code }) => code);
const driversPapers = (expires: string | null) =>
  (['driver-licence', 'driver-qualification'] as const).map((kind) => ({ kind, of: '王', expires }));
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
  contract,
  destination: { name: '阳泉电厂', registered: true },
  driver: { name: '王', registered: false },
  loadConfirmed: true,
};
/** Nobody said what it carries today, and nobody is asked who drives it. */
const lastTimes: Partial<DecisionCase> = {
  policy: { ...strict, destinationRequired: false, driverRequired: false },
  loadConfirmed: false,
};
const gravel = { name: '石子', category: 'gravel' } as const;

it('a truck with everything in order leaves under the strictest policy', () => {
  expect(judge(sampleCase(orderly))).toMatchObject({
    outcome: 'allow',
    // Its tare and its licensed load: a tonne below the law.
    limitKg: 48_000,
    leftKg: 8_000,
    reasons: [],
  });
});

describe('every reason, each alone', () => {
  const table: readonly (readonly [ReasonCode, Partial<DecisionCase>, Partial<VehicleFacts>?])[] = [
    ['overload', { grossKg: 49_001, licenceLoadKg: 40_000 }],
    ['above-other-limit', { grossKg: 46_020, route: { name: '桃河大桥', limitKg: 46_000 } }],
    ['net-above-licence-load', { grossKg: 48_001 }],
    ['no-plate', { plates: { front: null, rear: null, trailer: null } }],
    ['plates-disagree', { plates: { front: '晋C12345', rear: '晋C92345', trailer: null } }],
    ['rear-plate-unclear', { plates: { front: '晋C12345', rear: '晋C12346', trailer: null } }],
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
    ['contract-unknown', { contract: { ...contract, registered: false }, quotaLeftKg: null }],
    ['contract-not-in-force', { contract: { ...contract, until: '2026-03-01' } }],
    ['goods-unconfirmed', { ...lastTimes, emission: '5', goods: gravel }],
    ['destination-unknown', { destination: { name: '桥东电厂', registered: false }, routesKnown: true }],
    ['destination-missing', { destination: null, routesKnown: true }],
    ['driver-unknown', { driversKnown: true }],
    ['driver-missing', { driver: null }],
    ['axles-unknown', {}, { axles: null }],
    ['axle-count-disagrees', { counted: { axles: 5, source: 'camera' } }],
    ['axle-loads-unjudged', { axleLoadsKg: [7_000, 10_000] }],
    ['layout-disagrees', {}, { layout: '1+2+2' }],
    ['no-rule-for-vehicle', {}, { vehicleClass: 'rigid' }],
    ['no-rule-set-in-force', { date: '2001-01-01' }],
    ['licence-gross-unknown', {}, { purpose: 'low-speed' }],
    ['licence-load-unknown', { licenceLoadKg: null }, { purpose: 'low-speed', registeredGrossKg: 49_000 }],
    ['gross-below-tare', { grossKg: 14_980 }],
    ['tare-missing', { tare: null, tareRequired: true }],
    ['tare-drifted', { tareDriftKg: -1_200 }],
    ['curve-suspicious', { curveFlags: [{ code: 'jump-standing', afterMs: 1, kg: 500 }] }],
    ['below-minimum', { obstacles: [{ code: 'below-minimum', detail: '' }] }],
    ['above-maximum', { obstacles: [{ code: 'above-maximum', detail: '' }] }],
    ['not-from-zero', { obstacles: [{ code: 'not-from-zero', detail: '' }] }],
    ['beam-broken', { obstacles: [{ code: 'beam-broken', detail: 'entry' }] }],
    ['beam-unknown', { obstacles: [{ code: 'beam-unknown', detail: 'exit' }] }],
    ['zero-not-seen', { obstacles: [{ code: 'zero-not-seen', detail: '' }] }],
    [
      'indicator-disagrees',
      { obstacles: [{ code: 'indicator-disagrees', detail: 'net: 1 ≠ kg, d = 20 kg' }] },
    ],
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

  describe('what bounds the net', () => {
    const rigid = { axles: 4, vehicleClass: 'rigid', layout: '2+2', driveAxles: 2 } as const;
    const tare = { number: 1, kg: 14_000, valid: true };
    const licensed = (grossKg: number, change: Partial<DecisionCase> = {}) =>
      judge(
        sampleCase(
          { policy: { ...weightOnly, licenceLoad: true }, grossKg, tare, licenceLoadKg: 16_000, ...change },
          rigid,
        ),
      );

    it('the licensed load is a limit on the gross: what must come off, and what may still go on, is by it', () => {
      expect(licensed(31_500)).toMatchObject({ outcome: 'refuse', limitKg: 30_000, overKg: 1_500 });
      expect(licensed(30_900)).toMatchObject({
        outcome: 'refuse',
        overKg: 900,
        leftKg: 0,
        reasons: [{ code: 'net-above-licence-load' }],
        limits: [
          { kind: 'legal', kg: 31_000, holds: false },
          { kind: 'licence-load', kg: 30_000, holds: true },
        ],
      });
      expect(licensed(29_900)).toMatchObject({ outcome: 'allow', leftKg: 100 });
      expect(licensed(30_000)).toMatchObject({ outcome: 'allow', leftKg: 0, overKg: 0 });
    });

    it('without a valid tare nobody knows the net, and no limit is made of it', () => {
      for (const unknown of [null, { ...tare, valid: false }])
        expect(licensed(31_000, { tare: unknown })).toMatchObject({ outcome: 'allow', limitKg: 31_000 });
    });

    it('a quota holds only where the yard goes by it, and not for a whitelisted vehicle', () => {
      const policy = { ...weightOnly, quota: true };
      const bound = { policy, contract, licenceLoadKg: null, quotaLeftKg: 10_000 };
      expect(licensed(25_000, bound)).toMatchObject({
        outcome: 'refuse',
        limitKg: 24_000,
        overKg: 1_000,
        limits: [{ kind: 'legal' }, { kind: 'quota', kg: 24_000, name: 'HT-1', holds: true }],
      });
      expect(licensed(24_000, bound)).toMatchObject({ outcome: 'allow' });
      expect(licensed(25_000, { ...bound, policy: weightOnly }).limits).toHaveLength(1);
      const listed = { list: 'white', reason: '保供', by: '李' } as const;
      expect(licensed(25_000, { ...bound, listed })).toMatchObject({
        outcome: 'allow',
        limitKg: 31_000,
        waived: [{ code: 'quota-used-up' }],
      });
    });

    it('of an overdrawn contract nothing is left: the truck leaves as empty as it came', () => {
      const bound = { policy: { ...weightOnly, quota: true }, licenceLoadKg: null, quotaLeftKg: -500 };
      expect(licensed(14_000, bound)).toMatchObject({ outcome: 'allow', leftKg: 0 });
      expect(licensed(14_001, bound)).toMatchObject({ outcome: 'refuse', overKg: 1 });
    });
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

/** Axles stand from front to rear, and are what they are by where they stand. */
const ordered: ReadonlySet<string> = new Set(['axleLoadsKg', 'groupSpacingsMm']);

/** The same value with the members of its objects and lists in another order. */
function inAnotherOrder(value: unknown, random: () => number, name: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((each) => ({ each, at: random() }))
      .sort((one, other) => one.at - other.at)
      .map(({ each }) => each);
  if (Array.isArray(value)) {
    const list = value.map((each) => inAnotherOrder(each, random, ''));
    return ordered.has(name) ? list : shuffled(list);
  }
  return Object.fromEntries(
    shuffled(Object.entries(value)).map(([key, each]) => [key, inAnotherOrder(each, random, key)]),
  );
}

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
      quotaLeftKg: fc.option(fc.integer({ min: -5_000, max: 60_000 })),
      goods: fc.option(fc.constantFrom(gravel, { name: '原煤', category: 'coal' as const })),
      loadConfirmed: fc.boolean(),
      destination: fc.option(fc.record({ name: fc.constant('桥东电厂'), registered: fc.boolean() })),
      routesKnown: fc.boolean(),
      contract: fc.option(
        fc.record({
          number: fc.constant('HT-1'),
          registered: fc.boolean(),
          from: fc.option(fc.constantFrom('2026-03-02', '2026-03-03')),
          until: fc.option(fc.constantFrom('2026-03-01', '2026-03-02')),
          ofGoods: fc.boolean(),
        }),
      ),
      driver: fc.option(fc.record({ name: fc.constant('王'), registered: fc.boolean() })),
      driversKnown: fc.boolean(),
      plates: fc.record({
        front: fc.option(fc.constant('晋C12345')),
        rear: fc.option(fc.constantFrom('晋C12345', '晋C12346', '晋C92345', '晋C1234挂', 'C123')),
        trailer: fc.option(fc.constant('晋C1234挂')),
      }),
      rearStated: fc.option(fc.constantFrom('晋C12345', '晋C1234挂')),
      curveFlags: fc.array(
        fc.record({
          code: fc.constantFrom('jump-standing' as const, 'drift' as const),
          afterMs: fc.nat({ max: 1_000 }),
          kg: fc.nat({ max: 1_000 }),
        }),
        { maxLength: 3 },
      ),
      obstacles: fc.array(
        fc.record({
          code: fc.constantFrom('clock-backwards' as const, 'above-maximum' as const),
          detail: fc.string(),
        }),
        { maxLength: 2 },
      ),
      policy: fc.constantFrom(
        strict,
        weightOnly,
        PolicySettings.parse({ yardLimitKg: 45_000 }),
        PolicySettings.parse({ yardLimitKg: 45_000, quota: true, credentials: [] }),
      ),
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

  it('every limit that is looked at is legal to the kilogram, whichever of them holds', () => {
    const speaksOf = ({ kind }: AppliedLimit, { reasons }: Decision): boolean =>
      reasons.some(({ code, detail }) =>
        kind === 'legal'
          ? code === 'overload'
          : kind === 'licence-load'
            ? code === 'net-above-licence-load'
            : kind === 'quota'
              ? code === 'quota-used-up'
              : code === 'above-other-limit' && detail.startsWith(kind),
      );
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyCase, (each) => {
        for (const limit of judge(each).limits) {
          seen.add(limit.kind);
          expect(speaksOf(limit, judge({ ...each, grossKg: limit.kg }))).toBe(false);
          const above = judge({ ...each, grossKg: limit.kg + 1 });
          expect(speaksOf(limit, above)).toBe(true);
          expect(above.outcome).not.toBe('allow');
        }
      }),
      { numRuns: 3000 },
    );
    expect([...seen].sort()).toEqual([...LimitKind.options].sort());
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
        registeredGrossKg: fc.constant(null),
      },
      { requiredKeys: [] },
    );
    const axleSum = (each: Decision) => each.limits.some(({ kind }) => kind === 'axle-sum');
    fc.assert(
      fc.property(anyCase, forget, fc.boolean(), (each, forgotten, noLoad) => {
        const known = judge(each);
        // A 专用作业车 has no licence load that could be left blank.
        const forgets = noLoad && each.facts.purpose !== 'special-purpose';
        const licenceLoadKg = forgets ? null : each.licenceLoadKg;
        const less = judge({ ...each, licenceLoadKg, facts: { ...each.facts, ...forgotten } });
        // Without a layout there is no sum of axles, without a licence none of its limits; then nothing is decided.
        const unread = /^licence-(gross|load)-unknown$/;
        const comparable =
          axleSum(known) === axleSum(less) && !less.reasons.some(({ code }) => unread.test(code));
        if (known.limitKg !== null && less.limitKg !== null && comparable) {
          expect(less.limitKg).toBeLessThanOrEqual(known.limitKg);
        }
        if (known.outcome === 'refuse') expect(less.outcome).not.toBe('allow');
      }),
      { numRuns: 5000 },
    );
  });

  it('the order in which facts stand is irrelevant, everywhere in the case', () => {
    const sorted = (reasons: Decision['reasons']): string[] =>
      reasons.map(({ code, detail }) => `${code} ${detail}`).sort();
    fc.assert(
      fc.property(anyCase, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (each, chance) => {
        const random = (): number => Number(chance.next().value);
        const turned = judge(DecisionCase.parse(inAnotherOrder(each, random, '')));
        const plain = judge(each);
        expect({ ...turned, reasons: sorted(turned.reasons), waived: sorted(turned.waived) }).toEqual({
          ...plain,
          reasons: sorted(plain.reasons),
          waived: sorted(plain.waived),
        });
      }),
      { numRuns: 1000 },
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

describe('in a yard bound to clean trucks', () => {
  const policy = { ...weightOnly, minimumEmission: '6' as const, emissionGoods: ['coal' as const] };
  const of = (change: Partial<DecisionCase>) => codes(sampleCase({ policy, emission: '4', ...change }));

  it('goods nobody named count as bound goods; others pass once a person says that they are on it', () => {
    expect(of({})).toEqual(['emission-below']);
    expect(of({ goods: gravel, loadConfirmed: true })).toEqual([]);
    expect(of({ goods: { name: '原煤', category: 'coal' }, loadConfirmed: true })).toEqual([
      'emission-below',
    ]);
    expect(of({ emission: 'D' })).toEqual([]);
  });

  it('last week’s gravel is no way around the gate, whatever is known of the truck', () => {
    expect(of({ goods: gravel })).toEqual(['goods-unconfirmed']);
    expect(of({ goods: gravel, emission: null })).toEqual(['goods-unconfirmed']);
  });

  it('a truck clean enough for coal is asked nothing', () => {
    expect(of({ goods: gravel, emission: '6' })).toEqual([]);
  });

  it('a contract in force that names the goods stands for a person’s word', () => {
    const named = { ...contract, ofGoods: true };
    expect(of({ goods: gravel, contract: named })).toEqual([]);
    expect(of({ goods: gravel, contract: { ...named, until: '2026-03-01' } })).toEqual(['goods-unconfirmed']);
    expect(of({ goods: gravel, contract })).toEqual(['goods-unconfirmed']);
  });
});

describe('the load', () => {
  const policy = PolicySettings.parse({ credentials: [] });
  const of = (change: Partial<DecisionCase>) =>
    codes(sampleCase({ policy, licenceLoadKg: 33_000, ...change }));

  it('to a destination nobody registered asks only where the register knows of limits on roads', () => {
    const destination = { name: '桥东电厂', registered: false };
    expect(of({ destination })).toEqual([]);
    expect(of({ destination, routesKnown: true })).toEqual(['destination-unknown']);
    expect(of({ destination: { ...destination, registered: true }, routesKnown: true })).toEqual([]);
    expect(of({ routesKnown: true })).toEqual([]);
  });

  it('where the yard asks for each one’s destination and driver, last time’s are not this time’s', () => {
    const asks = { ...policy, destinationRequired: true, driverRequired: true };
    const last = {
      policy: asks,
      routesKnown: true,
      destination: { name: '阳泉电厂', registered: true },
      driver: { name: '王', registered: true },
      credentials: driversPapers('2027-01-01'),
    };
    expect(of(last)).toEqual(['destination-missing', 'driver-missing']);
    expect(of({ ...last, loadConfirmed: true })).toEqual([]);
  });

  it('brings its driver’s papers into the decision, once the register knows the driver', () => {
    const driver = { name: '王', registered: true };
    expect(of({ driver, credentials: driversPapers('2027-01-01') })).toEqual([]);
    expect(of({ driver, credentials: driversPapers('2026-03-01') })).toEqual([
      'credential-expired',
      'credential-expired',
    ]);
    expect(of({ driver, credentials: driversPapers(null) })).toEqual([
      'credential-missing',
      'credential-missing',
    ]);
    const off = { ...policy, driverPapers: false };
    expect(of({ driver, credentials: driversPapers('2026-03-01'), policy: off })).toEqual([]);
    // A yard that keeps no drivers writes their names on slips, and that is all.
    expect(of({ driver: { ...driver, registered: false } })).toEqual([]);
  });

  it('under a contract holds on its first and on its last day', () => {
    const quota = { ...policy, quota: true };
    const between = (from: string | null, until: string | null) =>
      of({ policy: quota, contract: { ...contract, from, until } });
    expect(between('2026-03-02', '2026-03-02')).toEqual([]);
    expect(between('2026-03-03', null)).toEqual(['contract-not-in-force']);
    expect(between(null, '2026-03-01')).toEqual(['contract-not-in-force']);
    expect(of({ contract: { ...contract, until: '2020-01-01' } })).toEqual([]);
  });

  it('of a whitelisted truck needs no contract, as it needs no quota', () => {
    const listed = { list: 'white', reason: '保供', by: '李' } as const;
    const each = sampleCase({
      policy: { ...policy, quota: true },
      licenceLoadKg: 33_000,
      listed,
      contract: { ...contract, registered: false },
    });
    expect(judge(each)).toMatchObject({ outcome: 'allow', waived: [{ code: 'contract-unknown' }] });
  });
});

describe('front and rear plate', () => {
  const policy = { ...weightOnly, platesDisagree: true };
  const trailer = '晋C1234挂';
  const of = (rear: string, behind: string | null = null, rearStated: string | null = null) =>
    codes(sampleCase({ policy, rearStated, plates: { front: '晋C12345', rear, trailer: behind } }));

  it.each([
    ['its own plate, of a single truck', '晋C12345', null, []],
    ['the trailer’s, of a combination', trailer, trailer, []],
    ['a trailer nobody stated', trailer, null, ['trailer-disagrees']],
    ['another trailer', '晋C8888挂', trailer, ['trailer-disagrees']],
    ['the tractor’s own plate where a trailer is stated', '晋C12345', trailer, ['trailer-disagrees']],
    ['one letter taken for another that looks like it', '晋C12346', null, ['rear-plate-unclear']],
    ['the trailer’s plate, one letter so', '晋C7234挂', trailer, ['rear-plate-unclear']],
    ['half a plate', 'C12345', null, ['rear-plate-unclear']],
    ['another truck’s plate', '晋C92345', null, ['plates-disagree']],
    ['a third plate behind a trailer', '晋A88888', trailer, ['plates-disagree']],
  ] as const)('behind: %s', (_what, rear, behind, expected) => {
    expect(of(rear, behind)).toEqual(expected);
  });

  it('what a person sees there stands above what the camera read, for and against the truck', () => {
    expect(of('晋C12346', null, '晋C12345')).toEqual([]);
    expect(of('晋C92345', null, '晋C12345')).toEqual([]);
    expect(of('晋C12346', null, '晋C12346')).toEqual(['plates-disagree']);
    expect(of('晋C12345', null, '晋C12346')).toEqual(['plates-disagree']);
  });
});
