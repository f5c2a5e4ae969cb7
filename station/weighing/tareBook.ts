import type { TareView } from '../contract.ts';

/** The last tare weighed of a vehicle. */
export interface StoredTare {
  readonly kg: number;
  readonly number: number;
  readonly weighedAtMs: number;
}

/** With fewer earlier tares than this there is no usual one. */
const fewestForUsual = 2;

/** The usual tare of a vehicle and how far its newest lies from it. Weights kg, newest first. */
export interface TareDrift {
  readonly usualKg: number | null;
  /** Null within the alarm. */
  readonly driftKg: number | null;
}

/** Compares a tare with the median of the ones before it; beyond `alarmKg` somebody should look at the truck. */
export function tareDrift(newestKg: number | null, beforeKg: readonly number[], alarmKg: number): TareDrift {
  if (beforeKg.length < fewestForUsual) return { usualKg: null, driftKg: null };
  const sorted = [...beforeKg].sort((left, right) => left - right);
  const usualKg = sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  if (usualKg === null || newestKg === null) return { usualKg, driftKg: null };
  const driftKg = newestKg - usualKg;
  return { usualKg, driftKg: Math.abs(driftKg) > alarmKg ? driftKg : null };
}

const dayMs = 86_400_000;

/** A stored tare with its expiry; an expired one is shown but never used. Times UTC ms, days whole. */
export function tareAt(tare: StoredTare, nowMs: number, validDays: number): TareView {
  const expiresAtMs = tare.weighedAtMs + validDays * dayMs;
  return { ...tare, expiresAtMs, valid: nowMs >= tare.weighedAtMs && nowMs < expiresAtMs };
}
