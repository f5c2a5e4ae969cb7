import type { VehicleFacts } from '../vehicles/facts.ts';
import type { AxleLoadRules } from './ruleSet.ts';

export interface AxleSum {
  readonly kg: number;
  /** A group's axle spacing is not stated; the strictest value of its table stood in. */
  readonly spacingMissing: boolean;
}

/**
 * The sum of the permitted axle loads, kg (art. 3 note 3 with GB 1589-2016 table 3). Null without a layout.
 * The first group steers and has single tyres; the last group of the motor vehicle drives. Where no class says
 * which one that is, the lower sum holds.
 */
export function permittedAxleSum(facts: VehicleFacts, rules: AxleLoadRules): AxleSum | null {
  if (facts.layout === null) return null;
  const sizes = facts.layout.split('+').map(Number);
  const last = sizes.length - 1;
  if (facts.vehicleClass === 'rigid') return sumOf(sizes, last, facts, rules);
  const combination = sumOf(sizes, 1, facts, rules);
  if (facts.vehicleClass !== null) return combination;
  const rigid = sumOf(sizes, last, facts, rules);
  return rigid.kg < combination.kg ? rigid : combination;
}

function sumOf(
  sizes: readonly number[],
  driveAt: number,
  facts: VehicleFacts,
  rules: AxleLoadRules,
): AxleSum {
  let kg = 0;
  let spacingMissing = false;
  for (const [at, size] of sizes.entries()) {
    const spacingMm = facts.groupSpacingsMm?.[at] ?? null;
    if (at === 0) {
      kg += size * rules.singleTyredKg;
    } else if (size === 1) {
      kg += singleAxle(facts, at === driveAt, at > driveAt, rules);
    } else {
      if (spacingMm === null) spacingMissing = true;
      kg += groupLoad(size, spacingMm, facts.airSuspension && at === driveAt, at > driveAt, rules);
    }
  }
  return { kg, spacingMissing };
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
