import type { VehicleFacts } from '../vehicles/facts.ts';
import type { LicencesAsked } from '../vehicles/licenceDue.ts';
import type { DecisionCase } from './case.ts';
import type { Decision, Reason } from './decision.ts';
import { licenceGrossCounts } from './missing.ts';
import type { Policy } from './policy.ts';
import type { RuleSet } from './ruleSet.ts';

/** As long as nobody said that it pulls a trailer, the licence of three axles and more holds for the whole of it. */
export function isSingle({ vehicleClass, axles }: VehicleFacts): boolean {
  return (vehicleClass === 'rigid' || vehicleClass === null) && axles !== null && axles > 2;
}

/**
 * What of the 行驶证 nobody stated, where the law names it (two axles, 低速货车) or the yard asks for it: a number nobody
 * knows must not permit more than one that is known. Weights kg.
 */
export function licenceConcerns(each: DecisionCase, legal: Decision, set: RuleSet | null): readonly Reason[] {
  const { facts, licenceLoadKg, policy, version } = each;
  if (legal.limitKg === null) return [];
  const found: Reason[] = [];
  const asked = licencesAsked(policy);
  const grossAsked =
    (facts.axles === 2 && legal.missing.includes('registeredGross')) ||
    (asked.gross && isSingle(facts) && facts.registeredGrossKg === null);
  if (grossAsked) found.push({ code: 'licence-gross-unknown', detail: '' });
  // A 专用作业车 carries its work, and has no 核定载质量.
  if (version < 3 || !policy.licenceLoad || facts.purpose === 'special-purpose') return found;
  const loadAsked = asked.load || (set !== null && licenceGrossCounts(facts, set));
  if (loadAsked && licenceLoadKg === null) found.push({ code: 'licence-load-unknown', detail: '' });
  return found;
}

/** Which numbers of the licence these settings ask of every truck. */
export function licencesAsked({ licencesMissing, licenceGross, licenceLoad }: Policy): LicencesAsked {
  return { gross: licencesMissing && licenceGross, load: licencesMissing && licenceLoad };
}
