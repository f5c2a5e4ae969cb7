import * as z from 'zod';
import { Day } from '../vehicles/credentials.ts';
import { None } from './units.ts';

/** The whole evidence of one weighing, or of a period of Chinese days, both included. */
export const EvidenceSubject = z.union([
  z.strictObject({ number: z.int().min(1) }),
  z.strictObject({ from: Day, to: Day }),
]);
export type EvidenceSubject = z.infer<typeof EvidenceSubject>;

const FileName = z
  .string()
  .max(120)
  .regex(/^evidence-[A-Za-z0-9-]+\.zip$/);

/** What became of the bundle that was asked for last. */
export const EvidenceState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('working'), fileName: FileName }),
  z.object({
    kind: z.literal('made'),
    fileName: FileName,
    bytes: z.int(),
    sha256: z.string(),
    weighings: z.int(),
    /** Files the records name and the station does not have any more. */
    missing: z.int(),
    /** Where it lies on the station's computer. */
    place: z.string(),
  }),
  z.object({
    kind: z.literal('failed'),
    fileName: FileName,
    code: z.enum(['no-such-passage', 'nothing-in-period', 'not-exported']),
    detail: z.string(),
  }),
]);
export type EvidenceState = z.infer<typeof EvidenceState>;

export const evidenceCalls = {
  /** Begins to write a bundle into `exports/`; that it was made is in the ledger. One at a time. */
  'evidence.make': { input: EvidenceSubject, output: z.object({ fileName: FileName }) },
  'evidence.state': { input: None, output: EvidenceState },
  /** The bundle made last, piece by piece; empty at its end. */
  'evidence.chunk': {
    input: z.object({ fileName: FileName, offset: z.int().min(0) }),
    output: z.object({ base64: z.string() }),
  },
} as const;
