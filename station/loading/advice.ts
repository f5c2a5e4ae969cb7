/** Of this many past loads … */
const ofLoads = 10;
/** … so many would have stayed legal, had the loader aimed at the advised net. */
const staysLegal = 9;

/** What a truck's loads of late were, with the goods it is taking now. Weights kg, any order. */
export interface LoadHistory {
  /** Nets that left with a slip. */
  readonly allowedNetsKg: readonly number[];
  /** First tries only, refused or not: gross less limit, below zero where it stayed under. */
  readonly overshootsKg: readonly number[];
}

/** What bounds this load; null where nobody knows. */
export interface LoadBounds {
  readonly tareKg: number | null;
  /** The permitted gross: the lowest of all limits, those on the net among them. */
  readonly limitKg: number | null;
}

export interface Advice {
  /** The most that may be loaded: limit less tare, never below zero. */
  readonly roomKg: number | null;
  readonly usualNetKg: number | null;
  readonly adviceKg: number | null;
}

/**
 * The net to aim at. Whoever aims at the limit itself goes beyond it half of the time: the margin is what nine of
 * ten first tries of late stayed within. A margin is only ever taken off, so the advice is never above the room.
 */
export function adviseLoad({ tareKg, limitKg }: LoadBounds, history: LoadHistory): Advice {
  const usualNetKg = median(history.allowedNetsKg);
  if (tareKg === null || limitKg === null) return { roomKg: null, usualNetKg, adviceKg: null };
  const roomKg = Math.max(0, limitKg - tareKg);
  return { roomKg, usualNetKg, adviceKg: Math.max(0, roomKg - marginKg(history.overshootsKg)) };
}

/** The smallest margin that would have kept nine of ten of these loads legal; 0 where none was needed. */
export function marginKg(overshootsKg: readonly number[]): number {
  const sorted = [...overshootsKg].sort((left, right) => left - right);
  const needed = Math.ceil((sorted.length * staysLegal) / ofLoads);
  return Math.max(0, sorted[needed - 1] ?? 0);
}

/** Of an even count the lower middle one: a weight that was really weighed. */
function median(kg: readonly number[]): number | null {
  const sorted = [...kg].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
