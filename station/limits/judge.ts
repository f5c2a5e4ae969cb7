import { assertNever } from '../assertNever.ts';
import { permittedAxleSum } from './axleLoads.ts';
import type { DecisionCase } from './case.ts';
import { concernsOf } from './concerns.ts';
import { decide, ruleSetOn } from './decide.ts';
import type { AppliedLimit, Decision, LimitKind, Outcome, Reason } from './decision.ts';
import { reasonEffects } from './decision.ts';
import { netLimits } from './netLimits.ts';
import { isSingle } from './licenceConcerns.ts';
import type { RuleSet } from './ruleSet.ts';
import { ruleSets as knownRuleSets } from './ruleSets/index.ts';

/**
 * The whole decision on one vehicle: the law on its weight, every other limit beside it, and what refuses
 * besides weight. Nothing here ever lifts what the law says; the lowest limit holds. Weights kg.
 */
export function judge(each: DecisionCase, ruleSets: readonly RuleSet[] = knownRuleSets): Decision {
  const { date, facts, grossKg } = each;
  const legal = decide({ facts, grossKg, date, ruleSets });
  const set = ruleSetOn(date, ruleSets);
  const axles = axleSum(each, set);
  const others = [...(axles.limit === null ? [] : [axles.limit]), ...otherLimits(each)];
  const all = legal.limitKg === null ? others : [...legal.limits, ...others];
  const lowest = legal.limitKg === null ? null : Math.min(...all.map(({ kg }) => kg));
  const limits = all.map((limit): AppliedLimit => ({ ...limit, holds: limit.kg === lowest }));
  const above = limits.filter((limit) => !namedElsewhere.has(limit.kind) && grossKg > limit.kg);
  const { concerns, waived } = concernsOf(each, legal, set);
  const reasons: readonly Reason[] = [
    ...each.obstacles,
    ...legal.reasons,
    ...above.map(({ kind, kg, name }): Reason => ({
      code: 'above-other-limit',
      detail: `${kind}${name === null ? '' : ` ${name}`}: ${String(grossKg)} > ${String(kg)} kg`,
    })),
    ...axles.reasons,
    ...concerns,
  ];
  const overKg = lowest === null ? 0 : Math.max(0, grossKg - lowest);
  return {
    ...legal,
    outcome: outcomeOf(reasons),
    limitKg: lowest,
    overKg,
    leftKg: lowest === null ? null : Math.max(0, lowest - grossKg),
    limits,
    clauses: [...legal.clauses, ...axles.clauses],
    missing: axles.spacingMissing ? [...legal.missing, 'axleSpacing'] : legal.missing,
    reasons,
    waived,
  };
}

/** Limits that a reason of their own speaks of when they are exceeded. */
const namedElsewhere: ReadonlySet<LimitKind> = new Set<LimitKind>(['legal', 'licence-load', 'quota']);

/** An untrusted station decides nothing; a known wrong refuses; a doubt keeps a truck from leaving. */
export function outcomeOf(reasons: readonly Reason[]): Outcome {
  const effects = reasons.map(({ code }) => reasonEffects[code]);
  let outcome: Outcome = 'allow';
  for (const effect of effects) {
    switch (effect) {
      case 'obstacle':
        return 'cannot-decide';
      case 'refuse':
        outcome = 'refuse';
        break;
      case 'cannot-decide':
        if (outcome === 'allow') outcome = 'cannot-decide';
        break;
      default:
        assertNever(effect);
    }
  }
  return outcome;
}

function otherLimits(each: DecisionCase): readonly AppliedLimit[] {
  const { facts, route, policy, listed } = each;
  const limits: AppliedLimit[] = [];
  const { registeredGrossKg } = facts;
  const { licenceLoad, quota } = netLimits(each);
  if (policy.licenceGross && isSingle(facts) && registeredGrossKg !== null) {
    limits.push({ kind: 'licence-gross', kg: registeredGrossKg, name: null, holds: false });
  }
  if (licenceLoad !== null) limits.push(licenceLoad);
  if (route !== null) limits.push({ kind: 'route', kg: route.limitKg, name: route.name, holds: false });
  if (policy.yardLimitKg !== null && listed?.list !== 'white') {
    limits.push({ kind: 'yard', kg: policy.yardLimitKg, name: null, holds: false });
  }
  if (quota !== null) limits.push(quota);
  return limits;
}

interface AxleSumFound {
  readonly limit: AppliedLimit | null;
  readonly spacingMissing: boolean;
  readonly reasons: readonly Reason[];
  readonly clauses: Decision['clauses'];
}

/** Art. 3 note 3, where the axles were weighed. */
function axleSum({ axleLoadsKg, facts }: DecisionCase, set: RuleSet | null): AxleSumFound {
  const none: AxleSumFound = { limit: null, spacingMissing: false, reasons: [], clauses: [] };
  const rules = set?.axleLoads ?? null;
  if (set === null || rules === null || axleLoadsKg === null) return none;
  const sum = facts.axles === axleLoadsKg.length ? permittedAxleSum(facts, rules) : null;
  if (sum === null) {
    const detail = `${String(axleLoadsKg.length)} / ${facts.layout ?? '?'}`;
    return { ...none, reasons: [{ code: 'axle-loads-unjudged', detail }] };
  }
  return {
    limit: { kind: 'axle-sum', kg: sum.kg, name: null, holds: false },
    spacingMissing: sum.spacingMissing,
    reasons: [],
    clauses: set.clauses.filter(({ id }) => rules.clauses.includes(id)),
  };
}
