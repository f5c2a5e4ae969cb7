import * as z from 'zod';
import { CorrectedField } from '../ledger/bodies/amendments.ts';
import { CrossingOutcome } from '../ledger/bodies/crossings.ts';
import { KeyReason } from '../ledger/bodies/keys.ts';
import { Shot } from '../ledger/bodies/pictures.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { Kg, None, TimeMs } from './units.ts';

export { CorrectedField, CrossingOutcome };

const Said = z.string().trim().min(2).max(500);
/** Who says so, where it is not the operator at the desk. */
const By = z.string().trim().min(1).max(40).optional();

export const explanations = [
  'maintenance',
  'weighed-otherwise',
  'not-a-vehicle',
  'drove-off',
  'other',
] as const;

/** One crossing: what came, when it left, and what it ended in; `outcome` null while it stands there. */
export const CrossingRow = z.object({
  crossingId: z.string(),
  sequence: z.int(),
  begunMs: TimeMs.nullable(),
  closedMs: TimeMs.nullable(),
  outcome: CrossingOutcome.nullable(),
  number: z.int().nullable(),
  plate: z.string().nullable(),
  peakKg: Kg,
  interrupted: z.boolean(),
  note: z.string().nullable(),
  explained: z
    .object({
      as: z.enum(explanations),
      note: z.string(),
      operator: z.string().nullable(),
      timeMs: TimeMs,
    })
    .nullable(),
});
export type CrossingRow = z.infer<typeof CrossingRow>;

/** What was said of a record after it was written. */
export const Amendments = z.object({
  voided: z.object({ timeMs: TimeMs, reason: z.string(), operator: z.string().nullable() }).nullable(),
  corrections: z.array(
    z.object({
      timeMs: TimeMs,
      field: CorrectedField,
      before: z.string().nullable(),
      now: z.string().nullable(),
      reason: z.string(),
      operator: z.string().nullable(),
    }),
  ),
});
export type Amendments = z.infer<typeof Amendments>;

export const ManualRow = z.object({
  manualNumber: z.int(),
  timeMs: TimeMs,
  weighedAtMs: TimeMs,
  plate: z.string(),
  colour: PlateColour,
  kind: z.enum(['tare', 'gross']),
  statedKg: Kg,
  source: z.string(),
  reason: z.string(),
  operator: z.string().nullable(),
  /** What the lane's cameras gave while it was typed; null while nothing is written of it. */
  shots: z.array(Shot).nullable(),
});
export type ManualRow = z.infer<typeof ManualRow>;

export const KeyView = z.object({
  keyId: z.string(),
  publicKey: z.string(),
  /** SHA-256 of the public key's bytes, hex: what people compare. Its first 16 digits are the id. */
  fingerprint: z.string(),
  fromMs: TimeMs,
  /** Why it took the place of the one before; only a `rotation` is vouched for by that one. */
  reason: KeyReason,
  /** The one this station signs with now. */
  current: z.boolean(),
  revokedSinceMs: TimeMs.nullable(),
});
export type KeyView = z.infer<typeof KeyView>;

/**
 * Where the secret lies that opens the station's key: in the operating system's own store, in a file of the account,
 * or given by whoever starts the program (a service's credential, an environment variable).
 */
export const SecretPlace = z.enum(['os-store', 'file', 'given']);
export type SecretPlace = z.infer<typeof SecretPlace>;

/** Why this station cannot sign as itself. */
export const KeyTrouble = z.object({
  kind: z.enum(['unreadable', 'not-written', 'store-closed', 'unknown-key', 'revoked-key']),
  detail: z.string(),
});
export type KeyTrouble = z.infer<typeof KeyTrouble>;

export const recordsCalls = {
  /** What stands on the scale is no truck to weigh. */
  'crossing.maintenance': { input: z.object({ crossingId: z.string(), note: Said }), output: None },
  'crossings.list': {
    input: z.object({
      beforeSequence: z.int().nullable(),
      limit: z.int().min(1).max(200),
      /** Those that ended unexplained and that nobody has explained since. */
      unexplainedOnly: z.boolean(),
    }),
    output: z.object({ rows: z.array(CrossingRow), more: z.boolean(), unexplained: z.int() }),
  },
  'crossing.explain': {
    input: z.object({ crossingId: z.string(), as: z.enum(explanations), note: Said, by: By }),
    output: None,
  },
  /** The record stays; its slip is void from now on, and no further copy is printed. */
  'weighing.void': { input: z.object({ number: z.int(), reason: Said, by: By }), output: None },
  'record.correct': {
    input: z.object({
      number: z.int(),
      field: CorrectedField,
      now: z.string().trim().max(80).nullable(),
      reason: Said,
      by: By,
    }),
    output: None,
  },
  /** A weight typed by hand: a record of its own kind, without a decision and without a slip. */
  'manual.put': {
    input: z.object({
      weighedAtMs: TimeMs,
      plate: z.string().min(1).max(20),
      colour: PlateColour,
      kind: z.enum(['tare', 'gross']),
      statedKg: Kg.min(1).max(1_000_000),
      source: Said,
      reason: Said,
      by: By,
    }),
    output: z.object({ manualNumber: z.int() }),
  },
  'manual.list': {
    input: z.object({ limit: z.int().min(1).max(200) }),
    output: z.object({ rows: z.array(ManualRow) }),
  },
  'keys.list': {
    input: None,
    output: z.object({
      /** Oldest first. */
      keys: z.array(KeyView),
      /** Null while it cannot be told: the store that holds the secret does not open. */
      secret: SecretPlace.nullable(),
      trouble: KeyTrouble.nullable(),
    }),
  },
  /**
   * What whoever checks papers on the road needs: the signed list of keys and voids, or the offline page with it
   * inside.
   */
  'keys.publish': {
    input: z.object({ what: z.enum(['list', 'page']) }),
    output: z.object({ fileName: z.string(), text: z.string(), asOfMs: TimeMs, voided: z.int() }),
  },
  /**
   * Signs with a new key from now on. `rotation` is vouched for by the key before; `lost` and `new-computer` are
   * not, and everyone who checks the ledger sees so.
   */
  'key.introduce': {
    input: z.object({ reason: z.enum(['rotation', 'lost', 'new-computer']), by: By }),
    output: z.object({ keyId: z.string() }),
  },
  'key.revoke': {
    input: z.object({ keyId: z.string(), sinceMs: TimeMs, reason: Said, by: By }),
    output: None,
  },
} as const;
