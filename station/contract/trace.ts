import * as z from 'zod';
import { CrossingRow } from './records.ts';
import { Kg, TimeMs } from './units.ts';

/** How a passage came to be found: by the plate as recorded, by another name of it, or by one close to it. */
export const FoundBy = z.enum(['recorded', 'corrected', 'trailer', 'camera', 'near', 'part', 'slip']);
export type FoundBy = z.infer<typeof FoundBy>;

export const TraceQuery = z.object({
  by: z.enum(['plate', 'slip', 'driver', 'consignee']),
  /** A plate, part of one, or one with `?` for what could not be read; a slip's number or the text of its code. */
  text: z.string().trim().min(1).max(4000),
  /** When it was seen on the road; null for whenever. */
  atMs: TimeMs.nullable(),
  /** So far before and after it. */
  windowMs: z.int().min(0).max(200_000_000_000),
  /** Also plates that differ by one misread character. */
  near: z.boolean(),
});
export type TraceQuery = z.infer<typeof TraceQuery>;

export const TraceHit = z.object({
  number: z.int(),
  displayNumber: z.string(),
  timeMs: TimeMs,
  kind: z.enum(['tare', 'gross']),
  plate: z.string(),
  /** What the plate was corrected to; null where it was not. */
  plateNow: z.string().nullable(),
  trailerPlate: z.string().nullable(),
  driver: z.string().nullable(),
  goods: z.string().nullable(),
  consignee: z.string().nullable(),
  weighedKg: Kg,
  netKg: Kg.nullable(),
  outcome: z.enum(['allow', 'refuse', 'cannot-decide']).nullable(),
  voided: z.boolean(),
  how: FoundBy,
  /** The name it was found by. */
  matched: z.string(),
  /** How far from the time asked for; null without one. */
  apartMs: z.int().nullable(),
});
export type TraceHit = z.infer<typeof TraceHit>;

/** What still holds of a record, made out again from the stored bytes just now. */
export const Recheck = z.object({
  number: z.int(),
  /** Its hash and the one it follows. */
  link: z.boolean(),
  signature: z.enum(['holds', 'wrong', 'unsigned', 'unknown-key', 'revoked-key']),
  keyId: z.string().nullable(),
  /** The weight read again from the indicator's own last frame. */
  weight: z.enum(['same', 'differs', 'cannot']),
  readKg: z.number().nullable(),
  /** The decision made again from its stored case and the rules it names; `none` for a tare. */
  decision: z.enum(['same', 'differs', 'cannot', 'none']),
  changed: z.array(z.string()),
  /** All that is evidence of it; `removed` by retention, as the ledger says. */
  pictures: z.object({ named: z.int(), kept: z.int(), removed: z.int() }),
  curve: z.enum(['kept', 'missing', 'none']),
});
export type Recheck = z.infer<typeof Recheck>;

const Entry = z.record(z.string(), z.unknown());

/** What the register and the ledger know around one passage; the passage itself is `passages.detail`. */
export const TraceAround = z.object({
  number: z.int(),
  station: z.object({ id: z.string(), name: z.string() }),
  tareNumber: z.int().nullable(),
  check: Recheck,
  tareCheck: Recheck.nullable(),
  crossing: CrossingRow.nullable(),
  /** The vehicle's and the driver's entries as they are now. */
  vehicle: Entry.nullable(),
  driver: Entry.nullable(),
});
export type TraceAround = z.infer<typeof TraceAround>;

/** Set by an inspector's line, whatever its page says: what it takes is not the operator's doing. */
export const Inspecting = z.boolean().optional();

export const traceCalls = {
  /** 倒查: which passages a truck found on the road may be of; nearest first. */
  'trace.find': { input: TraceQuery, output: z.object({ hits: z.array(TraceHit), more: z.boolean() }) },
  'trace.around': { input: z.object({ number: z.int() }), output: TraceAround },
  /** The trace report as a file; `print` also prints it. Either way it is written down that it was given out. */
  'trace.report': {
    input: z.object({ number: z.int(), print: z.boolean(), inspecting: Inspecting }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  },
} as const;
