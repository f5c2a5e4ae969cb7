import { randomUUID } from 'node:crypto';
import type { LedgerEvent } from '../station/ledger/event.ts';

/** The only clock: wall time for people and papers, monotonic time for everything that measures. */
export interface Clock {
  /** UTC milliseconds, an integer. */
  readonly nowMs: () => number;
  /** Milliseconds since `bootId` began; never goes backwards. */
  readonly monotonicMs: () => number;
  /** New for each start of the station process. */
  readonly bootId: string;
  /** How far the wall clock has moved against the monotonic one since `bootId` began; positive is forward. */
  readonly driftMs: () => number;
  /** What the operating system says keeps the wall clock. */
  readonly source: () => ClockSource;
}

export type ClockSource = LedgerEvent['clockSource'];

export function systemClock(source: () => ClockSource = () => 'system'): Clock {
  const nowMs = (): number => Date.now();
  const monotonicMs = (): number => performance.now();
  const apartMs = nowMs() - monotonicMs();
  return {
    nowMs,
    monotonicMs,
    bootId: randomUUID(),
    driftMs: () => nowMs() - monotonicMs() - apartMs,
    source,
  };
}
