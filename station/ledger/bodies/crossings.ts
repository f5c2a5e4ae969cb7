import * as z from 'zod';
import { restStates } from '../../weighing/scale.ts';
import { Kg, Operator, Sha256, Text } from './form.ts';

const Rest = z.enum(restStates);

/**
 * What a crossing ended in. `tare` is the empty truck; `maintenance` was said by a person while it stood there;
 * `unexplained` is everything that came, weighed and left without a record.
 */
export const CrossingOutcome = z.enum([
  'slip',
  'refusal',
  'tare',
  'cannot-decide',
  'maintenance',
  'unexplained',
]);
export type CrossingOutcome = z.infer<typeof CrossingOutcome>;

/** Every crossing above the minimum weight begins and is closed: nothing stands on the scale unseen. */
export const crossingBodies = [
  z.object({
    type: z.literal('crossing-begun'),
    body: z
      .object({
        crossingId: Text,
        lane: Text,
        kg: Kg,
        /** Where the scale rested before; null in records of before this was written. */
        from: Rest.nullable().default(null),
      })
      .readonly(),
  }),
  z.object({
    type: z.literal('crossing-closed'),
    body: z
      .object({
        crossingId: Text,
        outcome: CrossingOutcome,
        number: z.int().nullable(),
        plate: Text.nullable(),
        peakKg: Kg,
        durationMs: z.int().nullable(),
        /** True when the program stopped or lost the scale while the vehicle stood on it. */
        interrupted: z.boolean(),
        /** As it was known in the end: a long silence leaves nothing known. */
        from: Rest.nullable().default(null),
        /** `off-zero`: the scale did not return to zero before the next vehicle came. */
        to: z.enum(['zero', 'off-zero']).nullable().default(null),
        /** What a person said of it: why it was maintenance. */
        note: Text.nullable().default(null),
        operator: Operator.default(null),
        /** SHA-256 of the curve from the zero before to the zero after, as stored. */
        curveSha256: Sha256.nullable().default(null),
      })
      .readonly(),
  }),
  /** Said afterwards of a crossing that was closed unexplained; the crossing itself stays what it was. */
  z.object({
    type: z.literal('crossing-explained'),
    body: z
      .object({
        crossingId: Text,
        as: z.enum(['maintenance', 'weighed-otherwise', 'not-a-vehicle', 'drove-off', 'other']),
        note: Text.min(1),
        operator: Operator,
      })
      .readonly(),
  }),
] as const;
