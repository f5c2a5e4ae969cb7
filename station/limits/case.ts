import * as z from 'zod';
import { Credential, Day, EmissionStage, GoodsCategory } from '../vehicles/credentials.ts';
import { VehicleFacts } from '../vehicles/facts.ts';
import { CurveFlag } from '../weighing/curveFlags.ts';
import { Reason } from './decision.ts';
import { Policy } from './policy.ts';

const Kg = z.int();
const Text = z.string().max(512);

/**
 * Where a fact came from. `stricter`: nobody stated it, and the strictest possible value stood in, or nothing was
 * permitted. `last-visit`: what the vehicle carried or pulled when it was here before, and nobody said it again.
 */
export const FactSource = z.enum([
  'register',
  'operator',
  'camera',
  'axle-counter',
  'indicator',
  'last-visit',
  'stricter',
]);
export type FactSource = z.infer<typeof FactSource>;

export const ListEntry = z
  .object({
    list: z.enum(['black', 'white']),
    reason: Text,
    /** Who entered it. */
    by: Text,
  })
  .readonly();
export type ListEntry = z.infer<typeof ListEntry>;

/**
 * Everything one decision rests on, as it was known at that moment. The decision is a function of this and of a
 * rule set, and of nothing else: with both stored, anyone can make it again years later.
 */
export const DecisionCase = z
  .object({
    /**
     * How it is judged. 1: licensed load and quota are no limits beside the others, a rear plate is compared letter by
     * letter, goods need nobody's word. 2: a licence load nobody stated is none, and a missing paper is not said to be whose.
     * 3: `sources` names the vehicle's facts alone. A stored decision is made again the way it was made.
     */
    version: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).default(1),
    /** The day in China. */
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    grossKg: Kg,
    facts: VehicleFacts,
    /** By the fact's name: every input of the case, a paper by its kind and whose it is. */
    sources: z.record(z.string(), FactSource).readonly(),
    /** Measured axle loads, front to rear; null where axles are not weighed. */
    axleLoadsKg: z.array(Kg).max(20).readonly().nullable(),
    /** With what, or by whom, they were measured. */
    axleLoadsBy: Text.nullable().default(null),
    /** What a counter or camera counted, apart from what the register says. */
    counted: z
      .object({ axles: z.int().min(1).max(20), source: z.enum(['camera', 'axle-counter']) })
      .readonly()
      .nullable(),
    plates: z
      .object({
        /** Null when the vehicle carries none. */
        front: Text.nullable(),
        /** What a rear camera read; null when none did. */
        rear: Text.nullable(),
        /** The trailer it is coupled to by the register or the operator. */
        trailer: Text.nullable(),
      })
      .readonly(),
    /** The rear plate as a person sees it; it stands above what the camera read. */
    rearStated: Text.nullable().default(null),
    tare: z.object({ number: z.int(), kg: Kg, valid: z.boolean() }).readonly().nullable(),
    tareRequired: z.boolean(),
    /** How far the last tare lies from the usual one, kg, where that is beyond the alarm. */
    tareDriftKg: Kg.nullable(),
    credentials: z.array(Credential).max(12).readonly(),
    listed: ListEntry.nullable(),
    emission: EmissionStage.nullable(),
    licenceLoadKg: Kg.nullable(),
    /** Null where nobody named them, or the register does not know them. */
    goods: z.object({ name: Text, category: GoodsCategory }).readonly().nullable(),
    /** Whether a person stated or confirmed the load at this visit; else it is what the vehicle carried last time. */
    loadConfirmed: z.boolean().default(false),
    destination: z.object({ name: Text, registered: z.boolean() }).readonly().nullable().default(null),
    /** Whether any destination of the register has a road or bridge limit: then an unknown one may hide one. */
    routesKnown: z.boolean().default(false),
    /** The road or bridge limit of the destination. */
    route: z.object({ name: Text, limitKg: Kg }).readonly().nullable(),
    contract: z
      .object({
        number: Text,
        registered: z.boolean(),
        from: Day.nullable(),
        until: Day.nullable(),
        /** Whether it names these goods. */
        ofGoods: z.boolean(),
      })
      .readonly()
      .nullable()
      .default(null),
    driver: z.object({ name: Text, registered: z.boolean() }).readonly().nullable().default(null),
    /** Whether the register holds drivers at all: a yard that keeps none has nobody to look up. */
    driversKnown: z.boolean().default(false),
    /** What is left of the contract before this load, kg. */
    quotaLeftKg: Kg.nullable(),
    curveFlags: z.array(CurveFlag).max(20).readonly().default([]),
    /** Why the station or the scale can't be trusted right now. */
    obstacles: z.array(Reason).max(10).readonly(),
    policy: Policy,
  })
  .readonly();
export type DecisionCase = z.infer<typeof DecisionCase>;
