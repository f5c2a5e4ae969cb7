import * as z from 'zod';

/** Vehicle classes as the overload rules divide them: 货车, 铰接列车, 中置轴挂车列车, 全挂汽车列车. */
export const vehicleClasses = ['rigid', 'articulated', 'centre-axle', 'full-trailer'] as const;
export const VehicleClass = z.enum(vehicleClasses);
export type VehicleClass = z.infer<typeof VehicleClass>;

/** Axle groups from front to rear, e.g. `1+2+3`: steering axle, tandem, tri-axle group. */
export const Layout = z.string().regex(/^[1-4](\+[1-4]){1,5}$/);

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
};

/** The facts a decision may lack. */
export const FactName = z.enum(['axles', 'class', 'layout', 'driveAxles', 'registeredGross']);
export type FactName = z.infer<typeof FactName>;
