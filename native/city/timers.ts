/** Waiting, as a thing that can be handed in. */
export interface Timers {
  /** Calls `run` once after `delayMs`; the returned function forgets it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
