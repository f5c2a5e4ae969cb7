import * as z from 'zod';

export const StoreMode = z.enum(['real', 'drill']);
export type StoreMode = z.infer<typeof StoreMode>;

/** 皮重 on entry, 毛重 on exit. */
export const WeighingKind = z.enum(['tare', 'gross']);
export type WeighingKind = z.infer<typeof WeighingKind>;

export const PaperKind = z.enum(['slip', 'refusal', 'release']);
export type PaperKind = z.infer<typeof PaperKind>;
export const PaperForm = z.enum(['241x140', 'A4']);
export type PaperForm = z.infer<typeof PaperForm>;
