import * as z from 'zod';
import { Credential, EmissionStage, GoodsCategory } from '../vehicles/credentials.ts';
import { VehicleFacts } from '../vehicles/facts.ts';
import { CurveFlag } from '../weighing/curveFlags.ts';
import { Reason } from './decision.ts';
import { Policy } from './policy.ts';

const Kg = z.int();
const Text = z.string().max(512);

/** Where a fact came from. `stricter`: nobody stated it, and the strictest possible value stood in. */
export const FactSource = z.enum(['register', 'operator', 'camera', 'axle-counter', 'indicator', 'stricter']);
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
    /** The day in China. */
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    grossKg: Kg,
    facts: VehicleFacts,
    /** By the fact's name. */
    sources: z.record(z.string(), FactSource).readonly(),
    /** Measured axle loads, front to rear; null where axles are not weighed. */
    axleLoadsKg: z.array(Kg).max(20).readonly().nullable(),
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
    tare: z.object({ number: z.int(), kg: Kg, valid: z.boolean() }).readonly().nullable(),
    tareRequired: z.boolean(),
    /** How far the last tare lies from the usual one, kg, where that is beyond the alarm. */
    tareDriftKg: Kg.nullable(),
    credentials: z.array(Credential).max(12).readonly(),
    listed: ListEntry.nullable(),
    emission: EmissionStage.nullable(),
    licenceLoadKg: Kg.nullable(),
    goods: z.object({ name: Text, category: GoodsCategory }).readonly().nullable(),
    /** The road or bridge limit of the destination. */
    route: z.object({ name: Text, limitKg: Kg }).readonly().nullable(),
    /** What is left of the contract before this load, kg. */
    quotaLeftKg: Kg.nullable(),
    curveFlags: z.array(CurveFlag).max(20).readonly().default([]),
    /** Why the station or the scale can't be trusted right now. */
    obstacles: z.array(Reason).max(10).readonly(),
    policy: Policy,
  })
  .readonly();
export type DecisionCase = z.infer<typeof DecisionCase>;
