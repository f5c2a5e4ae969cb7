import * as z from 'zod';
import type { PictureKind } from '../store/blobStore.ts';

const Months = z.int().min(1).max(600);

/** How long pictures are kept. The figures are the yard's: records themselves are never removed. */
export const RetentionSettings = z
  .strictObject({
    /** What an inspection compares the oldest record with. */
    recordMonths: Months.default(24),
    /** Of weighings, and of every class that says nothing else. */
    pictureMonths: Months.default(24),
    classMonths: z
      .strictObject({
        exit: Months.nullable().default(null),
        /** Null keeps papers for good; one the register still names is kept in any case. */
        document: Months.nullable().default(null),
      })
      .prefault({}),
    /** Pictures use no more than this, gigabytes; null is all the disk gives. */
    pictureQuotaGb: z.int().min(1).max(100_000).nullable().default(null),
    /** No quota removes a younger one. */
    leastPictureMonths: Months.default(3),
    /** Below this much free disk the screen says so, gigabytes. */
    warnBelowGb: z.int().min(1).max(10_000).default(5),
  })
  .refine((settings) => settings.leastPictureMonths <= settings.pictureMonths, {
    message: 'must not be above pictureMonths',
    path: ['leastPictureMonths'],
  })
  .readonly();
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** How old a picture of a class gets, months; null for good. */
export function monthsOf(
  { pictureMonths, classMonths }: RetentionSettings,
  kind: PictureKind,
): number | null {
  switch (kind) {
    case 'weighing':
      return pictureMonths;
    case 'exit':
      return classMonths.exit ?? pictureMonths;
    case 'document':
      return classMonths.document;
  }
}
