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

/** What a reason does to a decision; a station that can't be trusted stands above everything it knows. */
export type ReasonEffect = 'refuse' | 'cannot-decide' | 'obstacle';

/** Every reason why a decision is not `allow`, and its effect. */
export const reasonEffects = {
  overload: 'refuse',
  'above-other-limit': 'refuse',
  'net-above-licence-load': 'refuse',
  'no-plate': 'refuse',
  'plates-disagree': 'refuse',
  blacklisted: 'refuse',
  'credential-expired': 'refuse',
  'emission-below': 'refuse',
  'quota-used-up': 'refuse',
  'contract-not-in-force': 'refuse',
  'axles-unknown': 'cannot-decide',
  'axle-count-disagrees': 'cannot-decide',
  'axle-loads-unjudged': 'cannot-decide',
  'layout-disagrees': 'cannot-decide',
  'no-rule-for-vehicle': 'cannot-decide',
  'no-rule-set-in-force': 'cannot-decide',
  'licence-gross-unknown': 'cannot-decide',
  'licence-load-unknown': 'cannot-decide',
  'gross-below-tare': 'cannot-decide',
  'tare-missing': 'cannot-decide',
  'tare-drifted': 'cannot-decide',
  'trailer-disagrees': 'cannot-decide',
  'curve-suspicious': 'cannot-decide',
  'credential-missing': 'cannot-decide',
  'emission-unknown': 'cannot-decide',
  /** What it carried last time is no word on what it carries now. */
  'goods-unconfirmed': 'cannot-decide',
  'destination-unknown': 'cannot-decide',
  'destination-missing': 'cannot-decide',
  'contract-unknown': 'cannot-decide',
  'driver-unknown': 'cannot-decide',
  'driver-missing': 'cannot-decide',
  /** Read almost as it should be, or read only in part: somebody has to look. */
  'rear-plate-unclear': 'cannot-decide',
  'below-minimum': 'obstacle',
  'above-maximum': 'obstacle',
  /** The scale did not rest at zero before this vehicle came. */
  'not-from-zero': 'obstacle',
  /** Nobody saw where it rested: the program started, or the line came back, with the vehicle on it. */
  'zero-not-seen': 'obstacle',
  /** A beam at the deck's edge is broken, or does not answer: the vehicle may not stand fully on the scale. */
  'beam-broken': 'obstacle',
  'beam-unknown': 'obstacle',
  /** It shows another unit, division or number of decimals than its settings say. */
  'indicator-disagrees': 'obstacle',
  'verification-expired': 'obstacle',
  'settings-invalid': 'obstacle',
  'clock-backwards': 'obstacle',
  /** The station cannot sign as itself: what it says could not be checked. */
  'key-unusable': 'obstacle',
  /** An anchor or the platform knows of other events than this store holds. */
  'ledger-contradicted': 'obstacle',
} as const satisfies Readonly<Record<string, ReasonEffect>>;

export const ReasonCode = z.enum(
  Object.keys(reasonEffects) as [keyof typeof reasonEffects, ...(keyof typeof reasonEffects)[]],
);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const Reason = z.object({ code: ReasonCode, detail: z.string() }).readonly();
export type Reason = z.infer<typeof Reason>;

export const Outcome = z.enum(['allow', 'refuse', 'cannot-decide']);
export type Outcome = z.infer<typeof Outcome>;

/**
 * The limits that hold beside each other. `legal`: art. 3 and the 认定标准; `axle-sum`: art. 3 note 3 over measured
 * axles; `licence-gross`: 行驶证; `licence-load`: a valid tare and 核定载质量; `route`: the road or bridge to the
 * destination; `yard`: the yard's own; `quota`: a valid tare and what its contract has left.
 */
export const LimitKind = z.enum([
  'legal',
  'axle-sum',
  'licence-gross',
  'licence-load',
  'route',
  'yard',
  'quota',
]);
export type LimitKind = z.infer<typeof LimitKind>;

export const AppliedLimit = z
  .object({
    kind: LimitKind,
    kg: z.int(),
    /** Which road, bridge or order, where the kind alone does not say. */
    name: z.string().nullable(),
    /** The lowest holds; of equal ones, all do. */
    holds: z.boolean(),
  })
  .readonly();
export type AppliedLimit = z.infer<typeof AppliedLimit>;

/** Whether nothing but its contract speaks against the weight: that is no overload (超限) of any kind. */
export function isOnlyBeyondContract(limits: readonly AppliedLimit[], grossKg: number): boolean {
  const exceeded = limits.filter(({ kg }) => grossKg > kg);
  return exceeded.length > 0 && exceeded.every(({ kind }) => kind === 'quota');
}

export const Decision = z
  .object({
    outcome: Outcome,
    /** The permitted gross; null when no rule could be applied. */
    limitKg: z.int().nullable(),
    /** How much above the limit; 0 when not above. */
    overKg: z.int(),
    /** How much may still be loaded; null without a limit, 0 when over. */
    leftKg: z.int().nullable(),
    /** Every limit that was looked at, the legal one first. Records of program 0.1 have none. */
    limits: z.array(AppliedLimit).readonly().default([]),
    ruleSet: z.string(),
    ruleSetVersion: z.int().nullable().default(null),
    /** SHA-256 of the rule set's canonical bytes: years later, the same rules or none. */
    ruleSetSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .default(null),
    /** The day whose rules were applied, YYYY-MM-DD in Chinese time. */
    date: z.string(),
    clauses: z.array(Clause).readonly(),
    missing: z.array(FactName).readonly(),
    reasons: z.array(Reason).readonly(),
    /** Rules of the yard a whitelist entry set aside, its own limit among them; never one of the law. */
    waived: z.array(Reason).readonly().default([]),
  })
  .readonly();
export type Decision = z.infer<typeof Decision>;
