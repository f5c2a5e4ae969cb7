import * as z from 'zod';
import { TransportConfig } from './transportConfig.ts';

const divisionsOfMinimum = 20;

/** Whether `YYYY-MM-DD` is a day that exists. */
function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** One weighing instrument as its plate and its verification certificate describe it. */
export const IndicatorConfig = z
  .strictObject({
    profile: z.literal('yaohua-continuous'),
    transport: TransportConfig,
    /** The unit the indicator shows: its bytes do not say. */
    unit: z.enum(['kg', 't']).default('kg'),
    divisionKg: z.int().min(1).max(1000),
    maxKg: z.int().min(100).max(1_000_000),
    /** Below this a weight is not valid for trade; class III scales: 20 divisions. */
    minKg: z.int().min(1).optional(),
    /** A weight older than this is no weight. */
    staleMs: z.int().min(200).max(10_000).default(1500),
    verificationExpires: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .refine(isCalendarDay, { message: 'not a calendar day' })
      .optional(),
  })
  .transform((config) => ({ ...config, minKg: config.minKg ?? divisionsOfMinimum * config.divisionKg }))
  .refine((config) => config.minKg < config.maxKg, { message: 'must be below maxKg', path: ['minKg'] })
  .readonly();
export type IndicatorConfig = z.infer<typeof IndicatorConfig>;
