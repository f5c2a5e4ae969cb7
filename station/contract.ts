/**
 * Every command, query and event that crosses a process border, in one place.
 * Two transports carry it: a MessagePort to the desktop window, a WebSocket to the browser console.
 */
import * as z from 'zod';
import { beamsCalls } from './contract/beams.ts';
import { booksCalls } from './contract/books.ts';
import { CallError } from './contract/callError.ts';
import { camerasCalls } from './contract/cameras.ts';
import { copiesCalls } from './contract/copies.ts';
import { evidenceCalls } from './contract/evidence.ts';
import { inspectionCalls } from './contract/inspection.ts';
import { instrumentCalls } from './contract/instrument.ts';
import { WeightView } from './contract/lane.ts';
import { LoadingView, loadingCalls } from './contract/loading.ts';
import { passagesCalls } from './contract/passages.ts';
import { picturesCalls } from './contract/pictures.ts';
import { recordsCalls } from './contract/records.ts';
import { registerCalls } from './contract/register.ts';
import { releaseCalls } from './contract/release.ts';
import { rulesCalls } from './contract/rules.ts';
import { StationView } from './contract/station.ts';
import { traceCalls } from './contract/trace.ts';
import { None, TimeMs } from './contract/units.ts';
import { weighingCalls } from './contract/weighing.ts';

export { BeamPlace, BeamState, BeamView, beamPlaces } from './weighing/beams.ts';
export { CurveFlag } from './weighing/curveFlags.ts';
export { Moment } from './weighing/moments.ts';
export { Attempt } from './weighing/attempt.ts';
export { FactSource } from './limits/case.ts';
export {
  AppliedLimit,
  Clause,
  Decision,
  LimitKind,
  Outcome,
  Reason,
  ReasonCode,
  isOnlyBeyondContract,
} from './limits/decision.ts';
export { CredentialKind, EmissionStage, credentialKinds, emissionStages } from './vehicles/credentials.ts';
export {
  FactName,
  VehicleClass,
  VehicleFacts,
  VehiclePurpose,
  unknownFacts,
  vehicleClasses,
  vehiclePurposes,
} from './vehicles/facts.ts';
export { Load, noLoad } from './vehicles/load.ts';
export { PlateColour, plateColours } from './vehicles/plateColour.ts';
export {
  RegisterEntry,
  RegisterKind,
  StatedPapers,
  entrySchemas,
  noPapers,
  registerKinds,
} from './vehicles/register/entries.ts';
export { PlateSuggestion, SuggestionReason } from './vehicles/suggestPlate.ts';
export { factsOf } from './vehicles/register/coupled.ts';
export { carriesItself, licenceDue } from './vehicles/licenceDue.ts';
export { registerFields, registerTitles } from './vehicles/register/fields.ts';
export { spacingsOf, spacingsText } from './vehicles/groupSpacings.ts';
export type { Choice, Field, FieldForm } from './vehicles/register/fields.ts';
export * from './contract/beams.ts';
export * from './contract/books.ts';
export * from './contract/callError.ts';
export * from './contract/cameras.ts';
export * from './contract/copies.ts';
export * from './contract/evidence.ts';
export * from './contract/inspection.ts';
export * from './contract/instrument.ts';
export * from './contract/kinds.ts';
export * from './contract/lane.ts';
export * from './contract/loading.ts';
export { modbusExceptionText } from './contract/modbusExceptions.ts';
export * from './contract/passages.ts';
export * from './contract/pictures.ts';
export * from './contract/records.ts';
export * from './contract/register.ts';
export * from './contract/release.ts';
export * from './contract/rules.ts';
export * from './contract/station.ts';
export * from './contract/trace.ts';

export const contractVersion = 2;

/** name -> input and output. Handlers, callers and test doubles are derived from this table. */
export const calls = {
  'view.get': { input: None, output: StationView },
  'operator.sign-in': { input: z.object({ name: z.string().trim().min(1).max(40) }), output: None },
  ...weighingCalls,
  ...passagesCalls,
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
  ...beamsCalls,
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
