import { axlesOfLayout } from '../../limits/ruleSet.ts';
import type { VehicleFacts } from '../facts.ts';
import type { PlateColour } from '../plateColour.ts';
import type { StatedPapers, StatedTrailer, VehicleUnit } from './entries.ts';
import { spacingsText } from '../groupSpacings.ts';
import { VehicleEntry } from './entries.ts';

/** What a person stated of a vehicle as it stood on the scale. */
export interface StatedVehicle {
  readonly plate: string;
  readonly colour: PlateColour;
  /** Of a tractor, `facts` are those of the combination it makes with the trailer behind it. */
  readonly unit: VehicleUnit;
  readonly facts: VehicleFacts;
  readonly papers: StatedPapers;
  readonly trailer: StatedTrailer | null;
}

/** What the register holds of a unit before; `{}` where it does not know it. */
type Before = Readonly<Record<string, unknown>>;

/** The register's entries after that: the vehicle's own, and its trailer's where one was named. */
export function statedEntries(
  stated: StatedVehicle,
  before: { readonly vehicle: Before; readonly trailer: Before },
): { readonly vehicle: VehicleEntry; readonly trailer: VehicleEntry | null } {
  const { plate, colour, unit, facts, papers, trailer } = stated;
  const shares = unit === 'tractor' ? sharesOf(facts, before) : { own: wholeOf(facts), trailer: {} };
  return {
    vehicle: VehicleEntry.parse({ ...before.vehicle, ...shares.own, ...given(papers), plate, colour, unit }),
    trailer:
      trailer === null
        ? null
        : VehicleEntry.parse({
            ...before.trailer,
            ...shares.trailer,
            ...given(trailer.papers),
            plate: trailer.plate,
            colour: trailer.colour,
            unit: 'trailer',
          }),
  };
}

function wholeOf({ groupSpacingsMm, ...facts }: VehicleFacts): Before {
  return { ...facts, groupSpacings: spacingsText(groupSpacingsMm) };
}

interface Shares {
  readonly own: Before;
  readonly trailer: Before;
}

/**
 * Which part of a combination each unit is, the other way round than `factsOf`: the first two axle groups are the
 * tractor's, the others its trailer's. What was not stated stays as it was.
 */
function sharesOf(
  facts: VehicleFacts,
  before: { readonly vehicle: Before; readonly trailer: Before },
): Shares {
  const { axles, vehicleClass, driveAxles, singleTyredAxles, wideTyres, trailerAxleSpacingMm } = facts;
  const groups = facts.layout?.split('+') ?? [];
  const layout = groups.length > 2 ? groups.slice(0, 2).join('+') : null;
  const known = typeof before.vehicle.axles === 'number' ? before.vehicle.axles : null;
  const ownAxles = layout === null ? known : axlesOfLayout(layout);
  const left = axles === null || ownAxles === null ? 0 : axles - ownAxles;
  const ownSingle = Math.min(singleTyredAxles, Number(before.vehicle.singleTyredAxles ?? 0));
  return {
    own: {
      ...spacingsShare(facts, 0, 2),
      ...given({
        axles: ownAxles,
        layout,
        driveAxles,
        singleTyredAxles: ownSingle,
        // Wide tyres of the trailer say nothing of a tractor that has no single tyres to excuse.
        wideTyres: wideTyres && (ownSingle > 0 || before.vehicle.wideTyres === true),
        airSuspension: facts.airSuspension,
        purpose: facts.purpose,
        registeredGrossKg: facts.registeredGrossKg,
      }),
    },
    trailer: {
      ...spacingsShare(facts, 2),
      ...given({
        axles: left > 0 ? left : null,
        layout: layout === null ? null : groups.slice(2).join('+'),
        vehicleClass,
        singleTyredAxles: singleTyredAxles - ownSingle,
        wideTyres,
        trailerAxleSpacingMm,
      }),
    },
  };
}

/** Of these groups, with a layout; another layout than before has none of its spacings. */
function spacingsShare({ layout, groupSpacingsMm }: VehicleFacts, from: number, to?: number): Before {
  if (layout === null || layout.split('+').length < 3) return {};
  return { groupSpacings: spacingsText(groupSpacingsMm?.slice(from, to) ?? null) };
}

function given(values: object): Before {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
