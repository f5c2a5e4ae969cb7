import type { Clock } from './clock.ts';

/** For tests: the clock turned by hand, beside the real one so that both stay alike. */
export function handClock(
  startMs = Date.UTC(2026, 10, 23, 2, 0, 0),
): Clock & { advance: (ms: number) => void; setNow: (ms: number) => void } {
  let now = startMs;
  let monotonic = 1000;
  const apartMs = startMs - monotonic;
  return {
    bootId: 'test-boot',
    nowMs: () => now,
    monotonicMs: () => monotonic,
    driftMs: () => now - monotonic - apartMs,
    source: () => 'system',
    advance: (ms) => {
      now += ms;
      monotonic += ms;
    },
    setNow: (ms) => {
      now = ms;
    },
  };
}
