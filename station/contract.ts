/**
 * Every command, query and event that crosses a process border, in one place.
 * Two transports carry it: a MessagePort to the desktop window, a WebSocket to the browser console.
 */
import * as z from 'zod';
import { Clause, Decision, Outcome, Reason, ReasonCode } from './limits/decision.ts';
import { FactName, VehicleClass, VehicleFacts, vehicleClasses, unknownFacts } from './vehicles/facts.ts';
import { PlateColour, plateColours } from './vehicles/plateColour.ts';

export { Clause, Decision, FactName, Outcome, PlateColour, Reason, ReasonCode, VehicleClass, VehicleFacts };
export { plateColours, unknownFacts, vehicleClasses };

export const contractVersion = 1;

const Kg = z.int();
const TimeMs = z.int();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const StoreMode = z.enum(['real', 'drill']);
export type StoreMode = z.infer<typeof StoreMode>;

/** 皮重 on entry, 毛重 on exit. */
export const WeighingKind = z.enum(['tare', 'gross']);
export type WeighingKind = z.infer<typeof WeighingKind>;

export const PaperKind = z.enum(['slip', 'refusal']);
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
    why: z.enum(['not-configured', 'not-connected', 'stale', 'unusable']),
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

export const TruckView = z.object({
  plate: z.string(),
  colour: PlateColour,
  plateSource: z.enum(['camera', 'operator']),
  /** What the camera read when a person entered something else. */
  cameraPlate: z.string().nullable(),
  /** False when the plate does not fit the plate grammar. */
  plateWellFormed: z.boolean(),
  pictureSha256: z.array(Sha256),
  facts: VehicleFacts,
  /** True when the register (or a person, just now) has stated enough to decide. */
  known: z.boolean(),
  /** Facts a person must state before a decision is possible. */
  ask: z.array(FactName),
  tare: TareView.nullable(),
});
export type TruckView = z.infer<typeof TruckView>;

/** What the operator's one key does now; the screen names it, the station decides it. */
export const NextStep = z.enum([
  'wait-for-truck',
  'wait-for-stable',
  'enter-plate',
  'state-vehicle',
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
  kind: WeighingKind,
  kindChosenBy: z.enum(['station', 'operator']),
  /** A preview while `identified`; the stored decision once `decided`. Null for a tare. */
  decision: Decision.nullable(),
  saved: SavedView.nullable(),
  next: NextStep,
  divisionKg: Kg,
  maxKg: Kg,
  minKg: Kg,
});
export type LaneView = z.infer<typeof LaneView>;

export const DeviceView = z.object({
  id: z.string(),
  kind: z.enum(['indicator', 'camera', 'printer', 'platform']),
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
    'pictures-not-stored',
    'paper-not-printed',
    'chain-broken',
    'unit-disagrees',
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
});
export type StationView = z.infer<typeof StationView>;

export const PassageDetail = z.object({
  row: PassageRow,
  lane: z.string(),
  operator: z.string().nullable(),
  plateSource: z.enum(['camera', 'operator']),
  cameraPlate: z.string().nullable(),
  facts: VehicleFacts,
  decision: Decision.nullable(),
  tareNumber: z.int().nullable(),
  pictureSha256: z.array(Sha256),
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
    'crossing-is-over',
    'not-stable',
    'plate-missing',
    'plate-malformed',
    'vehicle-unknown',
    'already-saved',
    'no-slip-for-this-record',
    'scale-not-ready',
    'store-failed',
    'print-failed',
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
  /** States the facts of a vehicle; remembered in the register under its plate. */
  'vehicle.state': { input: z.object({ ...PlateInput.shape, facts: VehicleFacts }), output: None },
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
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.infer<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.infer<Calls[N]['output']>;

/** Station to screen, unasked. `weight` comes with every frame; `view` when anything else changed. */
export const StationEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('weight'), weight: WeightView }),
  z.object({ event: z.literal('view'), view: StationView }),
]);
export type StationEvent = z.infer<typeof StationEvent>;

export const RequestMessage = z.object({ id: z.int(), call: z.string(), input: z.unknown() });
export type RequestMessage = z.infer<typeof RequestMessage>;

export const ReplyMessage = z.union([
  z.object({ id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: CallError }),
]);
export type ReplyMessage = z.infer<typeof ReplyMessage>;
