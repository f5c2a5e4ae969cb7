/**
 * Every command, query and event that crosses a process border, in one place.
 * Two transports carry it: a MessagePort to the desktop window, a WebSocket to the browser console.
 */
import * as z from 'zod';
import { copiesCalls } from './contract/copies.ts';
import { instrumentCalls } from './contract/instrument.ts';
import { LoadingView, loadingCalls } from './contract/loading.ts';
import { registerCalls } from './contract/register.ts';
import { camerasCalls } from './contract/cameras.ts';
import { ExitRow, PictureView, Shot, picturesCalls } from './contract/pictures.ts';
import { evidenceCalls } from './contract/evidence.ts';
import { Amendments, recordsCalls } from './contract/records.ts';
import { ReleaseView, releaseCalls } from './contract/release.ts';
import { rulesCalls } from './contract/rules.ts';
import { traceCalls } from './contract/trace.ts';
import { inspectionCalls } from './contract/inspection.ts';
import { booksCalls } from './contract/books.ts';
import { Attempt } from './weighing/attempt.ts';
import { CurveFlag } from './weighing/curveFlags.ts';
import { Moment } from './weighing/moments.ts';
import { FactSource } from './limits/case.ts';
import {
  AppliedLimit,
  Clause,
  Decision,
  LimitKind,
  Outcome,
  Reason,
  ReasonCode,
  isOnlyBeyondContract,
} from './limits/decision.ts';
import { CredentialKind, EmissionStage, credentialKinds, emissionStages } from './vehicles/credentials.ts';
import {
  FactName,
  VehicleClass,
  VehicleFacts,
  VehiclePurpose,
  unknownFacts,
  vehicleClasses,
  vehiclePurposes,
} from './vehicles/facts.ts';
import { Load, noLoad } from './vehicles/load.ts';
import { PlateColour, plateColours } from './vehicles/plateColour.ts';
import {
  RegisterEntry,
  RegisterKind,
  StatedPapers,
  VehicleUnit,
  entrySchemas,
  noPapers,
  registerKinds,
} from './vehicles/register/entries.ts';
import { PlateSuggestion, SuggestionReason } from './vehicles/suggestPlate.ts';
import { factsOf } from './vehicles/register/coupled.ts';
import { registerFields, registerTitles } from './vehicles/register/fields.ts';

export { CurveFlag, Moment };
export {
  AppliedLimit,
  Attempt,
  Clause,
  Decision,
  FactName,
  FactSource,
  LimitKind,
  Load,
  Outcome,
  PlateColour,
};
export { CredentialKind, EmissionStage, Reason, ReasonCode, RegisterEntry, RegisterKind, StatedPapers };
export { PlateSuggestion, SuggestionReason };
export { VehicleClass, VehicleFacts, VehiclePurpose };
export {
  credentialKinds,
  emissionStages,
  entrySchemas,
  factsOf,
  isOnlyBeyondContract,
  noLoad,
  noPapers,
  plateColours,
  registerFields,
  registerKinds,
};
export { spacingsOf, spacingsText } from './vehicles/groupSpacings.ts';
export { registerTitles, unknownFacts, vehicleClasses, vehiclePurposes };
export type { Choice, Field, FieldForm } from './vehicles/register/fields.ts';
export * from './contract/cameras.ts';
export * from './contract/evidence.ts';
export * from './contract/copies.ts';
export * from './contract/instrument.ts';
export * from './contract/loading.ts';
export * from './contract/pictures.ts';
export * from './contract/records.ts';
export * from './contract/register.ts';
export * from './contract/release.ts';
export * from './contract/rules.ts';
export * from './contract/trace.ts';
export * from './contract/inspection.ts';
export * from './contract/books.ts';

export const contractVersion = 2;

const Kg = z.int();
const TimeMs = z.int();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const StoreMode = z.enum(['real', 'drill']);
export type StoreMode = z.infer<typeof StoreMode>;

/** 皮重 on entry, 毛重 on exit. */
export const WeighingKind = z.enum(['tare', 'gross']);
export type WeighingKind = z.infer<typeof WeighingKind>;

