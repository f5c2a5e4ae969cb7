import fc from 'fast-check';
import { LimitKind, Outcome, ReasonCode, type Decision } from '../limits/decision.ts';
import { vehicleClasses } from '../vehicles/facts.ts';
import { plateColours } from '../vehicles/plateColour.ts';
import type { SlipRecord } from './slipRecord.ts';
import { allowDecision, allowedRecord } from './testRecord.ts';

const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><image href="http://example.invalid/">',
  '中'.repeat(200),
  'W'.repeat(300),
  'a b '.repeat(100),
  '\u202e晋C\u0000\n\t12345',
  '',
);
const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 512 }), hostile);
const kg = fc.oneof(
  fc.constantFrom(0, 18_000, 31_000, 46_001, 49_000, 49_020, 120_000),
  fc.integer({ min: -500, max: 200_000 }),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

export const anyDecision: fc.Arbitrary<Decision> = fc.record({
  outcome: fc.constantFrom(...Outcome.options),
  limitKg: maybe(kg),
  overKg: fc.nat(100_000),
  leftKg: maybe(kg),
  limits: fc.array(
    fc.record({
      kind: fc.constantFrom(...LimitKind.options),
      kg,
      name: maybe(name),
      holds: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  ruleSet: name,
  ruleSetVersion: fc.constant(1),
  ruleSetSha256: fc.constant(null),
  date: fc.constant('2025-11-23'),
  clauses: fc.array(fc.record({ id: name, source: name, textZh: name, textEn: name }), { maxLength: 5 }),
  missing: fc.constant([]),
  reasons: fc.array(fc.record({ code: fc.constantFrom(...ReasonCode.options), detail: name }), {
    maxLength: 4,
  }),
  waived: fc.constant([]),
});

/** As long as one can get. */
const anyCodeText = fc
  .integer({ min: 1, max: 280 })
  .map((length) => `YHS1:${'%E6'.repeat(Math.floor(length / 3))}:${'A'.repeat(103)}`);

export const anyRecord: fc.Arbitrary<SlipRecord> = fc.record({
  number: fc.integer({ min: 1, max: 2_000_000_000 }),
  displayNumber: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }),
  drill: fc.boolean(),
  code: fc.option(anyCodeText, { nil: null }),
  validHours: fc.integer({ min: 1, max: 168 }),
  stationId: name,
  stationName: name,
  lane: name,
  timeMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  plate: name,
  colour: fc.constantFrom(...plateColours),
  trailerPlate: maybe(name),
  axles: maybe(fc.integer({ min: 1, max: 20 })),
  vehicleClass: maybe(fc.constantFrom(...vehicleClasses)),
  layout: maybe(fc.constantFrom('1+1', '1+2+3', '1+2+3+4+4+4')),
  grossKg: kg,
  tareKg: maybe(kg),
  tareNumber: maybe(fc.nat()),
  netKg: maybe(kg),
  decision: anyDecision,
  operator: maybe(name),
  goods: maybe(name),
  consignee: maybe(name),
  destination: maybe(name),
  driver: maybe(name),
  loader: maybe(name),
  attempt: maybe(
    fc.record({ try: fc.integer({ min: 2, max: 99 }), previousNumber: fc.nat(), previousOverKg: kg }),
  ),
  previousDisplayNumber: maybe(name),
  release: fc.constant(null),
  hash: fc.constant(allowedRecord.hash),
  sequence: fc.integer({ min: 1, max: 2_000_000_000 }),
  copy: fc.integer({ min: 1, max: 500 }),
});

/** Any record whose stored decision says allow and whose numbers agree with it. */
export const anyAllowed: fc.Arbitrary<SlipRecord> = fc
  .tuple(anyRecord, fc.integer({ min: 1, max: 49_000 }), fc.integer({ min: 0, max: 49_000 }))
  .map(([record, grossKg, leftKg]) => ({
    ...record,
    grossKg,
    decision: { ...allowDecision, clauses: record.decision.clauses, limitKg: grossKg + leftKg, leftKg },
  }));

export const anyRefused: fc.Arbitrary<SlipRecord> = anyRecord.map((record) => ({
  ...record,
  decision: { ...record.decision, outcome: 'refuse' },
}));
