const pausesMs = [300, 1000, 2000, 5000, 10_000] as const;
const longestMs = 10_000;
const settledMs = 60_000;

/** Growing pauses between restarts; what ran for a minute begins again with the shortest. */
export function backOff(): (ranMs: number) => number {
  let lately = 0;
  return (ranMs) => {
    if (ranMs > settledMs) lately = 0;
    const pauseMs = pausesMs[lately] ?? longestMs;
    lately += 1;
    return pauseMs;
  };
}
