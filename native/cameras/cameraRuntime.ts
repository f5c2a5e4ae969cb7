import type { Timers } from '../city/timers.ts';

/** What every camera gets from outside. */
export interface CameraRuntime {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly nowMs: () => number;
  /** What the named variable of the environment holds; null when it is not set. */
  readonly secret: (variable: string) => string | null;
}
