import type { CallError, SavedView } from '../contract.ts';
import type { CrossingOutcome, WeighingBody } from '../ledger/event.ts';
import type { DecisionCase } from '../limits/case.ts';
import type { Decision, Reason } from '../limits/decision.ts';
import type { RuleSet } from '../limits/ruleSet.ts';
import type { Result } from '../result.ts';
import type { VehicleFacts } from '../vehicles/facts.ts';
import type { Load } from '../vehicles/load.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import type { StatedPapers, VehicleUnit } from '../vehicles/register/entries.ts';
import type { KnownPlate } from '../vehicles/suggestPlate.ts';
import type { Attempt } from './attempt.ts';
import type { BeamOptions } from './beams.ts';
import type { CurveSettings } from './curveFlags.ts';
import type { EndedCrossing, Rest } from './scale.ts';
import type { ScaleSettings } from './settings.ts';
import type { StoredTare, TareDrift } from './tareBook.ts';
import type { Identity, Visit } from './visit.ts';

export interface ClosedCrossing {
  readonly crossingId: string;
  readonly outcome: CrossingOutcome;
  readonly number: number | null;
  readonly plate: string | null;
  readonly peakKg: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
  readonly from: Rest;
  readonly to: EndedCrossing['to'];
  /** Why it was maintenance, where a person said so. */
  readonly note: string | null;
}

/** A weighing as the lane knows it; the store adds its number. */
export type WeighingDraft = Omit<WeighingBody, 'number' | 'curveSha256' | 'instrument' | 'operator'>;

/** What the register knows of a vehicle, with the trailer behind it. */
export interface KnownVehicle {
  readonly unit: VehicleUnit;
  readonly facts: VehicleFacts;
  readonly trailerPlate: string | null;
  readonly trailerFrom: Visit['trailerFrom'];
  readonly papers: StatedPapers;
  readonly trailerPapers: StatedPapers;
}

/** What a decision rests on besides the weight and the vehicle's facts. */
export type CaseAround = Pick<
  DecisionCase,
  'credentials' | 'listed' | 'emission' | 'licenceLoadKg' | 'policy' | keyof CaseOfLoad
>;

/** What a decision rests on of the load: its goods, destination, contract and driver as the register has them. */
export type CaseOfLoad = Pick<
  DecisionCase,
  'goods' | 'destination' | 'routesKnown' | 'route' | 'contract' | 'quotaLeftKg' | 'driver' | 'driversKnown'
>;

/** What a lane needs from outside; all of it is given, nothing is reached for. */
export interface LanePorts {
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly ruleSets: () => readonly RuleSet[];
  /** `trailerPlate` overrides the coupling of the register; null leaves it. */
  readonly vehicle: (plate: string, colour: PlateColour, trailerPlate: string | null) => KnownVehicle | null;
  /** Every vehicle of the register, by its plate. */
  readonly knownPlates: () => readonly KnownPlate[];
  /** Weighed empty here of late, and not out yet. */
  readonly inYard: (plate: string, colour: PlateColour) => boolean;
  /** Of the combination it makes with this trailer, null for none. */
  readonly tare: (plate: string, colour: PlateColour, trailerPlate: string | null) => StoredTare | null;
  /** How far `newestKg`, or the last tare when null, lies from the usual one of that combination. */
  readonly tareDrift: (
    plate: string,
    colour: PlateColour,
    trailerPlate: string | null,
    newestKg: number | null,
  ) => TareDrift;
  /** What it carried last time. */
  readonly lastLoad: (plate: string, colour: PlateColour) => Load;
  /** The refused weighing this vehicle comes back from. */
  readonly attempt: (plate: string, colour: PlateColour) => Attempt | null;
  readonly around: (identity: Identity, trailerPlate: string | null, load: Load) => CaseAround;
  /** Reasons of the station itself why nothing may be decided now. */
  readonly obstacles: () => readonly Reason[];
  /** Stores the weighing, reads it back, and returns its number. */
  readonly record: (draft: WeighingDraft, curveText: string) => Result<number, CallError>;
  /** Once for each crossing, when it first weighs as much as a vehicle. Weight kg. */
  readonly crossingBegun: (begun: { crossingId: string; lane: string; kg: number; from: Rest }) => void;
  /** With its curve from the zero before to the zero after. */
  readonly crossingClosed: (closed: ClosedCrossing, curveText: string) => void;
}

export interface LaneOptions {
  readonly name: string;
  readonly scale: ScaleSettings;
  readonly tareValidDays: number;
  readonly tareRequired: boolean;
  readonly plateAheadMs: number;
  readonly curve: CurveSettings;
  /** Null where no beams are. */
  readonly beams: BeamOptions | null;
}

/** A crossing that began and was not seen to end; `stored` when its weighing was written already. */
export interface OpenCrossing {
  readonly crossingId: string;
  readonly stored: {
    readonly saved: SavedView;
    readonly decision: Decision | null;
    readonly identity: Identity;
    readonly facts: VehicleFacts;
  } | null;
  readonly peakKg: number;
}
