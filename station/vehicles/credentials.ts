import * as z from 'zod';

/** Calendar day in China, YYYY-MM-DD, one that exists. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(
    (text) => {
      const day = new Date(`${text}T00:00:00Z`);
      return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
    },
    { message: 'not a calendar day' },
  );

/** 行驶证, 道路运输证; 驾驶证, 从业资格证: what local practice looks at. */
export const credentialKinds = [
  'vehicle-licence',
  'transport-permit',
  'driver-licence',
  'driver-qualification',
] as const;
export const CredentialKind = z.enum(credentialKinds);
export type CredentialKind = z.infer<typeof CredentialKind>;

/** One paper as the register holds it; `expires` null when nobody has stated it. */
export const Credential = z
  .object({
    kind: CredentialKind,
    /** Of the vehicle or trailer plate, or the driver's name. */
    of: z.string().max(64),
    expires: Day.nullable(),
  })
  .readonly();
export type Credential = z.infer<typeof Credential>;

/** 排放阶段 as the gate ledger writes it: 国0 to 国6, and electric. */
export const emissionStages = ['0', '1', '2', '3', '4', '5', '6', 'D'] as const;
export const EmissionStage = z.enum(emissionStages);
export type EmissionStage = z.infer<typeof EmissionStage>;

/** Whether `stage` is at least 国六; electric is above every stage. */
export function meetsStage(stage: EmissionStage, minimum: EmissionStage): boolean {
  return emissionStages.indexOf(stage) >= emissionStages.indexOf(minimum);
}

/** Coal, coke and ore may only go by road in clean trucks where the yard is bound to it. */
export const goodsCategories = ['coal', 'coke', 'ore', 'gravel', 'other'] as const;
export const GoodsCategory = z.enum(goodsCategories);
export type GoodsCategory = z.infer<typeof GoodsCategory>;
