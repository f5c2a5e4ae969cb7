import * as z from 'zod';
import { Operator, Sha256, Text, TimeMs } from './form.ts';

/** What keeps the ledger itself honest: its clock, its anchors, its copies, and who looked at it. */
export const assuranceBodies = [
  z.object({
    type: z.literal('clock-stepped'),
    body: z
      .object({
        /** How far the wall clock moved against the monotonic one; positive is forward. */
        byMs: z.int(),
      })
      .readonly(),
  }),
  /** The disk took no record, from `lateMs` before this on; what happened meanwhile follows. */
  z.object({
    type: z.literal('writing-failed'),
    body: z
      .object({
        problem: Text,
        /** What came after more was kept than the memory may hold, and is lost. */
        dropped: z.int().min(0),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('checkpoint'),
    body: z
      .object({
        why: z.enum(['time', 'shift', 'stop', 'asked', 'backup']),
        operator: Operator,
        /** Of the restore this checkpoint stands behind; 0 before any. */
        epoch: z.int().min(0).default(0),
        /** The last weighing number given out, restored losses included; null in records without one. */
        number: z.int().min(0).nullable().default(null),
      })
      .readonly(),
  }),
  /** The chain's head could not be laid down outside; the place is tried again at the next checkpoint. */
  z.object({
    type: z.literal('anchor-failed'),
    body: z.object({ place: Text, problem: Text }).readonly(),
  }),
  z.object({
    type: z.literal('shift-closed'),
    body: z
      .object({
        fromMs: TimeMs,
        toMs: TimeMs,
        operator: Operator,
        next: Operator,
        /** Figures of the shift report as JSON text, as printed. */
        figures: z.string().max(8000),
        /** As of a checkpoint: the report prints this event's hash, and whoever holds it holds an anchor. */
        epoch: z.int().min(0).default(0),
        number: z.int().min(0).nullable().default(null),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('backup-made'),
    body: z
      .object({
        ...{ place: Text, headSequence: z.int(), headHash: Sha256, bytes: z.int(), pictures: z.int() },
        /** How far the clock stood behind when it was made; its time is then no one's word. */
        clockBehindMs: z.int().min(0).default(0),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('backup-failed'),
    body: z.object({ place: Text, problem: Text }).readonly(),
  }),
  /** The first event after a backup was put back: whatever came after its head elsewhere is lost, and said so. */
  z.object({
    type: z.literal('store-restored'),
    body: z
      .object({
        from: Text,
        /**
         * Names the branch that begins after `headSequence`: one more than any that is known. Sequences are used
         * again after a restore; epoch and sequence together name an event for good.
         */
        epoch: z.int().min(1).default(1),
        headSequence: z.int(),
        headHash: Sha256,
        /** The furthest head that an anchor or the platform knows of; null when none is known beyond the backup. */
        lostTo: z.object({ sequence: z.int(), hash: Sha256 }).readonly().nullable(),
        /** Weighing numbers up to this one were given out elsewhere and are never given out again. */
        numbersUsedTo: z.int().min(0).nullable().default(null),
        /** Events at the end of the backup that no key had signed, taken over on a person's word. */
        unsigned: z.int().min(0).default(0),
        operator: Operator,
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('console-session'),
    body: z
      .object({
        what: z.enum(['opened', 'refused']),
        role: z.enum(['desk', 'loader', 'inspector']).nullable(),
        from: Text,
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('inspection'),
    body: z
      .object({
        inspector: Text,
        /** The signed summary as given out, its canonical text. */
        summarySha256: Sha256,
        sampled: z.array(z.int()).max(100).readonly(),
        found: z.int(),
      })
      .readonly(),
  }),
  /** Records given out: who took which, so that what left the yard is known. */
  z.object({
    type: z.literal('evidence-exported'),
    body: z
      .object({
        what: z.enum(['bundle', 'trace', 'gate-ledger', 'backup']),
        numbers: Text,
        sha256: Sha256,
        operator: Operator,
      })
      .readonly(),
  }),
] as const;
