import { candidatesFor } from '../limits/candidates.ts';
import { layoutsFor } from '../limits/layouts.ts';
import { licenceGrossCounts } from '../limits/missing.ts';
import type { RuleSet } from '../limits/ruleSet.ts';
import { axlesOfLayout } from '../limits/ruleSet.ts';
import { latestRuleSet } from '../limits/ruleSets/index.ts';
import type { FactName, VehicleFacts } from './facts.ts';

/**
 * What a person must still state before a vehicle is weighed for its gross. Stricter than the law, which would
 * let the strictest value stand in for ever: asked once, with the vehicle licence in hand, it is known for good.
 */
export function requiredFacts(facts: VehicleFacts, set: RuleSet = latestRuleSet): FactName[] {
  const { axles, vehicleClass, layout, driveAxles, registeredGrossKg } = facts;
  const required: FactName[] = [];
  if (axles === null) required.push('axles');
  if (vehicleClass === null) required.push('class');
  if (axles === null) return required;
  const disagrees = layout !== null && axlesOfLayout(layout) !== axles;
  const unstated =
    layout === null &&
    axles >= set.layoutFromAxles &&
    vehicleClass !== null &&
    layoutsFor(vehicleClass, axles, set).length > 0;
  if (disagrees || unstated) required.push('layout');
  if (driveAxles === null && candidatesFor(facts, set).rows.some((row) => row.driveAxles !== undefined)) {
    required.push('driveAxles');
  }
  if (registeredGrossKg === null && licenceGrossCounts(facts, set)) required.push('registeredGross');
  return required;
}
