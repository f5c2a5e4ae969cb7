import * as z from 'zod';
import { CurveSettings } from './curveFlags.ts';

/** How one lane weighs. Weights in kg, times in ms; the defaults are the yard's usual ones. */
export const WeighingSettings = z
  .strictObject({
    /** |weight| up to this is an empty scale. Default 2 divisions, set by the host. */
    zeroBandKg: z.int().min(1).max(1000).optional(),
    stableWindowMs: z.int().min(500).max(30_000).default(3000),
    stableMinFrames: z.int().min(2).max(1000).default(8),
    /** Spread allowed inside the window, in divisions. */
    stableSpreadDivisions: z.int().min(0).max(10).default(1),
    /** Frames in a row inside the zero band before the next vehicle may come. */
    zeroFrames: z.int().min(1).max(100).default(5),
    tareValidDays: z.int().min(0).max(3650).default(30),
    /** A tare further than this from the vehicle's usual one raises an alarm. */
    tareDriftKg: z.int().min(20).max(20_000).default(500),
    /** A refused truck that comes back within this time is on its next try. */
    attemptHours: z.int().min(1).max(168).default(24),
    /** What counts as a suspicious curve. */
    curve: CurveSettings.prefault({}),
    /** When true, a gross weighing without a valid tare cannot be decided. */
    tareRequired: z.boolean().default(false),
    /** A plate seen this long before the wheels touch the scale still belongs to the vehicle. */
    plateAheadMs: z.int().min(0).max(600_000).default(120_000),
  })
  .readonly();
export type WeighingSettings = z.infer<typeof WeighingSettings>;

/** The settings of one scale, all resolved: what the lane works with. */
export interface ScaleSettings {
  readonly divisionKg: number;
  readonly minKg: number;
  readonly maxKg: number;
  readonly zeroBandKg: number;
  readonly stableWindowMs: number;
  readonly stableMinFrames: number;
  readonly stableSpreadKg: number;
  readonly zeroFrames: number;
  readonly staleMs: number;
}
