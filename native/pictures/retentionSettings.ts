import * as z from 'zod';

/** How long pictures are kept. The figures are the yard's: records themselves are never removed. */
export const RetentionSettings = z
  .strictObject({
    /** What an inspection compares the oldest record with. */
    recordMonths: z.int().min(1).max(600).default(24),
    pictureMonths: z.int().min(1).max(600).default(24),
    /** Pictures use no more than this, gigabytes; null is all the disk gives. */
    pictureQuotaGb: z.int().min(1).max(100_000).nullable().default(null),
    /** No quota removes a younger one. */
    leastPictureMonths: z.int().min(1).max(600).default(3),
    /** Below this much free disk the screen says so, gigabytes. */
    warnBelowGb: z.int().min(1).max(10_000).default(5),
  })
  .refine((settings) => settings.leastPictureMonths <= settings.pictureMonths, {
    message: 'must not be above pictureMonths',
    path: ['leastPictureMonths'],
  })
  .readonly();
export type RetentionSettings = z.infer<typeof RetentionSettings>;
