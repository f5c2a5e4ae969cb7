import * as z from 'zod';
import { RegisterEntry, RegisterKind } from '../vehicles/register/entries.ts';
import { None, TimeMs } from './units.ts';

const Base64 = z.string().max(24_000_000);

/** One row of a spreadsheet that can't be taken, and why: the first row under the headings is 2. */
export const ImportProblem = z.object({
  row: z.int(),
  /** Name of the field; null when the whole row is meant. */
  field: z.string().nullable(),
  code: z.enum([
    'missing',
    'not-understood',
    'unknown-choice',
    'too-long',
    'out-of-range',
    'twice',
    'no-such-reference',
  ]),
  value: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

/** What an import would do; nothing was written yet. */
export const ImportPreview = z.object({
  previewId: z.string(),
  kind: RegisterKind,
  fileSha256: z.string(),
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  /** Rows with at least one problem: while there is one, nothing is imported. */
  badRows: z.int(),
  /** At most the first 500. */
  problems: z.array(ImportProblem),
  /** Headings of the file that no field has; their columns would be left out. */
  unknownHeadings: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

const Key = z.string().min(1).max(128);

export const registerCalls = {
  'register.list': {
    input: z.object({
      kind: RegisterKind,
      search: z.string().max(60),
      afterKey: z.string().max(128).nullable(),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({
      entries: z.array(z.object({ key: z.string(), entry: RegisterEntry })),
      more: z.boolean(),
      total: z.int(),
    }),
  },
  'register.put': {
    input: z.object({
      each: RegisterEntry,
      /** The key it had, when a person changed the name or plate itself; null for a new entry. */
      formerKey: Key.nullable(),
    }),
    output: z.object({ key: z.string() }),
  },
  'register.remove': {
    input: z.object({ kind: RegisterKind, key: Key, reason: z.string().trim().min(1).max(120) }),
    output: None,
  },
  /** Who changed an entry, when, and to what; the newest first. */
  'register.history': {
    input: z.object({ kind: RegisterKind, key: Key }),
    output: z.object({
      changes: z.array(
        z.object({
          timeMs: TimeMs,
          operator: z.string().nullable(),
          reason: z.string(),
          imported: z.boolean(),
          /** Read off its papers at the scale. */
          stated: z.boolean(),
          now: RegisterEntry.nullable(),
        }),
      ),
    }),
  },
  /** The tares weighed of a vehicle with each trailer it had, the newest first. */
  'register.tares': {
    input: z.object({ plate: z.string().max(20), colour: z.string().max(20) }),
    output: z.object({
      combinations: z.array(
        z.object({
          /** Null where no trailer was named. */
          trailerPlate: z.string().nullable(),
          tares: z.array(z.object({ kg: z.int(), number: z.int(), weighedAtMs: TimeMs })),
          /** The usual one, and the alarm when the newest lies beyond it. */
          usualKg: z.int().nullable(),
          driftKg: z.int().nullable(),
        }),
      ),
    }),
  },
  /** An Excel file of one list; `empty` gives the headings only, to fill in. */
  'register.export': {
    input: z.object({ kind: RegisterKind, empty: z.boolean() }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  },
  'register.preview': {
    input: z.object({ kind: RegisterKind, base64: Base64 }),
    output: ImportPreview,
  },
  /** Takes a previewed file, whole or not at all. */
  'register.import': {
    input: z.object({ previewId: z.string().max(64) }),
    output: z.object({ added: z.int(), changed: z.int() }),
  },
  /** Keeps a picture of a paper (JPEG), to be named by its hash in an entry. */
  'picture.keep': {
    input: z.object({ base64: z.string().max(12_000_000) }),
    output: z.object({ sha256: z.string() }),
  },
} as const;
