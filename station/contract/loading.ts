import * as z from 'zod';
import { Outcome, ReasonCode } from '../limits/decision.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { None } from './units.ts';

/** A truck in the yard as the loader needs to know it. */
export const LoadingTruck = z.object({
  plate: z.string(),
  colour: PlateColour,
  goods: z.string().nullable(),
  /** `loading`: weighed empty, not out yet; `unload`: refused, must come back lighter. */
  state: z.enum(['loading', 'unload']),
  tareKg: z.int().nullable(),
  limitKg: z.int().nullable(),
  /** The most that may be loaded: limit less tare. */
  roomKg: z.int().nullable(),
  /** How much has to come off. */
  unloadKg: z.int(),
  /** What this truck usually took out with these goods; null without a history. */
  usualNetKg: z.int().nullable(),
  /** A net to aim at: the room less what its loads of late went beyond what was aimed at. */
  adviceKg: z.int().nullable(),
  sinceMs: z.int(),
  /** The refused weighing. */
  number: z.int().nullable(),
  /** Why it would be refused whatever it weighs: then it is not to be loaded, and there is no room to speak of. */
  barredBy: z.array(ReasonCode),
});
export type LoadingTruck = z.infer<typeof LoadingTruck>;

/** What the loader's page and the yard's display show. */
export const LoadingView = z.object({
  station: z.object({ id: z.string(), name: z.string() }),
  mode: z.enum(['real', 'drill']),
  /** The vehicle on the scale; null when it is empty or nobody knows what stands there. */
  scale: z
    .object({
      plate: z.string().nullable(),
      colour: PlateColour,
      kg: z.int().nullable(),
      stable: z.boolean(),
      limitKg: z.int().nullable(),
      leftKg: z.int().nullable(),
      overKg: z.int(),
      outcome: Outcome.nullable(),
      /** As of a truck in the yard. */
      barredBy: z.array(ReasonCode),
      saved: z.boolean(),
    })
    .nullable(),
  trucks: z.array(LoadingTruck),
});
export type LoadingView = z.infer<typeof LoadingView>;

export const loadingCalls = {
  'loading.get': { input: None, output: LoadingView },
} as const;
