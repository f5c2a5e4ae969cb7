import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import * as z from 'zod';
import { weightOnly } from '../../station/limits/policy.ts';
import type { DecisionCase } from '../../station/limits/case.ts';
import { DecisionCase as DecisionCaseSchema } from '../../station/limits/case.ts';
import type { Decision, LimitKind } from '../../station/limits/decision.ts';
import { LimitKind as LimitKinds, reasonEffects } from '../../station/limits/decision.ts';
import { judge } from '../../station/limits/judge.ts';
import { ruleSetOfText, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { anyCase, lawsOfSomeKind, quietCase } from '../support/cases.ts';
import { asked } from '../support/stranger.ts';

const dir = mkdtempSync(join(tmpdir(), 'yuanheng-stranger-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const law = fc.constantFrom(...lawsOfSomeKind);
/** The same in every run. */
const seed = 2026;
const met = fc.sample(fc.tuple(fc.oneof(anyCase, quietCase), law), { seed, numRuns: 3_000 });

function compare(cases: readonly (readonly [DecisionCase, (typeof lawsOfSomeKind)[number]])[]): Decision[] {
  const questions = cases.map(([each, rules]) => ({ case: each, rules: ruleSetText(rules) }));
  const theirs = asked('--judge', questions, join(dir, 'cases.jsonl'));
  const own = cases.map(([each, rules]) => judge(DecisionCaseSchema.parse(each), [rules]));
  expect(theirs).toHaveLength(own.length);
  const unlike = own.findIndex((decision, at) => !isDeepStrictEqual(theirs[at], decision));
  expect({ case: cases[unlike], decision: theirs[unlike] }).toEqual({
    case: cases[unlike],
    decision: own[unlike],
  });
  return own;
}

it('a program that shares nothing with ours decides every case alike: verdict, limits, reasons, clauses', () => {
  const decisions = compare(met);
  const codes = new Set(decisions.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
  expect(Object.keys(reasonEffects).filter((code) => !codes.has(code as never))).toEqual([]);
  const holding = new Set<LimitKind>(
    decisions.flatMap(({ limits }) => limits.filter(({ holds }) => holds).map(({ kind }) => kind)),
  );
  expect(LimitKinds.options.filter((kind) => !holding.has(kind))).toEqual([]);
  for (const outcome of ['allow', 'refuse', 'cannot-decide'])
    expect(decisions.filter((each) => each.outcome === outcome).length).toBeGreaterThan(100);
  expect(decisions.filter(({ waived }) => waived.length > 0).length).toBeGreaterThan(20);
});

it('a record of before, silent on what came later, is decided alike', () => {
  const later = ['version', 'rearStated', 'loadConfirmed', 'destination', 'routesKnown', 'contract'];
  const laterToo = ['axleLoadsBy', 'driver', 'driversKnown', 'curveFlags'];
  const silent = met.slice(0, 300).map(([each, rules]) => {
    const kept = Object.entries(each).filter(([name]) => ![...later, ...laterToo].includes(name));
    const policy = Object.entries(each.policy).filter(([, value]) => value !== true);
    const facts = Object.entries(each.facts).filter(
      ([name]) => !['purpose', 'groupSpacingsMm'].includes(name),
    );
    const before = {
      ...Object.fromEntries(kept),
      policy: Object.fromEntries(policy),
      facts: Object.fromEntries(facts),
    };
    return [before as DecisionCase, rules] as const;
  });
  compare(silent);
});

it('a rule set that is none, and a case that is none, decide nothing', () => {
  const [each, rules] = met[0] ?? [];
  if (each === undefined || rules === undefined) throw new Error('no case');
  const text = ruleSetText(rules);
  const [row] = rules.rows;
  const wrong = [
    text.slice(1),
    '{}',
    ruleSetText({ ...rules, clauses: rules.clauses.slice(1) }),
    ruleSetText({ ...rules, rows: [...rules.rows, ...(row === undefined ? [] : [row])] }),
    ruleSetText({
      ...rules,
      rows: rules.rows.map((one) => (one.layout === null ? one : { ...one, limitKg: 90_000 })),
    }),
    ruleSetText({ ...rules, rows: rules.rows.map((one) => ({ ...one, axles: 5 })) }),
  ];
  const questions = [
    ...wrong.map((given) => ({ case: each, rules: given })),
    { case: { ...each, grossKg: 1.5 }, rules: text },
    { case: { ...each, version: 5 }, rules: text },
    { case: { ...each, policy: { ...each.policy, mercy: true } }, rules: text },
  ];
  expect(wrong.map(ruleSetOfText)).toEqual(wrong.map(() => null));
  expect(asked('--judge', questions, join(dir, 'none.jsonl'))).toEqual(questions.map(() => null));
});

it('the pages for whoever writes a verifier name every reason, limit, policy and later field of a case', () => {
  const docs = resolve(import.meta.dirname, '../../docs');
  const text = ['evidence.md', 'evidence-rules.md']
    .map((name) => readFileSync(join(docs, name), 'utf8'))
    .join('');
  const reasons = Object.entries(reasonEffects).flatMap(([code, effect]) =>
    effect === 'obstacle' ? [] : [code],
  );
  // What has a default came later, and records of before are silent on it.
  const later = Object.keys(DecisionCaseSchema.def.innerType.shape).filter(
    (name) => DecisionCaseSchema.def.innerType.shape[name as 'version'] instanceof z.ZodDefault,
  );
  const policies = Object.keys(weightOnly);
  expect(later).toContain('version');
  const named = [...reasons, ...LimitKinds.options, ...policies, ...later];
  expect(
    named.filter((name) => !text.includes(`\`${name}\``) && !text.includes(`\`policy.${name}\``)),
  ).toEqual([]);
});