export const PaperKind = z.enum(['slip', 'refusal', 'release']);
export type PaperKind = z.infer<typeof PaperKind>;
export const PaperForm = z.enum(['241x140', 'A4']);
export type PaperForm = z.infer<typeof PaperForm>;

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
  divisionKg: Kg,
  maxKg: Kg,
  minKg: Kg,
});
export type LaneView = z.infer<typeof LaneView>;

export const DeviceView = z.object({
  id: z.string(),
  kind: z.enum(['indicator', 'neighbour', 'camera', 'printer', 'platform', 'clock']),
  label: z.string(),
  state: z.enum(['ok', 'waiting', 'down', 'off']),
  /** Short technical detail, e.g. the port, an error code, frames per second. */
  detail: z.string(),
  retryInMs: z.int().nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const SyncView = z.object({
  state: z.enum(['off', 'up-to-date', 'sending', 'offline', 'refused-login']),
  waiting: z.int(),
  setAside: z.int(),
  lastDeliveredAtMs: TimeMs.nullable(),
  lastError: z.string().nullable(),
});
export type SyncView = z.infer<typeof SyncView>;

/** Something wrong with the station itself, shown until it is put right. */
export const Fault = z.object({
  code: z.enum([
    'settings-invalid',
    'verification-expired',
    'clock-backwards',
    'key-unusable',
    'pictures-not-stored',
    'pictures-missed',
    'pictures-not-delivered',
    'disk-low',
    'left-without-leave',
    'paper-not-printed',
    'chain-broken',
    'ledger-contradicted',
    'anchor-failed',
    'backup-failed',
    'indicator-unit',
    'indicator-decimals',
    'indicator-division',
    'indicator-net',
    'store-failed',
  ]),
  detail: z.string(),
});
export type Fault = z.infer<typeof Fault>;

export const PassageRow = z.object({
  number: z.int(),
  displayNumber: z.string(),
  kind: WeighingKind,
  timeMs: TimeMs,
  plate: z.string(),
  colour: PlateColour,
  axles: z.int().nullable(),
  weighedKg: Kg,
  tareKg: Kg.nullable(),
  netKg: Kg.nullable(),
  limitKg: Kg.nullable(),
  overKg: Kg,
  outcome: Outcome.nullable(),
  paperCopies: z.int(),
  sync: z.enum(['off', 'waiting', 'delivered', 'set-aside']),
  drill: z.boolean(),
  trailerPlate: z.string().nullable(),
  load: Load,
  /** The refused weighing this one was the next try of. */
  previousNumber: z.int().nullable(),
  voided: z.boolean(),
  corrected: z.boolean(),
});
export type PassageRow = z.infer<typeof PassageRow>;

export const StationView = z.object({
  station: z.object({ id: z.string(), name: z.string() }),
  mode: StoreMode,
  version: z.string(),
  operator: z.string().nullable(),
  lane: LaneView,
  devices: z.array(DeviceView),
  sync: SyncView,
  faults: z.array(Fault),
  recent: z.array(PassageRow),
  paperForm: PaperForm,
  printer: z.string().nullable(),
  /** Whether a controlled release is set up at this station. */
  releases: z.boolean(),
  /** Cameras with a live picture. */
  live: z.array(z.object({ camera: z.string(), label: z.string(), view: PictureView })),
  /** Crossings that nobody can account for yet. */
  unexplained: z.int(),
});
export type StationView = z.infer<typeof StationView>;

export const PassageDetail = z.object({
  row: PassageRow,
  lane: z.string(),
  operator: z.string().nullable(),
  plateSource: z.enum(['camera', 'operator']),
  cameraPlate: z.string().nullable(),
  /** What a rear camera read, and what a person saw there. */
  rearPlate: z.string().nullable(),
  rearStated: z.string().nullable(),
  axleLoads: AxleLoadsView.nullable(),
  facts: VehicleFacts,
  decision: Decision.nullable(),
  attempt: Attempt.nullable(),
  release: ReleaseView.nullable(),
  amendments: Amendments,
  tareNumber: z.int().nullable(),
  pictureSha256: z.array(Sha256),
  /** Taken when the weight was saved; null while they are not here, and where no camera takes any. */
  shots: z.array(Shot).nullable(),
  /** Where its vehicle was seen at the exit, in order. */
  exits: z.array(ExitRow),
  papers: z.array(
    z.object({
      kind: PaperKind,
      copy: z.int(),
      form: PaperForm,
      timeMs: TimeMs,
      printer: z.string().nullable(),
      failure: z.string().nullable(),
    }),
  ),
  curve: z.array(z.object({ afterMs: z.int(), kg: z.number().nullable() })),
  curveFlags: z.array(CurveFlag),
  moments: z.array(Moment),
  /** The indicator's own frames the recorded weight was taken from, hex. */
  frames: z.array(z.string()),
  ledger: z.object({
    sequence: z.int(),
    hash: Sha256,
    previousHash: Sha256,
    /** Recomputed from the stored bytes just now. */
    intact: z.boolean(),
    canonical: z.string(),
  }),
  sync: z.object({ attempts: z.int(), lastError: z.string().nullable(), deliveredAtMs: TimeMs.nullable() }),
});
export type PassageDetail = z.infer<typeof PassageDetail>;

/** Why a call was not done, for the screen to put into words. */
export const CallError = z.object({
  code: z.enum([
    'bad-request',
    'not-signed-in',
    'no-such-passage',
    'no-such-picture',
    'no-such-camera',
    'no-picture',
    'crossing-is-over',
    'not-stable',
    'plate-missing',
    'plate-malformed',
    'vehicle-unknown',
    'trailer-missing',
    'stated-layout',
    'stated-class',
    'stated-axles',
    'stated-kg',
    'axle-loads-count',
    'axle-loads-value',
    'axle-loads-sum',
    'axle-loads-by',
    'already-saved',
    'crossing-is-maintenance',
    'already-voided',
    'already-explained',
    'nothing-changed',
    'key-not-made',
    'no-slip-for-this-record',
    'scale-not-ready',
    'store-failed',
    'print-failed',
    'no-such-entry',
    'entry-in-use',
    'entry-exists',
    'file-not-understood',
    'preview-is-over',
    'rules-broken',
    'rules-unsigned',
    'rules-not-here',
    'not-allowed',
    'wrong-pin',
    'same-person',
    'picture-missing',
    'vehicle-on-scale',
    'line-not-open',
    'settings-not-written',
    'nothing-to-report',
    'nothing-in-period',
    'not-exported',
    'not-published',
    'station-busy',
    'connection-lost',
    'internal',
  ]),
  detail: z.string(),
});
export type CallError = z.infer<typeof CallError>;

const PlateInput = z.object({ plate: z.string().min(1).max(20), colour: PlateColour });
const None = z.object({});

/** name -> input and output. Handlers, callers and test doubles are derived from this table. */
export const calls = {
  'view.get': { input: None, output: StationView },
  'operator.sign-in': { input: z.object({ name: z.string().trim().min(1).max(40) }), output: None },
  'plate.enter': { input: z.object({ crossingId: z.string(), ...PlateInput.shape }), output: None },
  /** States that the vehicle on the scale carries no plate. */
  'plate.none': { input: z.object({ crossingId: z.string() }), output: None },
  /** The trailer behind the tractor on the scale; empty takes it away. */
  'trailer.enter': { input: z.object({ crossingId: z.string(), plate: z.string().max(20) }), output: None },
  /** The plate at its rear, as a person sees it; empty takes that back. */
  'rear.enter': { input: z.object({ crossingId: z.string(), plate: z.string().max(20) }), output: None },
  /** What its axles were weighed at, kg, front to rear, and with what or by whom; null takes that back. */
  'axles.state': {
    input: z.object({
      crossingId: z.string(),
      axleLoadsKg: z.array(z.number()).max(20).nullable(),
      measuredBy: z.string().trim().max(60),
    }),
    output: None,
  },
  /** What it carries and for whom, stated or confirmed at this visit; remembered for its next visit. */
  'load.state': { input: z.object({ crossingId: z.string(), load: Load }), output: None },
  /**
   * States the facts of a vehicle; remembered in the register under its plate. Those of a tractor are of the combination
   * it makes with its trailer, and are remembered of both.
   */
  'vehicle.state': {
    input: z.object({
      ...PlateInput.shape,
      facts: VehicleFacts,
      papers: StatedPapers,
      trailer: z
        .object({ plate: z.string().min(1).max(20), papers: StatedPapers })
        .nullable()
        .optional(),
    }),
    output: None,
  },
  'vehicle.get': {
    input: PlateInput,
    output: z.object({ facts: VehicleFacts.nullable(), tare: TareView.nullable() }),
  },
  'kind.choose': { input: z.object({ crossingId: z.string(), kind: WeighingKind }), output: None },
  /** The one key: store the weighing, read it back, print what the stored decision permits. */
  'weighing.save': { input: z.object({ crossingId: z.string() }), output: SavedView },
  'paper.print': { input: z.object({ number: z.int() }), output: z.object({ copy: z.int() }) },
  'paper.view': {
    input: z.object({ number: z.int(), form: PaperForm }),
    output: z.object({ kind: PaperKind, svg: z.string(), widthMm: z.number(), heightMm: z.number() }),
  },
  'paper.pdf': {
    input: z.object({ number: z.int(), form: PaperForm }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  },
  'passages.list': {
    input: z.object({
      beforeNumber: z.int().nullable(),
      limit: z.int().min(1).max(200),
      plate: z.string().max(20).nullable(),
      outcome: Outcome.nullable(),
    }),
    output: z.object({ rows: z.array(PassageRow), more: z.boolean() }),
  },
  'passages.detail': { input: z.object({ number: z.int() }), output: PassageDetail },
  'picture.get': {
    input: z.object({ sha256: Sha256 }),
    output: z.object({ mime: z.literal('image/jpeg'), base64: z.string() }),
  },
  'outbox.list': {
    input: None,
    output: z.object({
      setAside: z.array(
        z.object({
          sequence: z.int(),
          type: z.string(),
          number: z.int().nullable(),
          timeMs: TimeMs,
          error: z.string(),
        }),
      ),
    }),
  },
  'outbox.retry': { input: z.object({ sequence: z.int() }), output: None },
  /** A person states that the clock, which ran backwards, is right now. */
  'clock.confirm': { input: None, output: None },
  /** Where browsers find this station, and the codes to log in with; null while it serves none. */
  'console.get': {
    input: None,
    output: z.object({
      console: z
        .object({
          urls: z.array(z.string()),
          code: z.string(),
          loaderCode: z.string(),
          inspectorCode: z.string(),
        })
        .nullable(),
    }),
  },
  ...registerCalls,
  ...recordsCalls,
  ...picturesCalls,
  ...camerasCalls,
  ...evidenceCalls,
  ...rulesCalls,
  ...releaseCalls,
  ...loadingCalls,
  ...instrumentCalls,
  ...traceCalls,
  ...inspectionCalls,
  ...booksCalls,
  ...copiesCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.infer<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.infer<Calls[N]['output']>;

/** Station to screen, unasked. `weight` comes with every frame; `view` when anything else changed. */
export const StationEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('weight'), weight: WeightView }),
  z.object({ event: z.literal('view'), view: StationView }),
  /** For loaders: goes out with `view`. */
  z.object({ event: z.literal('loading'), loading: LoadingView }),
]);
export type StationEvent = z.infer<typeof StationEvent>;

export const RequestMessage = z.object({ id: z.int(), call: z.string(), input: z.unknown() });
export type RequestMessage = z.infer<typeof RequestMessage>;

export const ReplyMessage = z.union([
  z.object({ id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: CallError }),
]);
export type ReplyMessage = z.infer<typeof ReplyMessage>;
