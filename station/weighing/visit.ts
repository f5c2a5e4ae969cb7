import type { SavedView, WeighingKind } from '../contract.ts';
import type { WeighingBody } from '../ledger/event.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import type { Load } from '../vehicles/load.ts';
import { noLoad } from '../vehicles/load.ts';
import { plateKind } from '../vehicles/plate.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import type { PlateSuggestion } from '../vehicles/suggestPlate.ts';
import type { StatedPapers, VehicleUnit } from '../vehicles/register/entries.ts';
import { noPapers } from '../vehicles/register/entries.ts';
import type { Attempt } from './attempt.ts';
import type { AxleLoads } from './axleLoads.ts';
import type { SeenMoment } from './moments.ts';
import { addMoment } from './moments.ts';

/** A plate a camera saw, already normalised, with its stored picture. Time monotonic ms. */
export interface PlateOffer {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly wellFormed: boolean;
  /** How sure the camera is of each character; empty where it does not say. */
  readonly characterPercents?: readonly number[];
  readonly pictures: readonly string[];
  /** When it was seen, as far as the camera's clock tells; else when it came. */
  readonly atMs: number;
  /** Kept back by the camera and told now: it names no vehicle by itself. */
  readonly late?: boolean;
  /** Which end of the vehicle the camera looks at. */
  readonly end: 'front' | 'rear';
  /** How many axles the camera counted; null where it counts none. */
  readonly axles: number | null;
}

/** A plate read in a picture on this computer: it names no vehicle, a person may. Time monotonic ms. */
export interface RecognisedPlate {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly percent: number;
  readonly characterPercents: readonly number[];
  /** SHA-256 of the picture it stands in. */
  readonly picture: string;
  readonly atMs: number;
}

export interface Identity {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly source: 'camera' | 'operator';
  readonly wellFormed: boolean;
}

/** Stands where a plate would, on records of a vehicle that carries none. */
export const unplatedMark = '无牌';

export function isUnplated(identity: Identity): boolean {
  return identity.plate === unplatedMark;
}

/** What is known of the vehicle on the scale, from its first plate to its stored weighing. */
export interface Visit {
  readonly identity: Identity | null;
  /** A vehicle the register does not know is taken as a whole. */
  readonly unit: VehicleUnit;
  readonly facts: VehicleFacts | null;
  readonly factsSource: WeighingBody['factsSource'];
  readonly papers: StatedPapers;
  readonly trailerPapers: StatedPapers;
  readonly cameraPlate: string | null;
  /** How sure the front camera was of each character of its plate. */
  readonly characterPercents: readonly number[];
  /** Another plate than the one read may be meant: for a person to say. */
  readonly suggestion: PlateSuggestion | null;
  readonly recognised: RecognisedPlate | null;
  /** Came so late that it may be of the vehicle before or behind: for a person to say. */
  readonly late: PlateOffer | null;
  /** What rear cameras read of it, the first first. */
  readonly rearPlates: readonly string[];
  /** The rear plate as a person sees it; null where nobody said. */
  readonly rearStated: string | null;
  readonly trailerPlate: string | null;
  /** Entered by a person, and not the register's coupling. */
  readonly trailerStated: boolean;
  /** Where its plate is from; null without one. */
  readonly trailerFrom: 'operator' | 'register' | 'last-visit' | null;
  /** Whether a person read its papers at this visit. */
  readonly trailerSource: 'operator' | 'register';
  readonly countedAxles: number | null;
  /** Stated by a person; null where axles were not weighed. */
  readonly axleLoads: AxleLoads | null;
  readonly load: Load;
  /** A person stated or confirmed the load at this visit; until then it is the last one's. */
  readonly loadConfirmed: boolean;
  readonly attempt: Attempt | null;
  readonly pictures: readonly string[];
  readonly chosenKind: WeighingKind | null;
  readonly saved: SavedView | null;
  readonly interrupted: boolean;
  /** Said by a person: what stands there is not weighed as a truck, and why. */
  readonly maintenance: string | null;
  readonly moments: readonly SeenMoment[];
}

