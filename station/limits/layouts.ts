import type { VehicleClass } from '../vehicles/facts.ts';
import { rowsOfAxles } from './candidates.ts';
import type { RuleSet } from './ruleSet.ts';
import { latestRuleSet } from './ruleSets/index.ts';

/** The layouts the rules list for a class and axle count, for forms to offer. */
export function layoutsFor(
  vehicleClass: VehicleClass,
  axles: number,
  set: RuleSet = latestRuleSet,
): readonly string[] {
  const layouts = rowsOfAxles(set, axles)
    .filter((row) => row.classes.includes(vehicleClass))
    .flatMap(({ layout }) => (layout === null ? [] : [layout]));
  return [...new Set(layouts)];
}
