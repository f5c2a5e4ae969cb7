import * as z from 'zod';

/** Vehicle classes as the overload rules divide them: 货车, 铰接列车, 中置轴挂车列车, 全挂汽车列车. */
export const vehicleClasses = ['rigid', 'articulated', 'centre-axle', 'full-trailer'] as const;
export const VehicleClass = z.enum(vehicleClasses);
export type VehicleClass = z.infer<typeof VehicleClass>;

/** Axle groups from front to rear, e.g. `1+2+3`: steering axle, tandem, tri-axle group. */
export const Layout = z.string().regex(/^[1-4](\+[1-4]){1,5}$/);

/**
 * What a vehicle is for, where art. 3 sets another limit: 低速货车, 拖拉机 and 农用车 are held to their licence,
 * and so is a 专用作业车.
 */
export const vehiclePurposes = ['ordinary', 'low-speed', 'special-purpose'] as const;
export const VehiclePurpose = z.enum(vehiclePurposes);
export type VehiclePurpose = z.infer<typeof VehiclePurpose>;

/** What the law needs to know of a vehicle. `null` means nobody has stated it. */
export const VehicleFacts = z
  .object({
    axles: z.int().min(1).max(20).nullable(),
    vehicleClass: VehicleClass.nullable(),
    layout: Layout.nullable(),
    driveAxles: z.union([z.literal(1), z.literal(2)]).nullable(),
    /** Axles with a single tyre on each side, steering and drive axles not counted. */
    singleTyredAxles: z.int().min(0).max(20),
    wideTyres: z.boolean(),
    airSuspension: z.boolean(),
    trailerAxleSpacingMm: z.int().min(0).max(20_000).nullable(),
    /** 行驶证 gross mass. */
    registeredGrossKg: z.int().min(0).max(200_000).nullable(),
    purpose: VehiclePurpose.default('ordinary'),
    /** Distance between neighbouring axles of each group, front to rear; null for a single axle or unstated. */
    groupSpacingsMm: z
      .array(z.int().min(300).max(5000).nullable())
      .max(6)
      .readonly()
      .nullable()
      .default(null),
  })
  .readonly();
export type VehicleFacts = z.infer<typeof VehicleFacts>;

export const unknownFacts: VehicleFacts = {
  axles: null,
  vehicleClass: null,
  layout: null,
  driveAxles: null,
  singleTyredAxles: 0,
  wideTyres: false,
  airSuspension: false,
  trailerAxleSpacingMm: null,
  registeredGrossKg: null,
  purpose: 'ordinary',
  groupSpacingsMm: null,
};

/** The facts a decision may lack; a tractor without its `trailer` is no combination yet. */
export const FactName = z.enum([
  'trailer',
  'axles',
  'class',
  'layout',
  'driveAxles',
  'registeredGross',
  'axleSpacing',
]);
export type FactName = z.infer<typeof FactName>;
