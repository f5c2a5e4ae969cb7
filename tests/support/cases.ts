import fc from 'fast-check';
import type { DecisionCase } from '../../station/limits/case.ts';
import type { Reason, ReasonCode } from '../../station/limits/decision.ts';
import { reasonEffects } from '../../station/limits/decision.ts';
import type { Policy } from '../../station/limits/policy.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSets } from '../../station/limits/ruleSets/index.ts';
import { credentialKinds, emissionStages, goodsCategories } from '../../station/vehicles/credentials.ts';
import type { VehicleFacts } from '../../station/vehicles/facts.ts';
import { vehicleClasses, vehiclePurposes } from '../../station/vehicles/facts.ts';
import { curveFlagCodes } from '../../station/weighing/curveFlags.ts';

const kg = fc.integer({ min: -2_000, max: 60_000 });
const name = fc.constantFrom('', '王五', '阳泉—太原', '桥 7', 'A"\\', '𠮷');
const day = fc.constantFrom('2016-09-20', '2025-12-31', '2026-03-02', '2026-03-03', '2030-01-01');
const few = <T>(value: T, other: fc.Arbitrary<T>, weight = 2): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 2 });
const plate = fc.constantFrom(
  ...[
    '晋C12345',
    '晋C1234S',
    '晋C12845',
    '晋C12B45',
    '晋C99999',
    '晋CD1234',
    '晋C1234挂',
    '晋C1Z34挂',
    '晋C9999挂',
  ],
  ...['晋C1', '晋A12345D', '晋C1234学', '京', '123456', '晋C12O45', ''],
);

const layouts = [
  ...['1+1', '1+2', '2+1', '1+1+1', '1+1+2', '1+2+1', '2+2', '1+1+1+1', '1+2+2', '2+1+2', '1+1+3', '1+2+3'],
  ...['2+2+2', '2+1+3', '2+2+1', '1+3+2', '1+4', '1+2+4'],
];
const axlesOf = (layout: string): number => layout.split('+').reduce((sum, each) => sum + Number(each), 0);

/** Most layouts fit their axles, and some do not. */
const facts: fc.Arbitrary<VehicleFacts> = fc
  .record({
    axles: orNull(fc.integer({ min: 1, max: 8 })),
    fitting: few(true, fc.constant(false), 5),
    vehicleClass: orNull(fc.constantFrom(...vehicleClasses)),
    layout: orNull(fc.constantFrom(...layouts)),
    driveAxles: fc.option(fc.constantFrom(1 as const, 2 as const)),
    singleTyredAxles: few(0, fc.integer({ min: 1, max: 7 })),
    wideTyres: few(false, fc.constant(true)),
    airSuspension: fc.boolean(),
    trailerAxleSpacingMm: fc.option(fc.constantFrom(0, 1799, 1800, 2500)),
    registeredGrossKg: orNull(fc.constantFrom(0, 4_500, 17_999, 18_000, 25_000, 31_000, 49_000)),
    purpose: few('ordinary' as const, fc.constantFrom(...vehiclePurposes), 4),
    groupSpacingsMm: orNull(
      fc.array(orNull(fc.constantFrom(900, 1000, 1300, 1301, 1400, 1800)), { maxLength: 6 }),
    ),
  })
  .map(({ fitting, ...stated }) =>
    fitting && stated.layout !== null ? { ...stated, axles: axlesOf(stated.layout) } : stated,
  );

const policy: fc.Arbitrary<Policy> = fc.record({
  noPlate: fc.boolean(),
  platesDisagree: few(true, fc.constant(false)),
  credentials: fc.subarray([...credentialKinds]),
  credentialsMissing: fc.boolean(),
  driverPapers: fc.boolean(),
  driverRequired: few(false, fc.constant(true)),
  blacklist: fc.boolean(),
  axleCount: fc.boolean(),
  licenceLoad: fc.boolean(),
  licenceGross: fc.boolean(),
  licencesMissing: few(false, fc.constant(true)),
  minimumEmission: orNull(fc.constantFrom(...emissionStages)),
  emissionGoods: fc.subarray([...goodsCategories]),
  yardLimitKg: orNull(fc.constantFrom(1_000, 30_000, 49_000)),
  destinationRegistered: fc.boolean(),
  destinationRequired: fc.boolean(),
  quota: fc.boolean(),
  tareDrift: fc.boolean(),
  curve: fc.subarray([...curveFlagCodes]),
});

const obstacle: fc.Arbitrary<Reason> = fc.record({
  code: fc.constantFrom(
    ...(Object.keys(reasonEffects) as ReasonCode[]).filter((code) => reasonEffects[code] === 'obstacle'),
  ),
  detail: name,
});

