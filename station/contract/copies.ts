import * as z from 'zod';
import { None, TimeMs } from './units.ts';

/** Why a folder, disk or stick did not take what it was given; `detail` is technical. */
export const PlaceProblemView = z.object({
  kind: z.enum(['missing', 'full', 'read-only', 'slow', 'damaged', 'failed']),
  detail: z.string(),
});
export type PlaceProblemView = z.infer<typeof PlaceProblemView>;

/** Where the ledger's head is laid down outside, and where its backups lie. */
export const CopiesView = z.object({
  anchors: z.array(
    z.object({
      place: z.string(),
      laid: z.object({ sequence: z.int(), atMs: TimeMs }).nullable(),
      problem: PlaceProblemView.nullable(),
      /** On the records' own disk: it dies with them. */
      sameDisk: z.boolean(),
    }),
  ),
  /** The head that the last shift report prints. */
  printed: z.object({ sequence: z.int(), atMs: TimeMs }).nullable(),
  backups: z.array(
    z.object({
      place: z.string(),
      running: z.boolean(),
      made: z
        .object({
          ...{ atMs: TimeMs, headSequence: z.int(), bytes: z.int(), pictures: z.int() },
          /** The clock stood behind then: its time is not to be relied on. */
          clockBehind: z.boolean(),
        })
        .nullable(),
      problem: PlaceProblemView.nullable(),
      sameDisk: z.boolean(),
    }),
  ),
  /** The furthest event the platform acknowledged; null without one. */
  platformSequence: z.int().nullable(),
  headSequence: z.int(),
  /** What somebody outside knows of this ledger that the store here does not bear out. */
  contradiction: z
    .object({
      place: z.string(),
      kind: z.enum(['ahead', 'unlike']),
      /** Events from here on are missing or others than they were. */
      fromSequence: z.int(),
      toSequence: z.int(),
      untilMs: TimeMs,
    })
    .nullable(),
});
export type CopiesView = z.infer<typeof CopiesView>;

export const copiesCalls = {
  'copies.get': { input: None, output: CopiesView },
  /** Signs the head as it is now and lays it down at every place. */
  'copies.checkpoint': { input: None, output: None },
  /** Begins a backup to every configured place, or to one of them; `copies.get` says how it ended. */
  'copies.backup': { input: z.object({ place: z.string().max(400).nullable() }), output: None },
  /** A person takes note that events known elsewhere are lost; the ledger goes on and says so. */
  'copies.accept-loss': { input: z.object({ reason: z.string().trim().min(2).max(200) }), output: None },
} as const;
