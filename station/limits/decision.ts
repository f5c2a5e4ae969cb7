import * as z from 'zod';
import { FactName } from '../vehicles/facts.ts';

export const Clause = z
  .object({
    /** Stable id of the rule, e.g. `art3-rigid-4`. */
    id: z.string(),
    /** Where the rule stands, as an officer would cite it. */
    source: z.string(),
    textZh: z.string(),
    textEn: z.string(),
  })
  .readonly();
export type Clause = z.infer<typeof Clause>;

/** Why a decision is not `allow`, and what the screens turn into words. */
export const ReasonCode = z.enum([
  'overload',
  'axles-unknown',
  'layout-disagrees',
  'no-rule-for-vehicle',
  'no-rule-set-in-force',
  'licence-gross-unknown',
  'gross-below-tare',
  'tare-missing',
  'below-minimum',
  'above-maximum',
  /** The scale did not rest at zero before this vehicle came. */
  'not-from-zero',
  'verification-expired',
  'settings-invalid',
  'clock-backwards',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const Reason = z.object({ code: ReasonCode, detail: z.string() }).readonly();
export type Reason = z.infer<typeof Reason>;

export const Outcome = z.enum(['allow', 'refuse', 'cannot-decide']);
export type Outcome = z.infer<typeof Outcome>;

export const Decision = z
  .object({
    outcome: Outcome,
    /** The permitted gross; null when no rule could be applied. */
    limitKg: z.int().nullable(),
    /** How much above the limit; 0 when not above. */
    overKg: z.int(),
    /** How much may still be loaded; null without a limit, 0 when over. */
    leftKg: z.int().nullable(),
    ruleSet: z.string(),
    /** The day whose rules were applied, YYYY-MM-DD in Chinese time. */
    date: z.string(),
    clauses: z.array(Clause).readonly(),
    missing: z.array(FactName).readonly(),
    reasons: z.array(Reason).readonly(),
  })
  .readonly();
export type Decision = z.infer<typeof Decision>;