export const emptyVisit: Visit = {
  identity: null,
  unit: 'whole',
  facts: null,
  factsSource: 'register',
  papers: noPapers,
  trailerPapers: noPapers,
  cameraPlate: null,
  characterPercents: [],
  suggestion: null,
  recognised: null,
  late: null,
  rearPlates: [],
  rearStated: null,
  trailerPlate: null,
  trailerStated: false,
  trailerFrom: null,
  trailerSource: 'register',
  countedAxles: null,
  axleLoads: null,
  load: noLoad,
  loadConfirmed: false,
  attempt: null,
  pictures: [],
  chosenKind: null,
  saved: null,
  interrupted: false,
  maintenance: null,
  moments: [],
};

const maxPictures = 16;
const maxRearPlates = 6;

/**
 * A camera's plate names the vehicle only while nobody has: a person's entry, an earlier plate and a
 * stored weighing all stand above it. Its picture is kept either way. A trailer's plate names no vehicle.
 */
export function takeOffer(visit: Visit, offer: PlateOffer): Visit {
  if (visit.saved !== null) return visit;
  const seen: Visit = {
    ...visit,
    pictures: [...new Set([...visit.pictures, ...offer.pictures])].slice(0, maxPictures),
    countedAxles: visit.countedAxles ?? offer.axles,
    moments: [
      { what: 'plate' as const, detail: offer.plate },
      ...offer.pictures.map((detail) => ({ what: 'picture' as const, detail })),
    ].reduce((moments, moment) => addMoment(moments, { ...moment, atMs: offer.atMs }), visit.moments),
  };
  if (offer.end === 'rear') {
    const rear = {
      ...seen,
      rearPlates: [...new Set([...seen.rearPlates, offer.plate])].slice(0, maxRearPlates),
    };
    return plateKind(offer.plate) === 'trailer' ? rear : named(rear, offer);
  }
  if (visit.cameraPlate !== null) return named(seen, offer);
  const { plate, characterPercents = [] } = offer;
  return named({ ...seen, cameraPlate: plate, characterPercents }, offer);
}

/**
 * What the rear cameras say the plate there is: a reading of the very plate that belongs there, however badly it was
 * read before or after; else the newest whole plate.
 */
export function rearPlateOf({ rearPlates, trailerPlate, identity }: Visit): string | null {
  const expected = trailerPlate ?? identity?.plate;
  const whole = rearPlates.findLast((plate) => plateKind(plate) !== null);
  return rearPlates.find((plate) => plate === expected) ?? whole ?? rearPlates.at(-1) ?? null;
}

/** The surest reading of the vehicle that nobody has named yet, with its picture. */
export function takeRecognised(visit: Visit, read: RecognisedPlate): Visit {
  if (visit.saved !== null || visit.identity !== null) return visit;
  if (visit.recognised !== null && visit.recognised.percent >= read.percent) return visit;
  const detail = `${read.plate} ${String(read.percent)}%`;
  return {
    ...visit,
    recognised: read,
    pictures: [...new Set([...visit.pictures, read.picture])].slice(0, maxPictures),
    moments: [
      { what: 'picture' as const, detail: read.picture },
      { what: 'read' as const, detail },
    ].reduce((moments, moment) => addMoment(moments, { ...moment, atMs: read.atMs }), visit.moments),
  };
}

/** The last late plate, while nobody has named the vehicle; it and its pictures are of this one when a person says so. */
export function takeLate(visit: Visit, late: PlateOffer): Visit {
  if (visit.saved !== null || visit.identity !== null) return visit;
  const moments = addMoment(visit.moments, { what: 'plate', detail: late.plate, atMs: late.atMs });
  return { ...visit, late, moments };
}

function named(visit: Visit, { plate, colour, wellFormed }: PlateOffer): Visit {
  return visit.identity === null
    ? { ...visit, identity: { plate, colour, wellFormed, source: 'camera' } }
    : visit;
}
