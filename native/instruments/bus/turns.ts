/** When one instrument is asked next. Monotonic ms. */
export interface Turn {
  readonly dueAtMs: number;
  readonly askedAtMs: number;
  /** Requests in a row that brought no answer. */
  readonly misses: number;
}

/** What came of one request. */
export type AskOutcome = 'answered' | 'disturbed' | 'silent' | 'unreadable';

export const firstTurn: Turn = {
  dueAtMs: Number.NEGATIVE_INFINITY,
  askedAtMs: Number.NEGATIVE_INFINITY,
  misses: 0,
};

/** One lost answer is a passing disturbance; after this many the instrument is said to be down. */
export const missesUntilDown = 3;
const backOffMs = [1000, 2000, 5000, 10_000];

/** The one that waits longest, of those that are due first; -1 when there is none. */
export function nextTurn(turns: readonly Turn[]): number {
  let best = -1;
  for (const [index, turn] of turns.entries()) {
    const chosen = turns[best];
    const sooner =
      chosen === undefined ||
      turn.dueAtMs < chosen.dueAtMs ||
      (turn.dueAtMs === chosen.dueAtMs && turn.askedAtMs < chosen.askedAtMs);
    if (sooner) best = index;
  }
  return best;
}

/**
 * After a request: asked again at its own pace, or less and less often while nothing comes of it. A disturbed
 * answer that took no longer than that pace costs the others no waiting, so its instrument is not asked less often.
 */
export function turnAfter(
  turn: Turn,
  outcome: AskOutcome,
  askedAtMs: number,
  tookMs: number,
  pollMs: number,
): Turn {
  if (outcome === 'answered') return { dueAtMs: askedAtMs + pollMs, askedAtMs, misses: 0 };
  const misses = turn.misses + 1;
  return { dueAtMs: askedAtMs + retryMs(misses, outcome, tookMs, pollMs), askedAtMs, misses };
}

export function retryMs(misses: number, outcome: AskOutcome, tookMs: number, pollMs: number): number {
  const costsNothing = outcome === 'disturbed' && tookMs <= pollMs;
  if (costsNothing || misses < missesUntilDown) return pollMs;
  const step = Math.min(misses - missesUntilDown, backOffMs.length - 1);
  return Math.max(pollMs, backOffMs[step] ?? 0);
}
