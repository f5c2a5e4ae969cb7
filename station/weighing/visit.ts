import type { SavedView, WeighingKind } from '../contract.ts';
import type { FactSource } from '../ledger/event.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';

/** A plate a camera saw, already normalised, with its stored picture. Time monotonic ms. */
export interface PlateOffer {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly wellFormed: boolean;
  readonly pictures: readonly string[];
  readonly atMs: number;
}

export interface Identity {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly source: 'camera' | 'operator';
  readonly wellFormed: boolean;
}

/** What is known of the vehicle on the scale, from its first plate to its stored weighing. */
export interface Visit {
  readonly identity: Identity | null;
  readonly facts: VehicleFacts | null;
  readonly factsSource: FactSource;
  readonly cameraPlate: string | null;
  readonly pictures: readonly string[];
  readonly chosenKind: WeighingKind | null;
  readonly saved: SavedView | null;
  readonly interrupted: boolean;
}

export const emptyVisit: Visit = {
  identity: null,
  facts: null,
  factsSource: 'register',
  cameraPlate: null,
  pictures: [],
  chosenKind: null,
  saved: null,
  interrupted: false,
};

const maxPictures = 16;

/**
 * A camera's plate names the vehicle only while nobody has: a person's entry, an earlier plate and a
 * stored weighing all stand above it. Its picture is kept either way.
 */
export function takeOffer(visit: Visit, offer: PlateOffer): Visit {
  if (visit.saved !== null) return visit;
  const pictures = [...new Set([...visit.pictures, ...offer.pictures])].slice(0, maxPictures);
  const cameraPlate = visit.cameraPlate ?? offer.plate;
  if (visit.identity !== null) return { ...visit, pictures, cameraPlate };
  const { plate, colour, wellFormed } = offer;
  return { ...visit, pictures, cameraPlate, identity: { plate, colour, wellFormed, source: 'camera' } };
}
