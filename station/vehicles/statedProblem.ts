import { axlesOfLayout } from '../limits/ruleSet.ts';
import type { VehicleFacts } from './facts.ts';
import type { StatedPapers, VehicleUnit } from './register/entries.ts';

/** Why what was read off a licence can't be so. */
export type StatedProblem = 'stated-layout' | 'stated-class' | 'stated-axles' | 'stated-kg';

/** No licence names less: whoever types 18 or 31 means tonnes. */
const leastGrossKg = 500;
const leastLoadKg = 50;

/** What of facts and papers stated together cannot be so; null when all can. `papers`: the vehicle's and its trailer's. */
export function statedProblem(
  unit: VehicleUnit,
  facts: VehicleFacts,
  papers: readonly StatedPapers[],
): StatedProblem | null {
  const { axles, layout, vehicleClass, singleTyredAxles, registeredGrossKg } = facts;
  if (axles === 1 || (axles !== null && singleTyredAxles >= axles)) return 'stated-axles';
  if (axles !== null && layout !== null && axlesOfLayout(layout) !== axles) return 'stated-layout';
  // A tractor is no truck: with its trailer it makes a combination of three axles and more.
  const combination = vehicleClass !== null && vehicleClass !== 'rigid';
  if (unit === 'tractor' && vehicleClass === 'rigid') return 'stated-class';
  if (combination && axles !== null && axles < 3) return 'stated-class';
  if (registeredGrossKg !== null && registeredGrossKg < leastGrossKg) return 'stated-kg';
  const loads = papers.map(({ licenceLoadKg }) => licenceLoadKg).filter((kg) => kg !== null);
  return loads.some((kg) => kg < leastLoadKg) ? 'stated-kg' : null;
}
