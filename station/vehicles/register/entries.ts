import * as z from 'zod';
import { Day, EmissionStage, GoodsCategory } from '../credentials.ts';
import { Layout, VehicleClass, VehiclePurpose } from '../facts.ts';
import { GroupSpacings } from '../groupSpacings.ts';
import { plateKind } from '../plate.ts';
import { PlateColour } from '../plateColour.ts';

/** What the register (备案台账) holds; one list a kind. */
export const registerKinds = [
  'vehicle',
  'driver',
  'goods',
  'party',
  'destination',
  'contract',
  'listing',
] as const;
export const RegisterKind = z.enum(registerKinds);
export type RegisterKind = z.infer<typeof RegisterKind>;

const Text = z.string().trim().max(120);
const Name = Text.min(1);
const Optional = Text.nullable().default(null);
const OptionalDay = Day.nullable().default(null);
const OptionalKg = z.int().min(0).max(200_000).nullable().default(null);
const Picture = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable()
  .default(null);
/** A plate in its normal form; a register holds no other. */
export const WellFormedPlate = z
  .string()
  .refine((text) => plateKind(text) !== null, { message: 'not a plate' });

/** A single truck, a combination stated as one, a tractor alone, or a trailer. */
export const VehicleUnit = z.enum(['whole', 'tractor', 'trailer']);
export type VehicleUnit = z.infer<typeof VehicleUnit>;

/** Of one unit: a lone tractor is `1+2`, a semi-trailer with a tri-axle group `3`. */
const UnitLayout = z.union([Layout, z.string().regex(/^[1-4]$/)]);

export const VehicleEntry = z.strictObject({
  plate: WellFormedPlate,
  colour: PlateColour,
  unit: VehicleUnit.default('whole'),
  /** GA 24.4, e.g. H17 重型自卸货车. */
  vehicleType: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .nullable()
    .default(null),
  axles: z.int().min(1).max(20).nullable().default(null),
  /** Of a trailer: the combination it makes. */
  vehicleClass: VehicleClass.nullable().default(null),
  layout: UnitLayout.nullable().default(null),
  driveAxles: z
    .union([z.literal(1), z.literal(2)])
    .nullable()
    .default(null),
  singleTyredAxles: z.int().min(0).max(20).default(0),
  wideTyres: z.boolean().default(false),
  airSuspension: z.boolean().default(false),
  trailerAxleSpacingMm: z.int().min(0).max(20_000).nullable().default(null),
  /** As many as the layout has groups. */
  groupSpacings: GroupSpacings.nullable().default(null),
  purpose: VehiclePurpose.default('ordinary'),
  /** The trailer a tractor pulls. */
  trailerPlate: WellFormedPlate.nullable().default(null),
  registeredGrossKg: OptionalKg,
  /** 核定载质量. */
  licenceLoadKg: OptionalKg,
  emission: EmissionStage.nullable().default(null),
  fleet: Optional,
  owner: Optional,
  vin: z
    .string()
    .regex(/^[A-HJ-NPR-Z0-9]{17}$/)
    .nullable()
    .default(null),
  engineNumber: z.string().trim().min(1).max(32).nullable().default(null),
  registeredOn: OptionalDay,
  licenceNumber: Optional,
  licenceExpires: OptionalDay,
  licencePicture: Picture,
  /** Of the 机动车环保信息随车清单. */
  environmentListPicture: Picture,
  permitNumber: Optional,
  permitExpires: OptionalDay,
  permitPicture: Picture,
  note: Optional,
});
export type VehicleEntry = z.infer<typeof VehicleEntry>;

/** What the operator reads off a vehicle's papers at the scale, together with its facts, and pictures of them. */
export const StatedPapers = z
  .strictObject({
    licenceExpires: OptionalDay,
    permitExpires: OptionalDay,
    licenceLoadKg: OptionalKg,
    emission: EmissionStage.nullable().default(null),
    fleet: Optional,
    licencePicture: Picture,
    permitPicture: Picture,
  })
  .readonly();
export type StatedPapers = z.infer<typeof StatedPapers>;

export const noPapers: StatedPapers = {
  licenceExpires: null,
  permitExpires: null,
  licenceLoadKg: null,
  emission: null,
  fleet: null,
  licencePicture: null,
  permitPicture: null,
};

