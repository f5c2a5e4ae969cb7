/**
 * Whether an event is of now, by the camera's own clock, however wrong that clock is. What counts is how far its times
 * run behind their arrival compared with what is usual for this camera: a buffer that is sent after a break
 * runs further behind.
 */
export interface CameraClock {
  /** Arrival less device time in the usual case, ms; null while it is not known. */
  readonly usualLagMs: number | null;
  readonly lastLagMs: number | null;
  readonly lastArrivalMs: number | null;
}

export const unknownClock: CameraClock = { usualLagMs: null, lastLagMs: null, lastArrivalMs: null };

/** A clock this near ours is believed at once. */
const rightWithinMs = 60_000;
/** Further back nothing is buffered: a clock that far off is simply wrong. */
export const buffersReachMs = 7 * 24 * 3_600_000;
const lateAfterMs = 60_000;
/** Two events so far apart that keep the same distance are no buffer being emptied. */
const apartMs = 5000;
const sameLagMs = 5000;

export type Age = 'now' | 'late' | 'unsure';

export interface Told {
  readonly deviceTimeMs: number;
  readonly arrivalMs: number;
  /** A heartbeat is always of now. */
  readonly heartbeat: boolean;
}

/** What one time told by the camera says, and what is known afterwards. */
export function readClock(
  clock: CameraClock,
  { deviceTimeMs, arrivalMs, heartbeat }: Told,
): { readonly clock: CameraClock; readonly age: Age } {
  const lagMs = arrivalMs - deviceTimeMs;
  const next = (usualLagMs: number | null): CameraClock => ({
    usualLagMs,
    lastLagMs: lagMs,
    lastArrivalMs: arrivalMs,
  });
  if (heartbeat || Math.abs(lagMs) <= rightWithinMs) return { clock: next(lagMs), age: 'now' };
  const { usualLagMs, lastLagMs, lastArrivalMs } = clock;
  const steady =
    lastLagMs !== null &&
    lastArrivalMs !== null &&
    arrivalMs - lastArrivalMs >= apartMs &&
    Math.abs(lagMs - lastLagMs) <= sameLagMs;
  if (steady) return { clock: next(lagMs), age: 'now' };
  if (usualLagMs !== null) {
    // Less behind than usual: the clock was set, or what came before was the buffer.
    const age = lagMs - usualLagMs <= lateAfterMs ? 'now' : 'late';
    return { clock: next(usualLagMs), age };
  }
  // Ahead of ours, or years behind: wrong, but not buffered.
  const wrong = lagMs < 0 || lagMs > buffersReachMs;
  return { clock: next(wrong ? lagMs : null), age: wrong ? 'now' : 'unsure' };
}
