import * as z from 'zod';
import { None } from './units.ts';

/** A line as the installer names it; the station checks it against its own schema. */
export const LineInput = z.record(z.string(), z.unknown());

/** The instrument part of the settings as typed; wrong fields come back by name. */
export const InstrumentInput = z.record(z.string(), z.unknown());

/** Another addressed indicator on the same cable, as typed. */
export const NeighbourInput = z.object({ name: z.string(), instrument: InstrumentInput });
export type NeighbourInput = z.infer<typeof NeighbourInput>;

export const FieldProblem = z.object({ field: z.string(), problem: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

export const PortView = z.object({
  path: z.string(),
  /** USB identity: the adapter is found again by it, whatever socket it is plugged into. */
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  serialNumber: z.string().nullable(),
  maker: z.string().nullable(),
});
export type PortView = z.infer<typeof PortView>;

export const ProfileView = z.object({
  id: z.string(),
  labelZh: z.string(),
  labelEn: z.string(),
  makers: z.array(z.string()),
  mode: z.enum(['stream', 'poll', 'modbus']),
  directionAmbiguous: z.boolean(),
  baudRates: z.array(z.int()),
  framings: z.array(z.string()),
});
export type ProfileView = z.infer<typeof ProfileView>;

export const CandidateView = z.object({
  profile: z.string(),
  labelZh: z.string(),
  labelEn: z.string(),
  baudRate: z.int().nullable(),
  framing: z.string().nullable(),
  good: z.int(),
  bad: z.int(),
  coveredPercent: z.int(),
  selfFraming: z.enum(['checksum', 'fixed-form', 'weak']),
  directionAmbiguous: z.boolean(),
  shows: z.string().nullable(),
  /** A Modbus device that answers, and refuses what it was asked: its exception code. */
  exception: z.int().nullable(),
});
export type CandidateView = z.infer<typeof CandidateView>;

/** Another addressed indicator on the same cable. */
export const NeighbourLive = z.object({
  name: z.string(),
  address: z.string(),
  state: z.enum(['connecting', 'open', 'down']),
  detail: z.string(),
  kg: z.number().nullable(),
  framesPerSecond: z.number(),
  asked: z.int(),
  answered: z.int(),
  silent: z.int(),
  unreadable: z.int(),
  disturbed: z.int(),
  late: z.int(),
});

/** Why bytes that came are no weight. */
export const RejectReason = z.enum([
  /** The bytes fit, their sum does not. */
  'checksum',
  /** A frame began and a byte did not fit its place. */
  'form',
  /** Bytes outside any frame. */
  'noise',
  /** The stream ended inside a frame. */
  'incomplete',
  /** A unit that is not a legal unit of weight here: lb, oz, pieces. */
  'unit',
  /** Above the range, without a number. */
  'overload-blank',
  /** Below the range, without a number. */
  'underload-blank',
  /** No checksum and no second frame that says the same yet. */
  'unconfirmed',
  /** A good frame about something else: tare, handshake, preset. */
  'not-weight',
  /** A good frame of another instrument on the line. */
  'address',
  /** A number with more digits than the verified ones. */
  'expanded',
  /** A frozen number: hold, peak. */
  'hold',
  /** The instrument did not accept the request. */
  'refused',
  /** The instrument says that it is out of order. */
  'indicator-error',
]);
export type RejectReason = z.infer<typeof RejectReason>;

/** What the indicator shows that its settings do not say; `detail` names both, in no language. */
export const Disagreement = z
  .object({ kind: z.enum(['unit', 'decimals', 'division', 'net']), detail: z.string() })
  .readonly();
export type Disagreement = z.infer<typeof Disagreement>;

export const InstrumentLive = z.object({
  /** `own`: the configured instrument weighs; `try`: one is being tried and nothing is weighed. */
  source: z.enum(['none', 'own', 'try']),
  line: z.string(),
  state: z.enum(['connecting', 'open', 'down']),
  detail: z.string(),
  framesPerSecond: z.number(),
  valid: z.int(),
  disagreeing: z.int(),
  /** Rejected pieces by reason; reasons that never came are left out. */
  rejected: z.array(z.object({ reason: RejectReason, count: z.int() })),
  /** Of a Modbus device that refuses just now: its exception code. */
  exception: z.int().nullable(),
  shows: z.string().nullable(),
  kg: z.number().nullable(),
  fault: Disagreement.nullable(),
  /** The last bytes as they came, newest last. */
  bytes: z.array(z.object({ afterMs: z.int(), hex: z.string() })),
  neighbours: z.array(NeighbourLive),
});
export type NeighbourLive = z.infer<typeof NeighbourLive>;
export type InstrumentLive = z.infer<typeof InstrumentLive>;

export const instrumentCalls = {
  'instrument.ports': { input: None, output: z.object({ ports: z.array(PortView) }) },
  'instrument.profiles': { input: None, output: z.object({ profiles: z.array(ProfileView) }) },
  /** The instrument as configured; null when none is. */
  'instrument.get': {
    input: None,
    output: z.object({
      instrument: InstrumentInput.nullable(),
      neighbours: z.array(NeighbourInput),
      file: z.string(),
    }),
  },
  'instrument.live': { input: None, output: InstrumentLive },
  /** Listens on a line for what speaks there; nothing is weighed meanwhile. */
  'instrument.detect': { input: z.object({ line: LineInput }), output: None },
  'instrument.found': {
    input: None,
    output: z.object({
      running: z.boolean(),
      /** What is being listened to right now. */
      at: z.string().nullable(),
      /** The how manieth setting of the line that is, and of how many. */
      nth: z.int(),
      of: z.int(),
      /** Bytes heard so far, at any setting. A line on which somebody sends brings some at every one. */
      bytes: z.int(),
      problem: z.string().nullable(),
      candidates: z.array(CandidateView),
    }),
  },
  /** Reads with these settings without weighing anything; ends by itself after two minutes. */
  'instrument.try': {
    input: z.object({ instrument: InstrumentInput }),
    output: z.object({ problems: z.array(FieldProblem) }),
  },
  /** Options of the `custom` profile that the bytes heard just now suggest; null where none show. */
  'instrument.suggest': {
    input: None,
    output: z.object({ options: z.record(z.string(), z.unknown()).nullable() }),
  },
  /** Back to the configured instrument. */
  'instrument.stop': { input: None, output: None },
  /** Writes the settings file and starts anew with it. Not while a vehicle stands on the scale. */
  'instrument.save': {
    input: z.object({
      instrument: InstrumentInput,
      neighbours: z.array(NeighbourInput).max(15),
      confirmed: z.literal(true),
    }),
    output: z.object({ problems: z.array(FieldProblem) }),
  },
  'instrument.report': {
    input: z.object({ installer: z.string().trim().min(1).max(40) }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  },
} as const;
