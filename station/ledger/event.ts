import * as z from 'zod';
import { DecisionCase } from '../limits/case.ts';
import { Decision } from '../limits/decision.ts';
import { Day } from '../vehicles/credentials.ts';
import { VehicleFacts } from '../vehicles/facts.ts';
import { Load, noLoad } from '../vehicles/load.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import {
  RegisterEntry,
  RegisterKind,
  StatedPapers,
  StatedTrailer,
  VehicleUnit,
  noPapers,
} from '../vehicles/register/entries.ts';
import { Attempt } from '../weighing/attempt.ts';
import { CurveFlag } from '../weighing/curveFlags.ts';
import { Moment } from '../weighing/moments.ts';
import { amendmentBodies } from './bodies/amendments.ts';
import { assuranceBodies } from './bodies/assurance.ts';
import { crossingBodies } from './bodies/crossings.ts';
import { Kg, Sha256, Text, TimeMs } from './bodies/form.ts';
import { keyBodies } from './bodies/keys.ts';
import { pictureBodies } from './bodies/pictures.ts';
import { PersonRole } from './people.ts';
import { ReleaseKind } from './release.ts';

export { CrossingOutcome } from './bodies/crossings.ts';

/** One stable weight taken of an identified vehicle, with the indicator's own bytes beside it. */
export const WeighingBody = z
  .object({
    number: z.int().min(1),
    crossingId: Text,
    lane: Text,
    kind: z.enum(['tare', 'gross']),
    plate: Text,
    colour: PlateColour,
    plateSource: z.enum(['camera', 'operator']),
    cameraPlate: Text.nullable(),
    facts: VehicleFacts,
    factsSource: z.enum(['register', 'operator', 'camera']),
    /** The stable weight as the indicator showed it. */
    weighedKg: Kg,
    grossKg: Kg.nullable(),
    tareKg: Kg.nullable(),
    /** The weighing number the tare was taken under. */
    tareNumber: z.int().nullable(),
    netKg: Kg.nullable(),
    /** Null for a tare: an empty truck asks for no permission. */
    decision: Decision.nullable(),
    /** What the decision rests on, whole; null for a tare and in records of program 0.1. */
    case: DecisionCase.nullable().default(null),
    trailerPlate: Text.nullable().default(null),
    load: Load.default(noLoad),
    attempt: Attempt.nullable().default(null),
    /** Shapes of the curve a truck does not make. */
    curveFlags: z.array(CurveFlag).max(20).readonly().default([]),
    moments: z.array(Moment).max(60).readonly().default([]),
    pictures: z.array(Sha256).max(16).readonly(),
    /** The raw frames of the stable window, hex, oldest first; the last one is the recorded weight. */
    frames: z
      .array(z.string().regex(/^([0-9a-f]{2})+$/))
      .max(4000)
      .readonly(),
    /** SHA-256 of the whole crossing's curve as stored. */
    curveSha256: Sha256.nullable(),
    instrument: z
      .object({
        profile: Text,
        /** The protocol's options as JSON text: with them anyone can read the frames again. */
        options: z.string().max(4000).default('{}'),
        unit: z.enum(['kg', 't']),
        divisionKg: Kg,
        minKg: Kg,
        maxKg: Kg,
        verificationExpires: Text.nullable(),
      })
      .readonly(),
    operator: Text.nullable(),
  })
  .readonly();
export type WeighingBody = z.infer<typeof WeighingBody>;

