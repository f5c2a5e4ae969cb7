import * as z from 'zod';
import { PlateColour } from '../../vehicles/plateColour.ts';
import { Operator, Sha256, Text, TimeMs } from './form.ts';

/** What a camera looks at; a `plate` is the crop a plate camera makes itself. */
export const PictureView = z.enum(['front', 'rear', 'side', 'top', 'scale-house', 'plate']);
export type PictureView = z.infer<typeof PictureView>;

/** One camera's picture of the moment a weight was saved, or why there is none. */
export const Shot = z
  .object({
    camera: Text,
    view: PictureView,
    /** Of the original bytes; null when it was missed. */
    sha256: Sha256.nullable(),
    missed: Text.nullable(),
    /** How long after the record was written it was here. */
    afterMs: z.int().min(0),
  })
  .readonly();
export type Shot = z.infer<typeof Shot>;

/**
 * What a plate seen at the exit belongs to. `slip` and `released` may leave, `empty` carries nothing; everything else
 * stands out.
 */
export const ExitFound = z.enum([
  'slip',
  'released',
  'empty',
  'refused',
  'no-decision',
  'voided',
  'slip-expired',
  'not-weighed',
]);
export type ExitFound = z.infer<typeof ExitFound>;

export const pictureBodies = [
  z.object({
    type: z.literal('cameras-changed'),
    /** The cameras' settings as JSON text, before and from now on; no password is ever in them. */
    body: z
      .object({ before: z.string().max(20_000), now: z.string().max(20_000), operator: Operator })
      .readonly(),
  }),
  /** Follows its weighing: a record never waits for a camera. */
  z.object({
    type: z.literal('pictures-taken'),
    body: z
      .object({ number: z.int().min(1), crossingId: Text, shots: z.array(Shot).max(16).readonly() })
      .readonly(),
  }),
  z.object({
    type: z.literal('pictures-removed'),
    body: z
      .object({
        why: z.enum(['age', 'quota']),
        /** All of them were kept before this time. */
        beforeMs: TimeMs,
        pictures: z.int(),
        bytes: z.int(),
        /** SHA-256 over their hashes in order, a line each. */
        listSha256: Sha256,
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('exit-seen'),
    body: z
      .object({
        camera: Text,
        plate: Text,
        colour: PlateColour,
        found: ExitFound,
        /** The weighing it was matched to. */
        number: z.int().nullable(),
        pictures: z.array(Sha256).max(8).readonly(),
      })
      .readonly(),
  }),
] as const;
