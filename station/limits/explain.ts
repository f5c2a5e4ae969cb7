import type { ExplainedRow, Explanation } from '../contract.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { spacingsText } from '../vehicles/groupSpacings.ts';
import { candidatesFor } from './candidates.ts';
import type { DecisionCase } from './case.ts';
import { decide, ruleSetOn } from './decide.ts';
import { groupLoads, inputsOf } from './inputs.ts';
import { judge } from './judge.ts';
import type { LimitRow, RuleSet } from './ruleSet.ts';
import { ruleSets as knownRuleSets } from './ruleSets/index.ts';
import { whatIfs } from './whatIf.ts';

type Fails = NonNullable<ExplainedRow['failsBy']>;

/** Why a decision came out as it did: the rows that hold, those that nearly do, and what one fact more would change. */
export function explain(each: DecisionCase, ruleSets: readonly RuleSet[] = knownRuleSets): Explanation {
  const { facts, date, sources, axleLoadsKg } = each;
  const decision = judge(each, ruleSets);
  const set = ruleSetOn(date, ruleSets);
  const decided = decide({ facts, grossKg: each.grossKg, date, ruleSets }).limitKg !== null;
  // Before version 4: whoever stated one of a vehicle's facts stated them all, also those that are never unstated.
  const { axleLoads: measuredBy, ...ofFacts } = sources;
  const stated = Object.values(ofFacts).find((source) => source !== 'stricter');
  return {
    ruleSet: decision.ruleSet,
    ruleSetSha256: decision.ruleSetSha256,
    limits: [...decision.limits],
    facts: [
      ...factList(facts).map(({ name, value }) => ({
        name,
        value,
        source: sources[name] ?? (value === null ? 'stricter' : (stated ?? 'stricter')),
      })),
      ...(axleLoadsKg === null
        ? []
        : [{ name: 'axleLoads', value: axleLoadsKg.join(' '), source: measuredBy ?? 'stricter' }]),
    ],
    inputs: [...inputsOf(each)],
    axleGroups: groupLoads(each, set),
    rows: set === null ? [] : explainedRows(facts, set, decided),
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
    { name: 'trailerAxleSpacing', value: shown(facts.trailerAxleSpacingMm) },
    { name: 'axleSpacing', value: spacingsText(facts.groupSpacingsMm) },
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

/**
 * The rows beside what is stated. `applied` are those the decision took its limit from, which may be of another layout:
 * where the stated one is listed nowhere, the strictest listed one stands in.
 */
function explainedRows(facts: VehicleFacts, set: RuleSet, decided: boolean): ExplainedRow[] {
  // Held to its licence alone: the table says nothing of it.
  if (set.licenceOnly.some(({ purpose }) => purpose === facts.purpose)) return [];
  const candidates = decided ? candidatesFor(facts, set).rows : [];
  const lowest = Math.min(...candidates.map(({ limitKg }) => limitKg));
  const applied = candidates.filter(({ limitKg }) => limitKg === lowest);
  const others = set.rows
    .filter((row) => !applied.includes(row))
    .map((row) => ({ row, fails: failures(row, facts) }));
  const fitting = others.filter(({ fails }) => fails.length === 0);
  const near = others.filter(
    ({ row, fails }) => fails.length === 1 && (row.layout !== null || facts.layout === null),
  );
  return [
    ...applied.map((row) => explained(row, set, 'applied', null)),
    ...fitting.map(({ row }) => explained(row, set, 'fits', null)),
    ...near.map(({ row, fails }) => explained(row, set, 'near', fails[0] ?? null)),
  ];
}

function explained(
  row: LimitRow,
  set: RuleSet,
  how: ExplainedRow['how'],
  failsBy: ExplainedRow['failsBy'],
): ExplainedRow {
  const clause = set.clauses.find(({ id }) => id === row.clauses.at(-1));
  return {
    id: row.id,
    limitKg: row.limitKg,
    axles: row.axles,
    classes: [...row.classes],
    layout: row.layout,
    driveAxles: row.driveAxles ?? null,
    how,
    failsBy,
    textZh: clause?.textZh ?? '',
    textEn: clause?.textEn ?? '',
  };
}
