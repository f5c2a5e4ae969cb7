import { randomUUID } from 'node:crypto';

/** The only clock: wall time for people and papers, monotonic time for everything that measures. */
export interface Clock {
  /** UTC milliseconds, an integer. */
  readonly nowMs: () => number;
  /** Milliseconds since `bootId` began; never goes backwards. */
  readonly monotonicMs: () => number;
  /** New for each start of the station process. */
  readonly bootId: string;
}

export function systemClock(): Clock {
  return { nowMs: () => Date.now(), monotonicMs: () => performance.now(), bootId: randomUUID() };
}