export const EventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('store-created'),
    body: z.object({ stationName: Text, program: Text }).readonly(),
  }),
  z.object({ type: z.literal('program-started'), body: z.object({ program: Text }).readonly() }),
  z.object({ type: z.literal('program-stopped'), body: z.object({}).readonly() }),
  z.object({ type: z.literal('operator-signed-in'), body: z.object({ name: Text }).readonly() }),
  z.object({
    type: z.literal('settings-loaded'),
    /** The settings as used, as JSON text without secrets; null when they did not parse. */
    body: z
      .object({ settings: z.string().max(20_000).nullable(), problem: z.string().max(2000).nullable() })
      .readonly(),
  }),
  z.object({
    type: z.literal('vehicle-stated'),
    body: z
      .object({
        plate: Text,
        colour: PlateColour,
        facts: VehicleFacts,
        /** What was read off its papers in the same breath; null stays as it was. */
        papers: StatedPapers.default(noPapers),
        /** Of a tractor, the facts are those of the combination. Before this was said, an entry became a whole one. */
        unit: VehicleUnit.default('whole'),
        trailer: StatedTrailer.nullable().default(null),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('register-changed'),
    body: z
      .object({
        kind: RegisterKind,
        key: Text,
        /** As it is from now on; null when it was taken out. */
        now: RegisterEntry.nullable(),
        reason: Text,
        operator: Text.nullable(),
        /** Names the import this was part of. */
        importId: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('register-imported'),
    body: z
      .object({
        importId: Text,
        kind: RegisterKind,
        fileSha256: Sha256,
        added: z.int(),
        changed: z.int(),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('rule-set-loaded'),
    body: z
      .object({
        /** Its canonical bytes, as signed. */
        text: z.string().max(1_000_000),
        sha256: Sha256,
        /** The key whose signature was checked; of the program's own rules, the program that brought them. */
        signedBy: Text,
        from: z.enum(['file', 'platform', 'built-in']),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('rule-set-refused'),
    body: z
      .object({
        problem: Text,
        fileSha256: Sha256,
        from: z.enum(['file', 'platform']),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('instrument-changed'),
    /** The instrument's settings as JSON text, before and from now on. */
    body: z
      .object({
        before: z.string().max(8000).nullable(),
        now: z.string().max(8000),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('beams-changed'),
    /** The light barriers' settings as JSON text, before and from now on; null where there are none. */
    body: z
      .object({
        before: z.string().max(8000).nullable(),
        now: z.string().max(8000).nullable(),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('person-enrolled'),
    body: z.object({ name: Text, role: PersonRole, operator: Text.nullable() }).readonly(),
  }),
  z.object({
    type: z.literal('release-granted'),
    body: z
      .object({
        /** The refused weighing. */
        number: z.int(),
        kind: ReleaseKind,
        document: Text,
        validUntil: Day,
        /** Of the document. */
        picture: Sha256,
        /** What the permit itself permits, kg, and the vehicle it is for; null for an order. */
        permittedKg: Kg.nullable().default(null),
        permitPlate: Text.nullable().default(null),
        /** Who gave the order; null for a permit. */
        authority: Text.nullable().default(null),
        reason: Text,
        requestedBy: Text,
        approvedBy: Text,
      })
      .readonly(),
  }),
  z.object({ type: z.literal('weighing'), body: WeighingBody }),
  ...crossingBodies,
  ...amendmentBodies,
  ...keyBodies,
  ...assuranceBodies,
  ...pictureBodies,
  z.object({
    type: z.literal('paper-issued'),
    body: z
      .object({
        number: z.int(),
        kind: z.enum(['slip', 'refusal', 'release']),
        copy: z.int(),
        form: z.enum(['241x140', 'A4']),
        printer: Text.nullable(),
        failure: Text.nullable(),
        operator: Text.nullable(),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('clock-confirmed'),
    body: z.object({ behindMs: z.int(), operator: Text.nullable() }).readonly(),
  }),
]);
export type EventBody = z.infer<typeof EventBody>;
export type EventType = EventBody['type'];

const Envelope = z.object({
  v: z.literal(1),
  station: z.string().min(1).max(64),
  mode: z.enum(['real', 'drill']),
  sequence: z.int().min(1),
  timeMs: TimeMs,
  bootId: Text,
  /** Milliseconds on the monotonic clock since `bootId` began. */
  monotonicMs: z.int(),
  /** What keeps the wall clock: `ntp` when the operating system says it is synchronised, `free` when it says not. */
  clockSource: z.enum(['system', 'ntp', 'free']),
  /** How far the wall clock has moved against the monotonic one since the boot; null in records of program 0.1. */
  driftMs: z.int().nullable().default(null),
  /** Written so long after it happened, by the monotonic clock: the disk took nothing meanwhile. Else absent. */
  lateMs: z.int().min(1).exactOptional(),
});

/** One link of the chain. Its canonical text is what is hashed, stored, printed from and delivered. */
export const LedgerEvent = z.intersection(Envelope, EventBody);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type WeighingEvent = LedgerEvent & { readonly type: 'weighing' };
