import type { DecisionCase } from './case.ts';
import type { AppliedLimit } from './decision.ts';

/** What bounds the net, as limits of the gross: each is a valid tare and what may be loaded on it, kg. */
export interface NetLimits {
  /** 核定载质量 (道路交通安全法 art. 48). */
  readonly licenceLoad: AppliedLimit | null;
  /** What the contract has left; of one that is overdrawn, nothing. */
  readonly quota: AppliedLimit | null;
}

const none: NetLimits = { licenceLoad: null, quota: null };

/** Without a valid tare nobody knows the net, and no gross follows from it. */
export function netLimits({
  version,
  tare,
  licenceLoadKg,
  quotaLeftKg,
  policy,
  listed,
  contract,
}: DecisionCase): NetLimits {
  if (version < 2 || tare?.valid !== true) return none;
  const of = (kind: AppliedLimit['kind'], loadKg: number, name: string | null): AppliedLimit => ({
    kind,
    kg: tare.kg + loadKg,
    name,
    holds: false,
  });
  const quotaHolds = policy.quota && quotaLeftKg !== null && listed?.list !== 'white';
  return {
    licenceLoad:
      policy.licenceLoad && licenceLoadKg !== null ? of('licence-load', licenceLoadKg, null) : null,
    quota: quotaHolds ? of('quota', Math.max(0, quotaLeftKg), contract?.number ?? null) : null,
  };
}
