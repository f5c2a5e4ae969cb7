import type { ScaleSettings } from './settings.ts';

/** One decoded frame: the indicator's own number, when it came (monotonic ms), and its bytes (hex). */
export interface Reading {
  readonly kg: number;
  readonly atMs: number;
  readonly raw: string;
  /** The indicator's own motion flag; null or left out where its protocol has none. */
  readonly moving?: boolean | null;
}

/**
 * Adds a reading to the window. One reading at or before the window's start is kept, so that the span
 * can be proved; a gap longer than the stale time starts the window anew.
 */
export function slideWindow(
  window: readonly Reading[],
  reading: Reading,
  settings: Pick<ScaleSettings, 'stableWindowMs' | 'staleMs'>,
): readonly Reading[] {
  const last = window.at(-1);
  if (last !== undefined && (reading.atMs - last.atMs > settings.staleMs || reading.atMs < last.atMs)) {
    return [reading];
  }
  const start = reading.atMs - settings.stableWindowMs;
  let from = 0;
  while ((window[from + 1]?.atMs ?? Infinity) <= start) from += 1;
  return [...window.slice(from), reading];
}

/**
 * Stable: the window is full, has enough frames, and its spread is within the allowed divisions.
 * Where the indicator says itself that the load moves, no window stands above it. OIML R 76 wants stable
 * equilibrium before storing.
 */
export function isStable(window: readonly Reading[], settings: ScaleSettings): boolean {
  const first = window[0];
  const last = window.at(-1);
  if (first === undefined || last === undefined) return false;
  if (last.atMs - first.atMs < settings.stableWindowMs || window.length < settings.stableMinFrames)
    return false;
  let low = last.kg;
  let high = last.kg;
  for (const { kg, moving } of window) {
    if (moving === true) return false;
    low = Math.min(low, kg);
    high = Math.max(high, kg);
  }
  return high - low <= settings.stableSpreadKg;
}
