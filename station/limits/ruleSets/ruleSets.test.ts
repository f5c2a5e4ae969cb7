import { expect, test } from 'vitest';
import { RuleSet } from '../ruleSet.ts';
import { ruleSetSha256 } from '../ruleSetHash.ts';
import { latestRuleSet, ruleSets } from './index.ts';

test.each(ruleSets.map((set) => [set.id, set] as const))('%s fits the schema', (_id, set) => {
  expect(RuleSet.safeParse(set).error).toBeUndefined();
});

/**
 * Every decision names its rules by their hash, for ever. A rule set that was given out is not edited: what is to
 * change goes into a set of the next version, with a line of its own here.
 */
test('a rule set that was given out stays as it is, to the last letter', () => {
  expect(ruleSets.map((set) => [set.id, set.version, ruleSetSha256(set)])).toEqual([
    ['cn-road-2016', 1, '1246044efa95210174cb5ab3e2e5c6df73ee036fc611b77ee6d0701c0d2d76ba'],
    ['cn-road-2021', 1, '2707c01f09ec2efb5f42315269ef920d63dcadfd521f8ac46f05b4ba743289e3'],
  ]);
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
