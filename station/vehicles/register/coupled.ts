import type { Credential } from '../credentials.ts';
import type { VehicleFacts } from '../facts.ts';
import { Layout } from '../facts.ts';
import { coupledSpacings, spacingsOf } from '../groupSpacings.ts';
import type { VehicleEntry } from './entries.ts';

/** The facts of a vehicle as the register states them; of a tractor with its trailer, of both together. */
export function factsOf(vehicle: VehicleEntry, trailer: VehicleEntry | null): VehicleFacts {
  const own: VehicleFacts = {
    axles: vehicle.axles,
    vehicleClass: vehicle.vehicleClass,
    layout: asLayout(vehicle.layout),
    driveAxles: vehicle.driveAxles,
    singleTyredAxles: vehicle.singleTyredAxles,
    wideTyres: vehicle.wideTyres,
    airSuspension: vehicle.airSuspension,
    trailerAxleSpacingMm: vehicle.trailerAxleSpacingMm,
    registeredGrossKg: vehicle.registeredGrossKg,
    purpose: vehicle.purpose,
    groupSpacingsMm: spacingsOf(vehicle.groupSpacings, vehicle.layout),
  };
  if (vehicle.unit !== 'tractor') return own;
  // A tractor alone says nothing of the combination; without its trailer the count is unknown, not its own.
  if (trailer === null)
    return {
      ...own,
      axles: null,
      layout: null,
      vehicleClass: null,
      registeredGrossKg: null,
      groupSpacingsMm: null,
    };
  const axles = vehicle.axles === null || trailer.axles === null ? null : vehicle.axles + trailer.axles;
  const layout =
    vehicle.layout === null || trailer.layout === null
      ? null
      : asLayout(`${vehicle.layout}+${trailer.layout}`);
  return {
    ...own,
    axles,
    layout,
    // Which combination it makes is the trailer's to say; unsaid, it is asked, and the strictest class stands in.
    vehicleClass: trailer.vehicleClass,
    singleTyredAxles: vehicle.singleTyredAxles + trailer.singleTyredAxles,
    // Wide tyres excuse the axles they are on; on one unit only they excuse nothing of the other's.
    wideTyres:
      (vehicle.singleTyredAxles === 0 || vehicle.wideTyres) &&
      (trailer.singleTyredAxles === 0 || trailer.wideTyres) &&
      (vehicle.wideTyres || trailer.wideTyres),
    trailerAxleSpacingMm: trailer.trailerAxleSpacingMm,
    groupSpacingsMm: coupledSpacings(
      { text: vehicle.groupSpacings, layout: vehicle.layout },
      { text: trailer.groupSpacings, layout: trailer.layout },
    ),
    // Each licence names the mass of its own unit; none names that of the combination.
    registeredGrossKg: null,
  };
}

/**
 * 核定载质量 of what stands there, kg; null where a part of it is unstated. A tractor carries nothing itself, so that of a
 * semi-trailer is all there is; a truck that pulls a centre-axle or full trailer carries beside it.
 */
export function licenceLoadOf(
  vehicle: VehicleEntry | null,
  trailer: VehicleEntry | null,
  trailerPlate: string | null,
): number | null {
  const isTractor = vehicle?.unit === 'tractor';
  const own = vehicle?.licenceLoadKg ?? null;
  if (trailerPlate === null) return isTractor ? null : own;
  const pulled = trailer?.licenceLoadKg ?? null;
  const vehicleClass = trailer?.vehicleClass ?? (isTractor ? null : (vehicle?.vehicleClass ?? null));
  if (vehicleClass === 'centre-axle' || vehicleClass === 'full-trailer') {
    // GA 24.4: Q are the tractors, of full trailers as well.
    const carried = vehicle?.vehicleType?.startsWith('Q') === true ? 0 : own;
    return carried === null || pulled === null ? null : carried + pulled;
  }
  // One stated as a whole may have named the load of its trailer before the trailer was named.
  return pulled ?? (isTractor ? null : own);
}

function asLayout(text: string | null): string | null {
  return text !== null && Layout.safeParse(text).success ? text : null;
}

/** A plate that stands there, and what the register says of it; null where it does not know it. */
export interface Unit {
  readonly plate: string;
  readonly entry: VehicleEntry | null;
}

/** The papers of a vehicle and of the trailer behind it. Those of a unit the register does not know are unstated. */
export function vehicleCredentials(units: readonly Unit[]): readonly Credential[] {
  return units.flatMap(({ plate, entry }): readonly Credential[] => [
    { kind: 'vehicle-licence', of: plate, expires: entry?.licenceExpires ?? null },
    { kind: 'transport-permit', of: plate, expires: entry?.permitExpires ?? null },
  ]);
}
