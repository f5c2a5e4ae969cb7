import type { VehicleFacts } from '../vehicles/facts.ts';
import { candidatesFor } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import type { Decision, ReasonCode } from './decision.ts';
import { licenceGrossCounts, missingFacts } from './missing.ts';
import type { LimitRow, RuleSet } from './ruleSet.ts';
import { axlesOfLayout } from './ruleSet.ts';
import { ruleSetSha256 } from './ruleSetHash.ts';
import { ruleSets as knownRuleSets } from './ruleSets/index.ts';

export interface DecideInput {
  readonly facts: VehicleFacts;
  /** The stable weight as the indicator showed it. */
  readonly grossKg: number;
  /** The day in China, YYYY-MM-DD. */
  readonly date: string;
  readonly ruleSets?: readonly RuleSet[];
}

/** The law's decision on one gross weight: what is not known makes it stricter, never laxer. */
export function decide({ facts, grossKg, date, ruleSets = knownRuleSets }: DecideInput): Decision {
  if (!Number.isSafeInteger(grossKg))
    throw new RangeError(`a weight is whole kilograms, not ${String(grossKg)}`);
  const set = ruleSetOn(date, ruleSets);
  if (set === null) {
    return undecided('no-rule-set-in-force', date, {
      ruleSet: 'none',
      ruleSetVersion: null,
      ruleSetSha256: null,
      date,
      missing: [],
    });
  }
  const candidates = candidatesFor(facts, set);
  const context = {
    ruleSet: set.id,
    ruleSetVersion: set.version,
    ruleSetSha256: ruleSetSha256(set),
    date,
    missing: missingFacts(facts, candidates, set),
  };
  const { axles, layout } = facts;
  if (axles === null) return undecided('axles-unknown', '', context);
  if (layout !== null && axlesOfLayout(layout) !== axles) {
    return undecided('layout-disagrees', `${layout} ≠ ${String(axles)}`, context);
  }
  const licenceOnly = set.licenceOnly.find(({ purpose }) => purpose === facts.purpose);
  if (licenceOnly !== undefined && facts.registeredGrossKg === null) {
    return undecided('licence-gross-unknown', '', context);
  }
  const limit =
    licenceOnly === undefined
      ? limitOf(facts, candidates, set)
      : { kg: facts.registeredGrossKg ?? 0, clauses: licenceOnly.clauses };
  if (limit === null) {
    return undecided('no-rule-for-vehicle', `${facts.vehicleClass ?? '?'} ${String(axles)}`, context);
  }
  // 超过: exactly at the limit is legal.
  const over = grossKg > limit.kg;
  const cited = new Set(limit.clauses);
  return {
    outcome: over ? 'refuse' : 'allow',
    limitKg: limit.kg,
    limits: [{ kind: 'legal', kg: limit.kg, name: null, holds: true }],
    overKg: over ? grossKg - limit.kg : 0,
    leftKg: over ? 0 : limit.kg - grossKg,
    ...context,
    clauses: set.clauses.filter(({ id }) => cited.has(id)),
    reasons: over ? [{ code: 'overload', detail: `${String(grossKg)} > ${String(limit.kg)} kg` }] : [],
    waived: [],
  };
}

/** The rules in force on a day: the latest that had begun, of one day the highest version. */
export function ruleSetOn(date: string, ruleSets: readonly RuleSet[] = knownRuleSets): RuleSet | null {
  return ruleSets
    .filter((set) => set.effectiveFrom.date <= date)
    .reduce<RuleSet | null>((latest, set) => (latest === null || !isLater(latest, set) ? set : latest), null);
}

function isLater(one: RuleSet, other: RuleSet): boolean {
  const [left, right] = [one.effectiveFrom.date, other.effectiveFrom.date];
  return left === right ? one.version > other.version : left > right;
}

interface Limit {
  readonly kg: number;
  readonly clauses: readonly string[];
}

function limitOf(facts: VehicleFacts, candidates: Candidates, set: RuleSet): Limit | null {
  const [first, ...others] = candidates.rows;
  if (first === undefined) return null;
  const strictest = others.reduce((low, row) => (row.limitKg < low.limitKg ? row : low), first);
  const setters = candidates.rows.filter((row) => row.limitKg === strictest.limitKg);
  const clauses = new Set(setters.flatMap((row) => row.clauses));
  const cite = (ids: readonly string[]): void => {
    for (const id of ids) clauses.add(id);
  };
  if (candidates.layoutUnlisted) cite(set.unlistedLayout.clauses);
  if (candidates.rows.some((row: LimitRow) => row.limitKg > strictest.limitKg))
    cite(set.stricterValue.clauses);

  let kg = strictest.limitKg;
  const raise = set.raises.find(
    (each) =>
      facts.vehicleClass === each.class &&
      facts.axles === each.axles &&
      facts.airSuspension &&
      !facts.wideTyres &&
      (each.minTrailerAxleSpacingMm === undefined ||
        (facts.trailerAxleSpacingMm ?? 0) >= each.minTrailerAxleSpacingMm),
  );
  if (raise !== undefined) {
    kg += raise.raiseKg;
    cite(raise.clauses);
  }
  if (facts.singleTyredAxles > 0) {
    cite(facts.wideTyres ? set.singleTyred.wideTyreClauses : set.singleTyred.clauses);
    if (!facts.wideTyres) kg = Math.max(0, kg - facts.singleTyredAxles * set.singleTyred.reductionKgPerAxle);
  }
  const { registeredGrossKg } = facts;
  if (registeredGrossKg !== null && licenceGrossCounts(facts, set) && registeredGrossKg <= kg) {
    // Where it is the lower one, the licence alone sets the limit.
    if (registeredGrossKg < kg) clauses.clear();
    cite(set.licenceGross.clauses);
    kg = registeredGrossKg;
  }
  return { kg, clauses: [...clauses] };
}

function undecided(
  code: ReasonCode,
  detail: string,
  context: Pick<Decision, 'ruleSet' | 'ruleSetVersion' | 'ruleSetSha256' | 'date' | 'missing'>,
): Decision {
  return {
    outcome: 'cannot-decide',
    limitKg: null,
    overKg: 0,
    leftKg: null,
    limits: [],
    ...context,
    clauses: [],
    reasons: [{ code, detail }],
    waived: [],
  };
}
