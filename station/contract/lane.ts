import * as z from 'zod';
import { Attempt } from '../weighing/attempt.ts';
import { BeamView } from '../weighing/beams.ts';
import { Decision, Outcome } from '../limits/decision.ts';
import { FactName, VehicleFacts } from '../vehicles/facts.ts';
import { Load } from '../vehicles/load.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { StatedPapers, VehicleUnit } from '../vehicles/register/entries.ts';
import { PlateSuggestion } from '../vehicles/suggestPlate.ts';
import { PaperKind, WeighingKind } from './kinds.ts';
import { Kg, Sha256, TimeMs } from './units.ts';

/** In the order a vehicle goes through them. */
export const LanePhase = z.enum([
  'zero',
  'arriving',
  'settling',
  'stable',
  'identified',
  'decided',
  'leaving',
]);
export type LanePhase = z.infer<typeof LanePhase>;

/** The weight on the big display. There is no "last known" weight: without a fresh frame there is none. */
export const WeightView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live'), kg: Kg, stable: z.boolean(), atMs: TimeMs }),
  z.object({
    kind: z.literal('none'),
    why: z.enum(['not-configured', 'not-connected', 'stale', 'unusable', 'over-range', 'under-range']),
    atMs: TimeMs,
  }),
]);
export type WeightView = z.infer<typeof WeightView>;

export const TareView = z.object({
  kg: Kg,
  number: z.int(),
  weighedAtMs: TimeMs,
  expiresAtMs: TimeMs,
  valid: z.boolean(),
});
export type TareView = z.infer<typeof TareView>;

/** What its axles were weighed at, front to rear, and with what or by whom. */
export const AxleLoadsView = z.object({ kg: z.array(Kg), by: z.string() });

export const TruckView = z.object({
  plate: z.string(),
  colour: PlateColour,
  plateSource: z.enum(['camera', 'operator']),
  /** What the camera read when a person entered something else. */
  cameraPlate: z.string().nullable(),
  /** False when the plate does not fit the plate grammar. */
  plateWellFormed: z.boolean(),
  /** A person stated that the vehicle carries no plate. */
  unplated: z.boolean(),
  /** What a rear camera read; null when none did. */
  rearPlate: z.string().nullable(),
  /** The rear plate as a person entered it; it stands above the camera's. */
  rearStated: z.string().nullable(),
  trailerPlate: z.string().nullable(),
  axleLoads: AxleLoadsView.nullable(),
  pictureSha256: z.array(Sha256),
  unit: VehicleUnit,
  facts: VehicleFacts,
  /** True when the register (or a person, just now) has stated enough to decide. */
  known: z.boolean(),
  /** Facts a person must state before a decision is possible. */
  ask: z.array(FactName),
  tare: TareView.nullable(),
  /** How far this or the last tare lies from the usual one, where that is beyond the alarm; kg. */
  tareDriftKg: Kg.nullable(),
  load: Load,
  /** False while it is only what the vehicle carried last time. */
  loadConfirmed: z.boolean(),
  /** Null unless the last weighing of this vehicle was refused. */
  attempt: Attempt.nullable(),
  /** Of the papers the register holds. */
  papers: StatedPapers,
  trailerPapers: StatedPapers,
});
export type TruckView = z.infer<typeof TruckView>;

/** What the operator's one key does now; the screen names it, the station decides it. */
export const NextStep = z.enum([
  'wait-for-truck',
  'wait-for-zero',
  /** Empty, and not at zero. */
  'clear-scale',
  /** Nobody saw the scale at zero before it came: off, and on again. */
  'weigh-again',
  'wait-for-stable',
  'enter-plate',
  'state-vehicle',
  'state-load',
  'save-tare',
  'save-and-print-slip',
  'save-and-print-refusal',
  'save-without-paper',
  'drive-off',
  'repair-scale',
]);
export type NextStep = z.infer<typeof NextStep>;

export const SavedView = z.object({
  number: z.int(),
  kind: WeighingKind,
  outcome: Outcome.nullable(),
  paper: PaperKind.nullable(),
});
export type SavedView = z.infer<typeof SavedView>;

export const LaneView = z.object({
  name: z.string(),
  phase: LanePhase,
  crossingId: z.string().nullable(),
  stableKg: Kg.nullable(),
  truck: TruckView.nullable(),
  /** Another plate than the camera read may be meant; `plate.enter` takes it. */
  suggestion: PlateSuggestion.nullable(),
  kind: WeighingKind,
  kindChosenBy: z.enum(['station', 'operator']),
  /** A preview while `identified`; the stored decision once `decided`. Null for a tare. */
  decision: Decision.nullable(),
  saved: SavedView.nullable(),
  next: NextStep,
  /** Why what stands there is not weighed, where a person said so. */
  maintenance: z.string().nullable(),
  /** Light barriers, where there are any. */
  beams: z.array(BeamView).readonly(),
  divisionKg: Kg,
  maxKg: Kg,
  minKg: Kg,
});
export type LaneView = z.infer<typeof LaneView>;
