import type { ExplainedRow, Explanation, WhatIf } from '../contract.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { vehicleClasses } from '../vehicles/facts.ts';
import { rowsOfAxles } from './candidates.ts';
import type { DecisionCase } from './case.ts';
import { decide, ruleSetOn } from './decide.ts';
import { judge } from './judge.ts';
import { layoutsFor } from './layouts.ts';
import type { LimitRow, RuleSet } from './ruleSet.ts';
import { axlesOfLayout } from './ruleSet.ts';
import { ruleSets as knownRuleSets } from './ruleSets/index.ts';

type Fails = NonNullable<ExplainedRow['failsBy']>;

/** Why a decision came out as it did: the rows that hold, those that nearly do, and what one fact more would change. */
export function explain(each: DecisionCase, ruleSets: readonly RuleSet[] = knownRuleSets): Explanation {
  const { facts, date, sources } = each;
  const decision = judge(each, ruleSets);
  const set = ruleSetOn(date, ruleSets);
  return {
    ruleSet: decision.ruleSet,
    ruleSetSha256: decision.ruleSetSha256,
    limits: [...decision.limits],
    facts: factList(facts).map(({ name, value }) => ({
      name,
      value,
      source: sources[name] ?? (value === null ? 'stricter' : 'register'),
    })),
    rows: set === null ? [] : explainedRows(facts, set),
    whatIf: set === null ? [] : whatIfs(each, set, ruleSets),
  };
}

function factList(facts: VehicleFacts): readonly { readonly name: string; readonly value: string | null }[] {
  const shown = (value: string | number | boolean | null): string | null =>
    value === null ? null : String(value);
  return [
    { name: 'axles', value: shown(facts.axles) },
    { name: 'class', value: facts.vehicleClass },
    { name: 'layout', value: facts.layout },
    { name: 'driveAxles', value: shown(facts.driveAxles) },
    { name: 'registeredGross', value: shown(facts.registeredGrossKg) },
    { name: 'singleTyredAxles', value: shown(facts.singleTyredAxles) },
    { name: 'wideTyres', value: shown(facts.wideTyres) },
    { name: 'airSuspension', value: shown(facts.airSuspension) },
    { name: 'axleSpacing', value: facts.groupSpacingsMm?.join(', ') ?? null },
  ];
}

/** By which stated facts a row does not hold; an unstated fact speaks against none. */
function failures(row: LimitRow, facts: VehicleFacts): readonly Fails[] {
  const fails: Fails[] = [];
  const { axles, vehicleClass, layout, driveAxles } = facts;
  if (axles !== null && row.axles !== axles && !(row.andMore === true && axles > row.axles))
    fails.push('axles');
  if (vehicleClass !== null && !row.classes.includes(vehicleClass)) fails.push('class');
  if (layout !== null && row.layout !== null && row.layout !== layout) fails.push('layout');
  if (driveAxles !== null && row.driveAxles !== undefined && row.driveAxles !== driveAxles) {
    fails.push('driveAxles');
  }
  return fails;
}

function explainedRows(facts: VehicleFacts, set: RuleSet): ExplainedRow[] {
  const found = set.rows.map((row) => ({ row, fails: failures(row, facts) }));
  const fitting = found.filter(({ fails }) => fails.length === 0).map(({ row }) => row);
  // A row that names the layout stands before the general one of article 3.
  const exact = fitting.filter(({ layout }) => layout !== null && layout === facts.layout);
  const holding = exact.length > 0 ? exact : fitting;
  const lowest = Math.min(...holding.map(({ limitKg }) => limitKg));
  const near = found.filter(
    ({ row, fails }) => fails.length === 1 && (row.layout !== null || facts.layout === null),
  );
  return [
    ...fitting.map((row) => ({
      row,
      how: holding.includes(row) && row.limitKg === lowest ? 'applied' : 'fits',
      fails: null,
    })),
    ...near.map(({ row, fails }) => ({ row, how: 'near', fails: fails[0] ?? null })),
  ].map(({ row, how, fails }) => {
    const clause = set.clauses.find(({ id }) => id === row.clauses.at(-1));
    return {
      id: row.id,
      limitKg: row.limitKg,
      axles: row.axles,
      classes: [...row.classes],
      layout: row.layout,
      driveAxles: row.driveAxles ?? null,
      how: how as ExplainedRow['how'],
      failsBy: fails,
      textZh: clause?.textZh ?? '',
      textEn: clause?.textEn ?? '',
    };
  });
}

/** One fact stated, or stated otherwise; only what would change the legal limit. */
function whatIfs(
  { facts, date, grossKg }: DecisionCase,
  set: RuleSet,
  ruleSets: readonly RuleSet[],
): WhatIf[] {
  const limitOf = (changed: VehicleFacts): number | null =>
    decide({ facts: changed, grossKg, date, ruleSets }).limitKg;
  const now = limitOf(facts);
  const found: WhatIf[] = [];
  const ask = (
    fact: WhatIf['fact'],
    value: string,
    changed: Partial<VehicleFacts>,
    unstated: boolean,
  ): void => {
    const limitKg = limitOf({ ...facts, ...changed });
    if (limitKg !== now) found.push({ fact, value, limitKg, unstated });
  };
  for (const vehicleClass of vehicleClasses) {
    if (vehicleClass !== facts.vehicleClass) {
      ask('class', vehicleClass, { vehicleClass }, facts.vehicleClass === null);
    }
  }
  for (const layout of layoutsOffered(facts, set)) {
    if (layout !== facts.layout) ask('layout', layout, { layout }, facts.layout === null);
  }
  for (const driveAxles of [1, 2] as const) {
    if (driveAxles !== facts.driveAxles) {
      ask('driveAxles', String(driveAxles), { driveAxles }, facts.driveAxles === null);
    }
  }
  ask('airSuspension', String(!facts.airSuspension), { airSuspension: !facts.airSuspension }, false);
  ask('wideTyres', String(!facts.wideTyres), { wideTyres: !facts.wideTyres }, false);
  const other = facts.singleTyredAxles === 0 ? 1 : 0;
  ask('singleTyredAxles', String(other), { singleTyredAxles: other }, false);
  return found;
}

function layoutsOffered(facts: VehicleFacts, set: RuleSet): readonly string[] {
  const { axles, vehicleClass } = facts;
  if (axles === null) return [];
  if (vehicleClass !== null) return layoutsFor(vehicleClass, axles, set);
  const layouts = rowsOfAxles(set, axles).flatMap(({ layout }) => (layout === null ? [] : [layout]));
  return [...new Set(layouts)].filter((layout) => axlesOfLayout(layout) === axles);
}
