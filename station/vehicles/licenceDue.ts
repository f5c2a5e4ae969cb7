import type { VehicleFacts } from './facts.ts';
import type { VehicleUnit } from './register/entries.ts';

/** What of the 行驶证 this station asks of every truck, beyond those of which the law itself names it. */
export interface LicencesAsked {
  readonly gross: boolean;
  readonly load: boolean;
}

/** Which numbers have to be read off which licence, stated already or not. */
export interface LicenceDue {
  /** 总质量 of a single truck; of a combination no licence names it. */
  readonly gross: boolean;
  /** 核定载质量 of the vehicle itself: a tractor carries nothing, and its licence names none. */
  readonly ownLoad: boolean;
  readonly trailerLoad: boolean;
}

/** For the sheet that asks them all at once; whether the truck may leave without is `licenceConcerns`’ to say. */
export function licenceDue({ unit, facts, trailerPlate }: StatedUnit, asked: LicencesAsked): LicenceDue {
  const { axles, vehicleClass, purpose } = facts;
  const single = vehicleClass === 'rigid' || vehicleClass === null;
  const byLaw = purpose !== 'ordinary' || (single && axles === 2);
  const load = purpose !== 'special-purpose' && (byLaw || asked.load);
  return {
    gross: unit !== 'tractor' && single && (byLaw || asked.gross),
    ownLoad: load && carriesItself({ unit, facts, trailerPlate }),
    trailerLoad: load && trailerPlate !== null,
  };
}

/** What stands there, as the sheet knows it so far. */
export interface StatedUnit {
  readonly unit: VehicleUnit;
  readonly facts: VehicleFacts;
  readonly trailerPlate: string | null;
}

/** Whether the front unit has a 核定载质量 at all: what pulls a semi-trailer has a 准牵引总质量 in its place. */
export function carriesItself({ unit, facts, trailerPlate }: StatedUnit): boolean {
  if (facts.vehicleClass === 'articulated') return trailerPlate === null && unit !== 'tractor';
  return true;
}
