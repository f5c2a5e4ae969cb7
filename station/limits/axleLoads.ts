import type { VehicleFacts } from '../vehicles/facts.ts';
import type { AxleLoadRules } from './ruleSet.ts';

export interface AxleSum {
  readonly kg: number;
  /** A group's axle spacing is not stated; the strictest value of its table stood in. */
  readonly spacingMissing: boolean;
}

/** What one group of axles may carry, kg. */
export interface AxleGroup {
  readonly axles: number;
  /** Null for a single axle, or where it is not stated. */
  readonly spacingMm: number | null;
  readonly kg: number;
}

/** The sum of the permitted axle loads, kg (art. 3 note 3). Null without a layout. */
export function permittedAxleSum(facts: VehicleFacts, rules: AxleLoadRules): AxleSum | null {
  const groups = permittedGroups(facts, rules);
  if (groups === null) return null;
  return {
    kg: sumKg(groups),
    spacingMissing: groups.some(
      ({ spacingMm }, at) => at > 0 && spacingMm === null && groups[at]?.axles !== 1,
    ),
  };
}

/**
 * What each group may carry, front to rear (GB 1589-2016 table 3). Null without a layout.
 * The first group steers and has single tyres; the last group of the motor vehicle drives. Where no class says
 * which one that is, the lower sum holds.
 */
export function permittedGroups(facts: VehicleFacts, rules: AxleLoadRules): readonly AxleGroup[] | null {
  if (facts.layout === null) return null;
  const sizes = facts.layout.split('+').map(Number);
  const last = sizes.length - 1;
  if (facts.vehicleClass === 'rigid') return groupsOf(sizes, last, facts, rules);
  const combination = groupsOf(sizes, 1, facts, rules);
  if (facts.vehicleClass !== null) return combination;
  const rigid = groupsOf(sizes, last, facts, rules);
  return sumKg(rigid) < sumKg(combination) ? rigid : combination;
}

function sumKg(groups: readonly AxleGroup[]): number {
  return groups.reduce((sum, { kg }) => sum + kg, 0);
}

function groupsOf(
  sizes: readonly number[],
  driveAt: number,
  facts: VehicleFacts,
  rules: AxleLoadRules,
): readonly AxleGroup[] {
  return sizes.map((axles, at): AxleGroup => {
    const spacingMm = facts.groupSpacingsMm?.[at] ?? null;
    if (at === 0) return { axles, spacingMm, kg: axles * rules.singleTyredKg };
    if (axles === 1) return { axles, spacingMm, kg: singleAxle(facts, at === driveAt, at > driveAt, rules) };
    const airDrive = facts.airSuspension && at === driveAt;
    return { axles, spacingMm, kg: groupLoad(axles, spacingMm, airDrive, at > driveAt, rules) };
  });
}

function singleAxle(facts: VehicleFacts, drives: boolean, trailer: boolean, rules: AxleLoadRules): number {
  if (drives) return rules.driveKg;
  if (trailer && facts.singleTyredAxles > 0 && !facts.wideTyres) return rules.singleTyredKg;
  return rules.dualTyredKg;
}

function groupLoad(
  size: number,
  spacingMm: number | null,
  airDrive: boolean,
  trailer: boolean,
  rules: AxleLoadRules,
): number {
  const steps = (size === 2 ? rules.tandem : rules.tridem).filter((step) => trailer || !step.trailerOnly);
  const fitting =
    spacingMm === null
      ? steps.reduce((low, step) => (step.kg < low.kg ? step : low), steps[0] ?? rules.tandem[0])
      : (steps.findLast((step) => spacingMm >= step.fromMm) ?? steps[0] ?? rules.tandem[0]);
  return airDrive && spacingMm !== null ? (fitting.airDriveKg ?? fitting.kg) : fitting.kg;
}