/** The trailer behind it, and what was read off the trailer's own papers. */
export const StatedTrailer = z
  .strictObject({ plate: WellFormedPlate, colour: PlateColour, papers: StatedPapers })
  .readonly();
export type StatedTrailer = z.infer<typeof StatedTrailer>;

export const DriverEntry = z.strictObject({
  name: Name,
  phone: Optional,
  licenceNumber: Optional,
  licenceExpires: OptionalDay,
  licencePicture: Picture,
  qualificationNumber: Optional,
  qualificationExpires: OptionalDay,
  qualificationPicture: Picture,
  fleet: Optional,
  note: Optional,
});
export type DriverEntry = z.infer<typeof DriverEntry>;

export const GoodsEntry = z.strictObject({
  name: Name,
  category: GoodsCategory,
  note: Optional,
});
export type GoodsEntry = z.infer<typeof GoodsEntry>;

export const PartyEntry = z.strictObject({
  name: Name,
  role: z.enum(['shipper', 'consignee', 'both']).default('both'),
  /** 统一社会信用代码. */
  creditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
    .nullable()
    .default(null),
  contact: Optional,
  phone: Optional,
  address: Optional,
  note: Optional,
});
export type PartyEntry = z.infer<typeof PartyEntry>;

export const DestinationEntry = z.strictObject({
  name: Name,
  address: Optional,
  /** The lowest road or bridge limit on the way; null when the road sets none below the law's. */
  routeLimitKg: z.int().min(1000).max(200_000).nullable().default(null),
  /** Which road or bridge. */
  routeName: Optional,
  note: Optional,
});
export type DestinationEntry = z.infer<typeof DestinationEntry>;

export const ContractEntry = z.strictObject({
  number: Name,
  shipper: Optional,
  consignee: Optional,
  goods: Optional,
  destination: Optional,
  from: OptionalDay,
  until: OptionalDay,
  /** How much may leave under it in all; null without a quota. */
  quotaKg: z.int().min(0).max(2_000_000_000).nullable().default(null),
  note: Optional,
});
export type ContractEntry = z.infer<typeof ContractEntry>;

/** Black and white list. Who entered it is in the ledger, beside when. */
export const ListingEntry = z.strictObject({
  plate: WellFormedPlate,
  colour: PlateColour,
  list: z.enum(['black', 'white']),
  reason: Name,
  until: OptionalDay,
  /** Set by the station: the operator who entered it. */
  by: Optional,
});
export type ListingEntry = z.infer<typeof ListingEntry>;

export const entrySchemas = {
  vehicle: VehicleEntry,
  driver: DriverEntry,
  goods: GoodsEntry,
  party: PartyEntry,
  destination: DestinationEntry,
  contract: ContractEntry,
  listing: ListingEntry,
} as const;

export interface EntryOf {
  readonly vehicle: VehicleEntry;
  readonly driver: DriverEntry;
  readonly goods: GoodsEntry;
  readonly party: PartyEntry;
  readonly destination: DestinationEntry;
  readonly contract: ContractEntry;
  readonly listing: ListingEntry;
}

/** An entry with its kind, as it crosses a border and stands in the ledger. */
export const RegisterEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vehicle'), entry: VehicleEntry }),
  z.object({ kind: z.literal('driver'), entry: DriverEntry }),
  z.object({ kind: z.literal('goods'), entry: GoodsEntry }),
  z.object({ kind: z.literal('party'), entry: PartyEntry }),
  z.object({ kind: z.literal('destination'), entry: DestinationEntry }),
  z.object({ kind: z.literal('contract'), entry: ContractEntry }),
  z.object({ kind: z.literal('listing'), entry: ListingEntry }),
]);
export type RegisterEntry = z.infer<typeof RegisterEntry>;

/** What an entry is found by: a plate with its colour, a name, or a number. */
export function entryKey(each: RegisterEntry): string {
  switch (each.kind) {
    case 'vehicle':
    case 'listing':
      return plateKey(each.entry.plate, each.entry.colour);
    case 'contract':
      return each.entry.number;
    case 'driver':
    case 'goods':
    case 'party':
    case 'destination':
      return each.entry.name;
  }
}

export function plateKey(plate: string, colour: PlateColour): string {
  return `${plate} ${colour}`;
}
