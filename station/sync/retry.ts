/** Why a try has to be made again. */
export type FailureKind =
  /** No connection was made, or it broke. */
  | 'network'
  | 'timeout'
  /** 429 and 503: the platform asks for patience. */
  | 'busy'
  | 'server'
  /** An answer came that does not answer what was sent. */
  | 'wrong-answer'
  /** Something answers at this address, but not a city platform. */
  | 'address'
  /** The platform does not know this station's token. */
  | 'login';

const firstMs = 1000;
const ceilingMs = 5 * 60_000;
const slowestLoginMs = 60_000;
const longestRetryAfterMs = 60 * 60_000;

/**
 * How long to wait before the next try. Full jitter below a ceiling that doubles from 1 s to 5 min, so
 * that a city's stations do not all return in the same second; never below 1 s.
 * A refused login waits between one and five minutes, since asking faster only locks accounts.
 * `attempts` counts the failed tries in a row, from 1; `random` is in 0..1.
 */
export function retryDelayMs(failed: {
  readonly attempts: number;
  readonly kind: FailureKind;
  readonly retryAfterMs: number | null;
  readonly random: number;
}): number {
  const random = Math.min(1, Math.max(0, failed.random));
  if (failed.kind === 'login') return Math.round(slowestLoginMs + random * (ceilingMs - slowestLoginMs));
  const ceiling = Math.min(ceilingMs, firstMs * 2 ** (Math.max(1, failed.attempts) - 1));
  const delay = Math.max(firstMs, Math.round(random * ceiling));
  if (failed.kind !== 'busy' || failed.retryAfterMs === null) return delay;
  return Math.min(longestRetryAfterMs, Math.max(delay, failed.retryAfterMs));
}

/** RFC 9110 Retry-After: whole seconds or an IMF-fixdate. Null when absent or not understood. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^[0-9]{1,10}$/.test(text)) return Number(text) * 1000;
  const atMs = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/**
 * Whether news (a new record) may cut this wait short: only where nobody was reached, since somebody
 * who answered and asked for patience is to be left in peace.
 */
export function mayHurry(kind: FailureKind): boolean {
  return kind === 'network';
}
