import type { TareView, TruckView } from '../contract.ts';
import type { FactName } from '../vehicles/facts.ts';
import { unknownFacts } from '../vehicles/facts.ts';
import type { Identity, Visit } from './visit.ts';
import { isUnplated, rearPlateOf } from './visit.ts';

/** The vehicle on the scale as the screens show it. Weights kg. */
export function truckView(
  identity: Identity,
  visit: Visit,
  ask: readonly FactName[],
  tare: TareView | null,
  tareDriftKg: number | null,
): TruckView {
  return {
    plate: identity.plate,
    colour: identity.colour,
    plateSource: identity.source,
    cameraPlate: visit.cameraPlate,
    plateWellFormed: identity.wellFormed,
    unplated: isUnplated(identity),
    rearPlate: rearPlateOf(visit),
    rearStated: visit.rearStated,
    trailerPlate: visit.trailerPlate,
    axleLoads: visit.axleLoads === null ? null : { kg: [...visit.axleLoads.kg], by: visit.axleLoads.by },
    pictureSha256: [...visit.pictures],
    unit: visit.unit,
    facts: visit.facts ?? unknownFacts,
    known: ask.length === 0,
    ask: [...ask],
    tare,
    tareDriftKg,
    load: visit.load,
    loadConfirmed: visit.loadConfirmed,
    attempt: visit.attempt,
    papers: visit.papers,
    trailerPapers: visit.trailerPapers,
  };
}
