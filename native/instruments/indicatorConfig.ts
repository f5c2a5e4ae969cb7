import * as z from 'zod';
import { Day } from '../../station/vehicles/credentials.ts';
import type { ProfileId } from './protocols/profiles.ts';
import { profileIds, profileOf } from './protocols/profiles.ts';
import { TransportConfig } from './transportConfig.ts';

const divisionsOfMinimum = 20;

/** One weighing instrument as its plate and its verification certificate describe it. */
export const IndicatorConfig = z
  .strictObject({
    profile: z.enum(profileIds as readonly [ProfileId, ...ProfileId[]]),
    /** What the protocol leaves to choose; each profile has its own, all with defaults. */
    options: z.record(z.string(), z.unknown()).default({}),
    transport: TransportConfig,
    /** The unit the indicator shows; where its bytes say one, it has to be this. */
    unit: z.enum(['kg', 't']).default('kg'),
    /** How often a polled indicator is asked. */
    pollMs: z.int().min(50).max(5000).default(200),
    divisionKg: z.int().min(1).max(1000),
    maxKg: z.int().min(100).max(1_000_000),
    /** Below this a weight is not valid for trade; class III scales: 20 divisions. */
    minKg: z.int().min(1).optional(),
    /** A weight older than this is no weight. */
    staleMs: z.int().min(200).max(10_000).default(1500),
    verificationExpires: Day.optional(),
  })
  .transform((config) => ({ ...config, minKg: config.minKg ?? divisionsOfMinimum * config.divisionKg }))
  .refine((config) => config.minKg < config.maxKg, { message: 'must be below maxKg', path: ['minKg'] })
  .superRefine((config, context) => {
    const checked = profileOf(config.profile).check(protocolOptions(config));
    if (checked.ok) return;
    for (const { field, problem } of checked.error) {
      context.addIssue({
        code: 'custom',
        message: problem,
        path: ['options', ...(field === '' ? [] : field.split('.'))],
      });
    }
  })
  .readonly();
export type IndicatorConfig = z.infer<typeof IndicatorConfig>;

/** The profile's options with the configured unit, where the protocol itself is silent about it. */
export function protocolOptions(config: {
  readonly profile: ProfileId;
  readonly options: Readonly<Record<string, unknown>>;
  readonly unit: 'kg' | 't';
}): Readonly<Record<string, unknown>> {
  const withUnit = { unit: config.unit, ...config.options };
  const silent = profileOf(config.profile).check({ unit: config.unit }).ok;
  return silent ? withUnit : config.options;
}
