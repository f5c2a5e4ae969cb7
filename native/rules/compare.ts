import { canonicalJson } from '../../station/ledger/canonical.ts';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import type { Decision } from '../../station/limits/decision.ts';

/** The parts of a decision in which two can differ, and what each is compared by. */
const readers = {
  outcome: ({ outcome }) => outcome,
  limit: ({ limitKg }) => limitKg,
  over: ({ overKg, leftKg }) => [overKg, leftKg],
  limits: ({ limits }) => limits,
  missing: ({ missing }) => missing,
  reasons: ({ reasons }) => reasons,
  reasonCodes: ({ reasons }) => reasons.map(({ code }) => code),
  waived: ({ waived }) => waived,
  clauses: ({ clauses }) => clauses,
  clauseIds: ({ clauses }) => clauses.map(({ id }) => id),
  ruleSet: (each) => [each.ruleSet, each.ruleSetVersion, each.ruleSetSha256, each.date],
} as const satisfies Readonly<Record<string, (each: Decision) => CanonicalValue>>;

export type Part = keyof typeof readers;

/** With the same rules and the case as it was, everything must be the same. */
export const allParts: readonly Part[] = [
  'outcome',
  'limit',
  'over',
  'limits',
  'missing',
  'reasons',
  'waived',
  'clauses',
  'ruleSet',
];

/** Program 0.1 wrote less: what it wrote must be the same. */
export const rebuiltParts: readonly Part[] = [
  'outcome',
  'limit',
  'over',
  'missing',
  'reasonCodes',
  'clauseIds',
];

/** Other rules cite other clauses; what matters is what they would have done. */
export const underOtherRulesParts: readonly Part[] = [
  'outcome',
  'limit',
  'over',
  'limits',
  'missing',
  'reasons',
  'waived',
];

export function changedParts(was: Decision, now: Decision, parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => canonicalJson(readers[part](was)) !== canonicalJson(readers[part](now)));
}
