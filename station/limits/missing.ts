import type { FactName, VehicleFacts } from '../vehicles/facts.ts';
import type { Candidates } from './candidates.ts';
import type { RuleSet } from './ruleSet.ts';

/** What nobody has stated and the law asks for; the stricter value stood in for it. */
export function missingFacts(facts: VehicleFacts, candidates: Candidates, set: RuleSet): readonly FactName[] {
  const { axles, vehicleClass, layout, driveAxles, registeredGrossKg } = facts;
  const missing: FactName[] = [];
  if (axles === null) missing.push('axles');
  if (vehicleClass === null) missing.push('class');
  const layoutMatters = axles === null || axles >= set.layoutFromAxles;
  if (layoutMatters && (layout === null || candidates.layoutUnlisted)) missing.push('layout');
  if (driveAxles === null && candidates.rows.some((row) => row.driveAxles !== undefined))
    missing.push('driveAxles');
  if (registeredGrossKg === null && licenceGrossCounts(facts, set)) missing.push('registeredGross');
  return missing;
}

/** Whether the licence gross is, or may be, a limit of its own for this vehicle. */
export function licenceGrossCounts(facts: VehicleFacts, set: RuleSet): boolean {
  const { licenceGross } = set;
  if (set.licenceOnly.some(({ purpose }) => purpose === facts.purpose)) return true;
  return (
    facts.axles === licenceGross.axles &&
    (facts.vehicleClass === null || facts.vehicleClass === licenceGross.class)
  );
}
