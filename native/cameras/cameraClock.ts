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

/** A clock this near ours is right, or nearly. */
const rightWithinMs = 60_000;
/** Further back nothing is buffered: a clock that far off is simply wrong. */
export const buffersReachMs = 7 * 24 * 3_600_000;
const lateAfterMs = 60_000;
/** Before a camera's usual lag is known, one that is further behind may be slow as well as wrong. */
const slowAfterMs = 15_000;
/** Two events so far apart that keep the same distance are no buffer being emptied. */
const apartMs = 5000;
const sameLagMs = 5000;
/** As far apart for a clock that is nearly right, where a slow camera keeps its distance for a while, too. */
const slowApartMs = 60_000;

export type Age = 'now' | 'late' | 'unsure';

export interface Told {
  readonly deviceTimeMs: number;
  readonly arrivalMs: number;
  /** A heartbeat is always of now. */
  readonly heartbeat: boolean;
}

export interface ClockReading {
  readonly clock: CameraClock;
  readonly age: Age;
  /** How much later than usual it arrived, ms; null where that cannot be told. */
  readonly delayMs: number | null;
}

/** What one time told by the camera says, and what is known afterwards. */
export function readClock(clock: CameraClock, { deviceTimeMs, arrivalMs, heartbeat }: Told): ClockReading {
  const lagMs = arrivalMs - deviceTimeMs;
  const answer = (usualLagMs: number | null, age: Age, delayMs: number | null): ClockReading => ({
    clock: { usualLagMs, lastLagMs: lagMs, lastArrivalMs: arrivalMs },
    age,
    delayMs,
  });
  if (heartbeat) return answer(lagMs, 'now', 0);
  const right = Math.abs(lagMs) <= rightWithinMs;
  const usual = clock.usualLagMs;
  // A clock that was far off and is right now was set.
  const known = usual !== null && (!right || Math.abs(usual) <= rightWithinMs) ? usual : null;
  if (isSteady(clock, lagMs, arrivalMs, right && known !== null ? slowApartMs : apartMs)) {
    return answer(lagMs, 'now', 0);
  }
  if (known !== null) {
    const delayMs = Math.max(0, lagMs - known);
    // Less behind than usual: the clock was set, or what came before was the buffer.
    return answer(right ? Math.min(known, lagMs) : known, delayMs <= lateAfterMs ? 'now' : 'late', delayMs);
  }
  if (right) {
    return lagMs > slowAfterMs ? answer(null, 'unsure', lagMs) : answer(lagMs, 'now', Math.max(0, lagMs));
  }
  // Ahead of ours, or years behind: wrong, but not buffered.
  const wrong = lagMs < 0 || lagMs > buffersReachMs;
  return wrong ? answer(lagMs, 'now', 0) : answer(null, 'unsure', null);
}

function isSteady(
  { lastLagMs, lastArrivalMs }: CameraClock,
  lagMs: number,
  arrivalMs: number,
  apart: number,
): boolean {
  return (
    lastLagMs !== null &&
    lastArrivalMs !== null &&
    arrivalMs - lastArrivalMs >= apart &&
    Math.abs(lagMs - lastLagMs) <= sameLagMs
  );
}
