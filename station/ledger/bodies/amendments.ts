import * as z from 'zod';
import { PlateColour } from '../../vehicles/plateColour.ts';
import { Kg, Operator, Sha256, Text, TimeMs } from './form.ts';

/** What of a record may be put right afterwards. A weight, a decision and a time are not among it. */
export const CorrectedField = z.enum([
  'plate',
  'trailerPlate',
  'goods',
  'shipper',
  'consignee',
  'destination',
  'contract',
  'driver',
  'loader',
]);
export type CorrectedField = z.infer<typeof CorrectedField>;

/** What is said later of a record: the record itself stays as it was written. */
export const amendmentBodies = [
  z.object({
    type: z.literal('weighing-voided'),
    body: z.object({ number: z.int().min(1), reason: Text.min(1), operator: Operator }).readonly(),
  }),
  z.object({
    type: z.literal('record-corrected'),
    body: z
      .object({
        number: z.int().min(1),
        field: CorrectedField,
        before: Text.nullable(),
        now: Text.nullable(),
        reason: Text.min(1),
        operator: Operator,
      })
      .readonly(),
  }),
  /** A weight typed by hand: no weighing number, no decision, no paper that opens anything. */
  z.object({
    type: z.literal('manual-weighing'),
    body: z
      .object({
        /** Counted apart from weighings: 1, 2, 3 … */
        manualNumber: z.int().min(1),
        /** When it is said to have been weighed. */
        weighedAtMs: TimeMs,
        plate: Text,
        colour: PlateColour,
        kind: z.enum(['tare', 'gross']),
        statedKg: Kg.min(1).max(1_000_000),
        /** Which scale or paper the figure was read from. */
        source: Text.min(1),
        reason: Text.min(1),
        picture: Sha256.nullable(),
        operator: Operator,
      })
      .readonly(),
  }),
] as const;
