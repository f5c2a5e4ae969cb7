import * as z from 'zod';
import { Recheck } from './trace.ts';
import { None, Sha256, TimeMs } from './units.ts';

const Span = z.object({ first: z.int(), last: z.int() });

/** A backup that was put back, or a loss that was accepted. */
export const RestoreRow = z.object({
  sequence: z.int(),
  timeMs: TimeMs,
  /** Names the branch of the ledger that begins there. */
  epoch: z.int(),
  from: z.string(),
  operator: z.string().nullable(),
  /** The last event both branches share, and when it was; null where it is none. */
  headSequence: z.int(),
  headTimeMs: TimeMs.nullable(),
  /** Events of the branch that was given up, as far as anybody knew it; null where nothing is known to be lost. */
  lostEvents: Span.nullable(),
  /** Weighing numbers given out there, never to be given out again. */
  lostNumbers: Span.nullable(),
  /** Events that no key had signed, put back on a person's word. */
  unsigned: z.int(),
});
export type RestoreRow = z.infer<typeof RestoreRow>;

/** What stands in the books today, counted beside the weighing and never in its way. */
export const InspectionFigures = z.object({
  asOfMs: TimeMs,
  head: z.object({ sequence: z.int(), hash: z.string(), timeMs: TimeMs }),
  /** The end of the chain, checked just now; `fault` names the first thing that does not hold. */
  tail: z.object({ checked: z.int(), fault: z.string().nullable() }),
  weighings: z.int(),
  lastNumber: z.int(),
  /** Weighing numbers that are nowhere, and that no restore says were lost, the first 100. */
  missingNumbers: z.array(z.int()),
  restores: z.array(RestoreRow),
  crossings: z.int(),
  unexplained: z.int(),
  voids: z.int(),
  corrections: z.int(),
  manual: z.int(),
  releases: z.int(),
  clockSteps: z.object({ count: z.int(), largestMs: z.int() }),
  oldestRecordMs: TimeMs.nullable(),
  /** The oldest weighing within the retention time that names a picture. */
  oldestPicture: z.object({ number: z.int(), timeMs: TimeMs, kept: z.boolean() }).nullable(),
});
export type InspectionFigures = z.infer<typeof InspectionFigures>;

export const InspectionState = z.object({
  retention: z.object({ recordMonths: z.int(), pictureMonths: z.int() }),
  verification: z.object({
    expires: z.string().nullable(),
    state: z.enum(['valid', 'expired', 'not-stated']),
  }),
  ruleSets: z.array(
    z.object({ id: z.string(), version: z.int(), sha256: Sha256, title: z.string(), from: z.string() }),
  ),
  keyId: z.string().nullable(),
  /** What an anchor or the platform knows of this ledger and the store does not bear out; null where all agrees. */
  contradiction: z.string().nullable(),
  sync: z.object({
    state: z.string(),
    waiting: z.int(),
    setAside: z.int(),
    lastDeliveredAtMs: TimeMs.nullable(),
  }),
});
export type InspectionState = z.infer<typeof InspectionState>;

/** The whole chain, checked link by link in a thread of its own. */
export const ChainProgress = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('running'), taken: z.int(), total: z.int() }),
  z.object({
    state: z.literal('done'),
    endedMs: TimeMs,
    events: z.int(),
    weighings: z.int(),
    signatures: z.int(),
    headSequence: z.int(),
    headHash: z.string(),
    /** The first thing that does not hold; null when everything does. */
    fault: z.string().nullable(),
  }),
]);
export type ChainProgress = z.infer<typeof ChainProgress>;

export const SampleRow = z.object({
  check: Recheck,
  timeMs: TimeMs,
  kind: z.enum(['tare', 'gross']),
  plate: z.string(),
  weighedKg: z.int(),
  outcome: z.string().nullable(),
  voided: z.boolean(),
  /** Anything of it that does not hold. */
  doubtful: z.boolean(),
});
export type SampleRow = z.infer<typeof SampleRow>;

export const Seed = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);

export const inspectionCalls = {
  'inspection.look': {
    input: None,
    output: z.object({ figures: InspectionFigures, state: InspectionState }),
  },
  /** Starts checking the whole chain, or goes on with what is under way. */
  'inspection.check': { input: None, output: ChainProgress },
  'inspection.progress': { input: None, output: ChainProgress },
  /** Rows at random; with the same seed and the same number of weighings, the same rows. */
  'inspection.sample': {
    input: z.object({ count: z.int().min(1).max(50), seed: Seed.nullable() }),
    output: z.object({ seed: z.string(), among: z.int(), rows: z.array(SampleRow) }),
  },
  /**
   * Looks at everything once more, signs what was found and prints it. The one thing an inspector adds to the
   * ledger: that the inspection took place.
   */
  'inspection.sign': {
    input: z.object({
      inspector: z.string().trim().min(1).max(80),
      remark: z.string().trim().max(500),
      count: z.int().min(1).max(50),
      seed: Seed,
    }),
    output: z.object({
      sha256: Sha256,
      found: z.int(),
      fileName: z.string(),
      base64: z.string(),
      json: z.string(),
      /** Why it is not on paper; null when it is, or when papers are only kept. */
      notPrinted: z.string().nullable(),
    }),
  },
  /** Makes this screen an inspector's: it can look at everything and change nothing. A login as inspector stays one. */
  'inspection.mode': { input: z.object({ on: z.boolean() }), output: z.object({ on: z.boolean() }) },
} as const;
