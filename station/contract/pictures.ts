import * as z from 'zod';
import { ExitExplanation, ExitFound, PictureView, Shot, missedReasons } from '../ledger/bodies/pictures.ts';
import { Day } from '../vehicles/credentials.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { None } from './units.ts';

export { ExitExplanation, ExitFound, PictureView, Shot, missedReasons };

/** Why a sighting that stood out does so no longer. */
const Settled = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('person'),
    as: ExitExplanation,
    note: z.string(),
    operator: z.string().nullable(),
    timeMs: z.int(),
  }),
  /** A plate was read after all, a moment later. */
  z.object({ by: z.literal('reading'), plate: z.string().nullable(), sequence: z.int() }),
]);

/** One vehicle seen at the exit. */
export const ExitRow = z.object({
  sequence: z.int(),
  /** When it was written down; `seenMs` is when it stood there. */
  timeMs: z.int(),
  seenMs: z.int(),
  late: z.boolean(),
  camera: z.string(),
  plate: z.string().nullable(),
  colour: PlateColour,
  rearPlate: z.string().nullable(),
  found: ExitFound,
  probably: z.boolean(),
  suspicious: z.boolean(),
  /** The first sighting of a truck that still stands there. */
  again: z.int().nullable(),
  number: z.int().nullable(),
  pictures: z.array(z.string()),
  settled: Settled.nullable(),
});
export type ExitRow = z.infer<typeof ExitRow>;

/** What a camera told late of a weighing. */
export const LatePlateRow = z.object({
  sequence: z.int(),
  camera: z.string(),
  end: z.enum(['front', 'rear']),
  plate: z.string().nullable(),
  colour: PlateColour,
  percent: z.int().nullable(),
  rearPlate: z.string().nullable(),
  /** By the camera's own clock, and put right. */
  deviceMs: z.int().nullable(),
  seenMs: z.int(),
  receivedMs: z.int(),
  lateMs: z.int(),
  pictures: z.array(z.string()),
  /** Held against the plates the record goes by now. */
  says: z.enum(['same', 'other', 'unread']),
});
export type LatePlateRow = z.infer<typeof LatePlateRow>;

export const picturesCalls = {
  'exits.list': {
    input: z.object({
      beforeSequence: z.int().nullable(),
      limit: z.int().min(1).max(200),
      /** `open` stands out and nobody has explained it; `suspicious` stood out, explained or not. */
      show: z.enum(['open', 'suspicious', 'all']),
      found: ExitFound.nullable(),
      /** All or part of a plate, of either end. */
      plate: z.string().trim().max(20).nullable(),
      /** By when it stood there; days of China, both included. */
      from: Day.nullable(),
      to: Day.nullable(),
    }),
    output: z.object({ rows: z.array(ExitRow), more: z.boolean(), open: z.int() }),
  },
  'exit.explain': {
    input: z.object({
      sequence: z.int().min(1),
      as: ExitExplanation,
      note: z.string().trim().min(2).max(500),
    }),
    output: None,
  },
} as const;
