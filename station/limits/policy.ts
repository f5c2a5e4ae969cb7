import * as z from 'zod';
import { CredentialKind, EmissionStage, GoodsCategory } from '../vehicles/credentials.ts';
import { CurveFlagCode } from '../weighing/curveFlags.ts';

/**
 * What refuses besides weight. Each is a setting; on by default where 山西省政府令第301号 says so: a source unit
 * must not load vehicles that are 无牌无证 or 证照不全, nor beyond what is permitted.
 */
const Fields = z.strictObject({
  noPlate: z.boolean().default(true),
  platesDisagree: z.boolean().default(true),
  /** The papers a vehicle (and driver) must have; an expired one refuses, an unstated one cannot be decided. */
  credentials: z.array(CredentialKind).default(['vehicle-licence', 'transport-permit']),
  /** Also a paper nobody stated stands in the way, not only an expired one. */
  credentialsMissing: z.boolean().default(true),
  /** 驾驶证 and 从业资格证 of a driver who is named, where the register keeps drivers. */
  driverPapers: z.boolean().default(true),
  /** Every load needs its driver named or confirmed at this visit. */
  driverRequired: z.boolean().default(false),
  blacklist: z.boolean().default(true),
  axleCount: z.boolean().default(true),
  /** 核定载质量 of the vehicle or its trailer. */
  licenceLoad: z.boolean().default(true),
  /** 行驶证 gross of a single truck of three axles and more; of two axles the law itself says it. */
  licenceGross: z.boolean().default(true),
  /**
   * Also one nobody stated stands in the way of every truck they hold for, not only where the law names the licence: a
   * field left blank must not permit more than one filled in.
   */
  licencesMissing: z.boolean().default(false),
  /** Set where the yard is bound to clean transport: `6` refuses coal below 国六. Null: not bound. */
  minimumEmission: EmissionStage.nullable().default(null),
  emissionGoods: z.array(GoodsCategory).default(['coal', 'coke', 'ore']),
  /** The yard's own loading limit, kg; null: none. */
  yardLimitKg: z.int().min(1000).max(200_000).nullable().default(null),
  /** A named destination has to be one of the register, where that holds any road or bridge limit. */
  destinationRegistered: z.boolean().default(true),
  /** There, every load needs its destination named or confirmed at this visit. */
  destinationRequired: z.boolean().default(false),
  /** A contract has to be known and in force, and holds a load to what it has left. */
  quota: z.boolean().default(false),
  tareDrift: z.boolean().default(false),
  /** Shapes of the curve that keep a truck; all of them are recorded anyway. */
  curve: z.array(CurveFlagCode).default([]),
});

/** As a case stores it: what a case of before is silent about, it was decided without. */
export const Policy = Fields.readonly();
export type Policy = z.infer<typeof Policy>;

/** As a yard sets it. */
export const PolicySettings = Fields.extend({ licencesMissing: z.boolean().default(true) }).readonly();

/** Nothing besides weight refuses: what records of program 0.1 were decided by. */
export const weightOnly: Policy = {
  noPlate: false,
  platesDisagree: false,
  credentials: [],
  credentialsMissing: false,
  driverPapers: false,
  driverRequired: false,
  blacklist: false,
  axleCount: false,
  licenceLoad: false,
  licenceGross: false,
  licencesMissing: false,
  minimumEmission: null,
  emissionGoods: [],
  yardLimitKg: null,
  destinationRegistered: false,
  destinationRequired: false,
  quota: false,
  tareDrift: false,
  curve: [],
};
