import type { TareView } from '../contract.ts';

/** The last tare weighed of a vehicle. */
export interface StoredTare {
  readonly kg: number;
  readonly number: number;
  readonly weighedAtMs: number;
}

const dayMs = 86_400_000;

/** A stored tare with its expiry; an expired one is shown but never used. Times UTC ms, days whole. */
export function tareAt(tare: StoredTare, nowMs: number, validDays: number): TareView {
  const expiresAtMs = tare.weighedAtMs + validDays * dayMs;
  return { ...tare, expiresAtMs, valid: nowMs >= tare.weighedAtMs && nowMs < expiresAtMs };
}
