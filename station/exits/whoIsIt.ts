import { plateKind } from '../vehicles/plate.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import type { ReadPlate } from '../vehicles/suggestPlate.ts';
import { distance, isMisreading } from '../vehicles/suggestPlate.ts';

export interface ExitPlate extends ReadPlate {
  readonly wellFormed: boolean;
}

/** What a camera at the exit read of one vehicle. */
export interface ExitReading {
  readonly front: ExitPlate | null;
  readonly rear: ExitPlate | null;
}

/** A weighing by the names its vehicle goes by. */
export interface WeighedVehicle {
  readonly number: number;
  /** As it is by now: what it was corrected to. */
  readonly plate: string;
  readonly colour: PlateColour;
  readonly trailerPlate: string | null;
  /** What the camera at the scale had read. */
  readonly cameraPlate: string | null;
  /** Whether it was surely let out already. */
  readonly left: boolean;
}

export type Who<T> =
  | { readonly kind: 'nobody' }
  /** Two vehicles it may be, neither of them more likely. */
  | { readonly kind: 'several' }
  | { readonly kind: 'one'; readonly vehicle: T; readonly surely: boolean };

/** Half a plate is no vehicle's: one character may be missing or wrong. */
export const brokenCost = 1;
const colourCost = 0.3;
/** Who is gone is less likely than anybody who is not. */
const leftCost = 1;
/** Nearer together neither is the likelier. */
const clearBy = 0.25;

/**
 * The newest weighing of the vehicle that was read. Sure by its plate and colour or its trailer, also by the same
 * misreading as at the scale; only probable by a plate that is easily taken for it, or in another colour.
 */
export function whoIsIt<T extends WeighedVehicle>(
  { front, rear }: ExitReading,
  weighed: readonly T[],
  isKnown: (plate: string) => boolean,
): Who<T> {
  const newestFirst = [...weighed].sort((one, other) => other.number - one.number);
  const plates = new Set(weighed.map(({ plate }) => plate));
  const isAnother = (plate: string): boolean => isKnown(plate) || plates.has(plate);
  const atFront = likeliest(front, newestFirst, isAnother);
  const atRear = likeliest(rear, newestFirst, isAnother);
  if (isSure(atFront)) return atFront;
  // A tractor that is somebody else's may pull a trailer that was weighed.
  const contradicted = front !== null && front.wellFormed && plateKind(front.text) !== 'trailer';
  if (isSure(atRear)) return { ...atRear, surely: !contradicted };
  return atFront.kind === 'nobody' ? atRear : atFront;
}

function isSure<T>(who: Who<T>): who is Who<T> & { readonly kind: 'one' } {
  return who.kind === 'one' && who.surely;
}

function likeliest<T extends WeighedVehicle>(
  read: ExitPlate | null,
  newestFirst: readonly T[],
  isAnother: (plate: string) => boolean,
): Who<T> {
  if (read === null) return { kind: 'nobody' };
  const [best, ...others] = newestFirst
    .flatMap((vehicle) => {
      const apart = costOf(read, vehicle, isAnother);
      return apart === null ? [] : [{ vehicle, apart, cost: apart + (vehicle.left ? leftCost : 0) }];
    })
    // Of one vehicle's weighings the newest stays the first.
    .sort((one, other) => one.cost - other.cost);
  if (best === undefined) return { kind: 'nobody' };
  const { vehicle, apart, cost } = best;
  const next = others.find((other) => other.vehicle.plate !== vehicle.plate);
  if (apart > 0 && next !== undefined && next.cost - cost < clearBy) return { kind: 'several' };
  return { kind: 'one', vehicle, surely: apart === 0 };
}

/** 0 is sure, more is less so; null is another vehicle. */
function costOf(
  read: ExitPlate,
  { plate, colour, trailerPlate, cameraPlate }: WeighedVehicle,
  isAnother: (plate: string) => boolean,
): number | null {
  if (read.text === plate) return sameColour(read.colour, colour) ? 0 : colourCost;
  if (read.text === trailerPlate) return 0;
  // The scale's camera read it just so, and a person put it right.
  if (read.text === cameraPlate) return isAnother(read.text) ? brokenCost : 0;
  if (!read.wellFormed) {
    const apart = distance(read, plate);
    return apart <= brokenCost ? apart : null;
  }
  return isMisreading(read, plate) && !isAnother(read.text) ? distance(read, plate) : null;
}

/** Some cameras have no word for the colour. */
function sameColour(one: PlateColour, other: PlateColour): boolean {
  return one === other || one === 'other' || other === 'other';
}
