import type { WhatIf } from '../contract.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import { vehicleClasses } from '../vehicles/facts.ts';
import { meetsStage } from '../vehicles/credentials.ts';
import { rowsOfAxles } from './candidates.ts';
import type { DecisionCase } from './case.ts';
import { credentialsAsked } from './concerns.ts';
import { decide } from './decide.ts';
import { judge } from './judge.ts';
import { layoutsFor } from './layouts.ts';
import { isSingle, licencesAsked } from './licenceConcerns.ts';
import { licenceGrossCounts } from './missing.ts';
import type { RuleSet } from './ruleSet.ts';
import { axlesOfLayout } from './ruleSet.ts';

/** A licence gross that no table of the law reaches: what the table alone permits. */
const beyondTable = 1_000_000;

interface Asked {
  readonly fact: WhatIf['fact'];
  readonly value: string;
  readonly unstated: boolean;
  readonly changed: Partial<DecisionCase>;
}

/**
 * One fact or paper stated, or stated otherwise, with everything else as it is; only what would change the legal
 * limit, the outcome, or what stands in the way.
 */
export function whatIfs(each: DecisionCase, set: RuleSet, ruleSets: readonly RuleSet[]): WhatIf[] {
  const told = (asked: DecisionCase) => {
    const { facts, grossKg, date } = asked;
    const { outcome, reasons } = judge(asked, ruleSets);
    const codes = reasons.map(({ code, detail }) => `${code} ${detail}`).sort();
    return { outcome, reasons: codes.join(), limitKg: decide({ facts, grossKg, date, ruleSets }).limitKg };
  };
  const now = told(each);
  return [...ofFacts(each, set, ruleSets), ...ofLicenceLoad(each), ...ofPapers(each)].flatMap(
    (asked): WhatIf[] => {
      const { fact, value, unstated, changed } = asked;
      const then = told({ ...each, ...changed });
      const same =
        then.limitKg === now.limitKg && then.outcome === now.outcome && then.reasons === now.reasons;
      return same ? [] : [{ fact, value, unstated, limitKg: then.limitKg, outcome: then.outcome }];
    },
  );
}

function ofFacts(each: DecisionCase, set: RuleSet, ruleSets: readonly RuleSet[]): readonly Asked[] {
  const { facts } = each;
  const asked: Asked[] = [];
  const ask = (
    fact: WhatIf['fact'],
    value: string,
    changed: Partial<VehicleFacts>,
    unstated: boolean,
  ): void => {
    asked.push({ fact, value, unstated, changed: { facts: { ...facts, ...changed } } });
  };
  if (facts.axles === null) {
    for (const axles of countsOffered(facts, set)) ask('axles', String(axles), { axles }, true);
  }
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
  const grossAsked = licencesAsked(each.policy).gross && isSingle(facts);
  if (facts.registeredGrossKg === null && (grossAsked || licenceGrossCounts(facts, set))) {
    const registeredGrossKg = enoughGross(each, ruleSets);
    ask('registeredGross', `≥ ${String(registeredGrossKg)}`, { registeredGrossKg }, true);
  }
  ask('airSuspension', String(!facts.airSuspension), { airSuspension: !facts.airSuspension }, false);
  for (const trailerAxleSpacingMm of spacingsOffered(facts, set)) {
    const unstated = facts.trailerAxleSpacingMm === null;
    ask('trailerAxleSpacing', `≥ ${String(trailerAxleSpacingMm)}`, { trailerAxleSpacingMm }, unstated);
  }
  ask('wideTyres', String(!facts.wideTyres), { wideTyres: !facts.wideTyres }, false);
  const other = facts.singleTyredAxles === 0 ? 1 : 0;
  ask('singleTyredAxles', String(other), { singleTyredAxles: other }, false);
  return asked;
}

/** A licence load nobody stated: from which on it would stand in no way of what is loaded, kg. */
function ofLicenceLoad({ licenceLoadKg, tare, grossKg }: DecisionCase): readonly Asked[] {
  if (licenceLoadKg !== null) return [];
  const enoughKg = tare?.valid === true ? Math.max(1, grossKg - tare.kg) : 1;
  const changed = { licenceLoadKg: enoughKg };
  return [{ fact: 'licenceLoad', value: `≥ ${String(enoughKg)}`, unstated: true, changed }];
}

/** Each paper that is asked for and is not in order, and the emission stage where that is too low or unknown. */
function ofPapers(each: DecisionCase): readonly Asked[] {
  const { credentials, date, emission, policy } = each;
  const papers = credentialsAsked(each).map((kind): Asked => {
    const held = credentials.filter((paper) => paper.kind === kind);
    // One paper of a kind for each unit that has any; a driver, or a vehicle nobody registered, has one as well.
    const inOrder = (held.length === 0 ? [{ kind, of: '' }] : held).map(({ of }) => ({
      kind,
      of,
      expires: date,
    }));
    return {
      fact: kind,
      value: 'valid',
      unstated: held.length === 0 || held.some(({ expires }) => expires === null),
      changed: { credentials: [...credentials.filter((paper) => paper.kind !== kind), ...inOrder] },
    };
  });
  const { minimumEmission } = policy;
  if (minimumEmission === null || (emission !== null && meetsStage(emission, minimumEmission))) return papers;
  const cleaner: Asked = {
    fact: 'emission',
    value: minimumEmission,
    unstated: emission === null,
    changed: { emission: minimumEmission },
  };
  return [...papers, cleaner];
}

/**
 * The lowest licence gross that stands in no way, kg: what the table permits; where the licence is all there is, what
 * the vehicle weighs.
 */
function enoughGross({ facts, grossKg, date }: DecisionCase, ruleSets: readonly RuleSet[]): number {
  const table = decide({
    facts: { ...facts, registeredGrossKg: beyondTable },
    grossKg,
    date,
    ruleSets,
  }).limitKg;
  return table === null || table === beyondTable ? grossKg : table;
}

/** The spacings a higher limit asks for, where the stated one is below them. */
function spacingsOffered({ trailerAxleSpacingMm }: VehicleFacts, set: RuleSet): readonly number[] {
  const spacings = set.raises.flatMap(({ minTrailerAxleSpacingMm: mm }) => (mm === undefined ? [] : [mm]));
  return [...new Set(spacings)].filter((mm) => mm > (trailerAxleSpacingMm ?? 0));
}

function countsOffered({ layout }: VehicleFacts, set: RuleSet): readonly number[] {
  if (layout !== null) return [axlesOfLayout(layout)];
  return [...new Set(set.rows.map(({ axles }) => axles))].sort((left, right) => left - right);
}

function layoutsOffered(facts: VehicleFacts, set: RuleSet): readonly string[] {
  const { axles, vehicleClass } = facts;
  if (axles === null) return [];
  if (vehicleClass !== null) return layoutsFor(vehicleClass, axles, set);
  const layouts = rowsOfAxles(set, axles).flatMap(({ layout }) => (layout === null ? [] : [layout]));
  return [...new Set(layouts)].filter((layout) => axlesOfLayout(layout) === axles);
}
