import type { Clock, ClockSource } from '../../native/clock.ts';

/** A clock that runs as the machine's does, and that somebody sets. */
export interface RunningClock extends Clock {
  /** Moves the wall clock alone. */
  readonly set: (byMs: number) => void;
  /** Time goes by on both. */
  readonly pass: (ms: number) => void;
  readonly keptBy: (source: ClockSource) => void;
}

export function runningClock(): RunningClock {
  let setMs = 0;
  let passedMs = 0;
  let source: ClockSource = 'system';
  const apartMs = Math.round(Date.now() - performance.now());
  const monotonicMs = (): number => performance.now() + passedMs;
  return {
    bootId: 'running-clock',
    monotonicMs,
    nowMs: () => Math.round(monotonicMs()) + apartMs + setMs,
    driftMs: () => setMs,
    source: () => source,
    set: (byMs) => {
      setMs += byMs;
    },
    pass: (ms) => {
      passedMs += ms;
    },
    keptBy: (said) => {
      source = said;
    },
  };
}
