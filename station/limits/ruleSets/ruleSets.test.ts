import { expect, test } from 'vitest';
import { RuleSet } from '../ruleSet.ts';
import { latestRuleSet, ruleSets } from './index.ts';

test.each(ruleSets.map((set) => [set.id, set] as const))('%s fits the schema', (_id, set) => {
  expect(RuleSet.safeParse(set).error).toBeUndefined();
});

test('the newest comes last and no two begin on the same day', () => {
  const days = ruleSets.map(({ effectiveFrom }) => effectiveFrom.date);
  expect(days).toEqual([...new Set(days)].sort());
  expect(latestRuleSet).toBe(ruleSets.at(-1));
});

test.each([
  ['a clause that is cited and not given', { clauses: latestRuleSet.clauses.slice(1) }],
  ['a row twice', { rows: [...latestRuleSet.rows, ...latestRuleSet.rows.slice(0, 1)] }],
  ['a layout of another axle count', { rows: latestRuleSet.rows.map((row) => ({ ...row, layout: '1+1' })) }],
  [
    'a limit that is not whole kilograms',
    { rows: latestRuleSet.rows.map((row) => ({ ...row, limitKg: 1.5 })) },
  ],
])('a rule set with %s is refused', (_what, damage) => {
  expect(RuleSet.safeParse({ ...latestRuleSet, ...damage }).success).toBe(false);
});

test('no listed layout is permitted more than article 3 permits its class and axles', () => {
  for (const row of latestRuleSet.rows.filter(({ layout }) => layout !== null)) {
    const general = latestRuleSet.rows.filter(
      (each) =>
        each.layout === null &&
        each.axles === row.axles &&
        row.classes.every((vehicleClass) => each.classes.includes(vehicleClass)) &&
        (row.driveAxles === undefined || each.driveAxles === undefined || each.driveAxles === row.driveAxles),
    );
    expect(Math.max(...general.map(({ limitKg }) => limitKg)), row.id).toBeGreaterThanOrEqual(row.limitKg);
  }
});
