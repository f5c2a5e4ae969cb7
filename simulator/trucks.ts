import type { VehicleFacts } from '../station/vehicles/facts.ts';
import { unknownFacts } from '../station/vehicles/facts.ts';
import type { StatedPapers } from '../station/vehicles/register/entries.ts';
import { noPapers } from '../station/vehicles/register/entries.ts';
import type { PlateColour } from '../station/vehicles/plateColour.ts';

export interface Vehicle {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly facts: VehicleFacts;
  /** Whether the yard's register knows it. */
  readonly registered: boolean;
}

/** One coming of a vehicle to the scale: how it is loaded and what the camera makes of it. */
export interface Visit {
  readonly name: string;
  readonly about: string;
  readonly vehicle: Vehicle;
  /** Null when the camera sees a truck but reads no plate. */
  readonly cameraPlate: string | null;
  readonly grossKg: number;
  readonly loaded: boolean;
  /** How many axles it stops with on the deck at first; null when it drives on properly. */
  readonly firstStopAxles: number | null;
}

const sixAxle: VehicleFacts = {
  ...unknownFacts,
  axles: 6,
  vehicleClass: 'articulated',
  layout: '1+2+3',
  driveAxles: 2,
};
const fourAxle: VehicleFacts = {
  ...unknownFacts,
  axles: 4,
  vehicleClass: 'rigid',
  layout: '2+2',
  driveAxles: 2,
  registeredGrossKg: 31_000,
};
const threeAxle: VehicleFacts = {
  ...unknownFacts,
  axles: 3,
  vehicleClass: 'rigid',
  layout: '1+2',
  driveAxles: 2,
  registeredGrossKg: 25_000,
};

function known(plate: string, facts: VehicleFacts, colour: PlateColour = 'yellow'): Vehicle {
  return { plate, colour, facts, registered: true };
}

const coalTractor = known('晋C83N16', sixAxle);
const tipper = known('晋C57K02', fourAxle);
const exactTractor = known('晋C90A49', sixAxle);
const heavyTractor = known('晋C90B20', sixAxle);
const longTractor = known('晋C21H85', sixAxle);
const muddyTipper = known('晋C66R31', fourAxle);
const electricTipper = known('晋C06618D', threeAxle, 'yellow-green');
const stranger: Vehicle = { plate: '晋C4T729', colour: 'yellow', facts: fourAxle, registered: false };

function visit(
  name: string,
  about: string,
  vehicle: Vehicle,
  grossKg: number,
  more: Partial<Visit> = {},
): Visit {
  return {
    name,
    about,
    vehicle,
    cameraPlate: vehicle.plate,
    grossKg,
    loaded: true,
    firstStopAxles: null,
    ...more,
  };
}

/** Everything that can come to the simulated yard, by name. */
export const visits: readonly Visit[] = [
  visit('empty', 'six-axle tractor comes in empty: a tare', coalTractor, 14_760, { loaded: false }),
  visit('legal', 'the same tractor loaded, 2.36 t under its limit', coalTractor, 46_640),
  visit('overloaded', 'four-axle tipper, 1.20 t over 31 t', tipper, 32_200),
  visit('overloaded-lighter', 'the same tipper after unloading', tipper, 30_560),
  visit('unknown', 'a tipper the register does not know; the camera reads it', stranger, 30_120),
  visit('unread', 'a known tipper whose plate the camera cannot read', muddyTipper, 29_340, {
    cameraPlate: null,
  }),
  visit('half', 'stops half on the deck first, then drives on', longTractor, 47_880, { firstStopAxles: 3 }),
  visit('exact', 'exactly at its limit of 49 t', exactTractor, 49_000),
  visit('over-by-20', 'one division over its limit of 49 t', heavyTractor, 49_020),
  visit('electric-empty', 'new-energy tipper comes in empty: a tare', electricTipper, 11_420, {
    loaded: false,
  }),
  visit('electric', 'new-energy tipper loaded, 1.3 t under its limit', electricTipper, 23_700),
];

export function visitByName(name: string): Visit | null {
  return visits.find((candidate) => candidate.name === name) ?? null;
}

/** A day at the yard, over and over: the refused tipper comes back lighter. */
export const dayAtTheYard: readonly string[] = [
  'empty',
  'legal',
  'overloaded',
  'electric-empty',
  'overloaded-lighter',
  'unknown',
  'exact',
  'half',
  'electric',
  'over-by-20',
  'unread',
];

/** Valid for as long as anybody will practise. */
const papersInOrder: StatedPapers = {
  ...noPapers,
  licenceExpires: '2099-12-31',
  permitExpires: '2099-12-31',
  fleet: '演练车队',
};

/** 核定载质量 by axles, kg, as such trucks have it. */
const licenceLoadsKg: Readonly<Record<number, number>> = { 3: 13_600, 4: 17_500, 6: 34_500 };

/** What the register of the simulated yard knows before the first truck. */
export const registerOfTheYard: readonly (Pick<Vehicle, 'plate' | 'colour' | 'facts'> & {
  readonly papers: StatedPapers;
})[] = [...new Map(visits.map(({ vehicle }) => [vehicle.plate, vehicle])).values()]
  .filter((vehicle) => vehicle.registered)
  .map(({ plate, colour, facts }) => ({
    plate,
    colour,
    facts,
    papers: {
      ...papersInOrder,
      licenceLoadKg: licenceLoadsKg[facts.axles ?? 0] ?? null,
      emission: colour === 'yellow-green' ? 'D' : '6',
    },
  }));

/**
 * How the gross weight stands on the axles, front to rear, whole kilograms that add up to it exactly.
 * The steering axle carries less than the others.
 */
export function axleLoadsKg({ vehicle, grossKg }: Visit): readonly number[] {
  const axles = vehicle.facts.axles ?? 2;
  const shares = Array.from({ length: axles }, (_, index) => (index === 0 ? 0.75 : 1));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const loads = shares.map((share) => Math.floor((grossKg * share) / whole));
  const rest = grossKg - loads.reduce((sum, load) => sum + load, 0);
  return loads.map((load, index) => (index === axles - 1 ? load + rest : load));
}

/** The file of the camera's picture of a visit. */
export function pictureName({ vehicle, cameraPlate, loaded }: Visit): string {
  const of = cameraPlate === null ? 'unread' : vehicle.plate.slice(1).toLowerCase();
  return `${of}${loaded ? '' : '-empty'}.jpg`;
}