/** Anything a station may have known when it decided; quiet more often than not, so that every verdict is met. */
export const anyCase: fc.Arbitrary<DecisionCase> = fc.record({
  version: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  date: few('2026-03-02', day, 4),
  grossKg: fc.oneof(
    fc.integer({ min: 0, max: 70_000 }),
    fc.constantFrom(
      17_999,
      18_000,
      18_001,
      25_000,
      27_000,
      31_000,
      31_001,
      36_000,
      43_000,
      46_000,
      49_000,
      49_001,
    ),
  ),
  facts,
  sources: fc.constant({ axles: 'register' as const }),
  axleLoadsKg: few(null, fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 8 })),
  axleLoadsBy: few(null, name),
  counted: few(
    null,
    fc.record({
      axles: fc.integer({ min: 1, max: 8 }),
      source: fc.constantFrom('camera' as const, 'axle-counter' as const),
    }),
  ),
  plates: fc.record({ front: few('晋C12345', orNull(plate)), rear: orNull(plate), trailer: orNull(plate) }),
  rearStated: few(null, plate, 4),
  tare: orNull(fc.record({ number: fc.constant(7), kg, valid: few(true, fc.constant(false)) })),
  tareRequired: few(false, fc.constant(true)),
  tareDriftKg: orNull(kg),
  credentials: fc.array(
    fc.record({
      kind: fc.constantFrom(...credentialKinds),
      of: name,
      expires: few('2030-01-01', orNull(day)),
    }),
    { maxLength: 6 },
  ),
  listed: few(
    null,
    fc.record({ list: fc.constantFrom('black' as const, 'white' as const), reason: name, by: name }),
  ),
  emission: orNull(fc.constantFrom(...emissionStages)),
  licenceLoadKg: orNull(kg),
  goods: orNull(fc.record({ name, category: fc.constantFrom(...goodsCategories) })),
  loadConfirmed: fc.boolean(),
  destination: orNull(fc.record({ name, registered: fc.boolean() })),
  routesKnown: fc.boolean(),
  route: few(null, fc.record({ name, limitKg: kg })),
  contract: few(
    null,
    fc.record({
      number: name,
      registered: few(true, fc.constant(false)),
      from: orNull(day),
      until: orNull(day),
      ofGoods: fc.boolean(),
    }),
  ),
  driver: orNull(fc.record({ name, registered: fc.boolean() })),
  driversKnown: fc.boolean(),
  quotaLeftKg: orNull(kg),
  curveFlags: few(
    [],
    fc.array(fc.record({ code: fc.constantFrom(...curveFlagCodes), afterMs: fc.nat(), kg }), {
      maxLength: 3,
    }),
  ),
  obstacles: few([], fc.array(obstacle, { maxLength: 2 }), 6),
  // A yard without rules of its own lets weight alone decide.
  policy,
});

/** A case in which little speaks against the truck: without these, nearly everything is refused for something. */
export const quietCase: fc.Arbitrary<DecisionCase> = fc
  .tuple(anyCase, fc.subarray(['plates', 'credentials', 'emission', 'contract', 'driver', 'tare'] as const))
  .map(([each, loud]) => ({
    ...each,
    obstacles: [],
    rearStated: null,
    listed: each.listed?.list === 'black' ? null : each.listed,
    facts: { ...each.facts, axles: each.facts.axles ?? 6 },
    plates: loud.includes('plates') ? each.plates : { front: '晋C12345', rear: null, trailer: null },
    tareRequired: false,
    tareDriftKg: null,
    tare: loud.includes('tare') ? each.tare : null,
    destination: null,
    counted: null,
    curveFlags: [],
    quotaLeftKg: loud.includes('contract') ? each.quotaLeftKg : null,
    contract: loud.includes('contract') ? each.contract : null,
    driversKnown: false,
    policy: {
      ...each.policy,
      credentials: loud.includes('credentials') ? each.policy.credentials : [],
      driverPapers: loud.includes('driver'),
      driverRequired: false,
      minimumEmission: loud.includes('emission') ? each.policy.minimumEmission : null,
      destinationRequired: false,
    },
  }));

const [first, latest] = ruleSets as readonly [RuleSet, RuleSet];
/** States of the law that differ in what they know, and one that is not in force yet. */
export const lawsOfSomeKind: readonly RuleSet[] = [
  first,
  latest,
  { ...latest, id: 'without-axles', axleLoads: null, licenceOnly: [], raises: [] },
  { ...latest, id: 'later', version: 3, effectiveFrom: { date: '2026-03-03', confirmed: true } },
  {
    ...latest,
    id: 'few-rows',
    rows: latest.rows.filter(({ axles, layout }) => axles !== 4 || layout !== null).slice(0, -2),
    layoutFromAxles: 5,
    licenceGross: { ...latest.licenceGross, class: 'articulated', axles: 3 },
  },
];
