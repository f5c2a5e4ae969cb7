import { assertNever } from '../../station/assertNever.ts';
import type { SyncView } from '../../station/contract.ts';
import { deliveryContract } from '../../station/sync/delivery.ts';
import type { FailureKind } from '../../station/sync/retry.ts';
import { mayHurry, retryDelayMs } from '../../station/sync/retry.ts';
import type { Verdict } from '../../station/sync/verdict.ts';
import { judge } from '../../station/sync/verdict.ts';
import type { PlatformHttp } from './exchange.ts';
import { exchange } from './exchange.ts';
import type { Outbox } from './outbox.ts';
import { createPause } from './pause.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';

export interface PlatformClientOptions extends Omit<PlatformHttp, 'timeoutMs'> {
  readonly outbox: Outbox;
  /** For one whole exchange. */
  readonly timeoutMs?: number;
  readonly nowMs: () => number;
  readonly onState: (view: SyncView) => void;
  /** 0..1 */
  readonly random?: () => number;
  readonly timers?: Timers;
  /** When the last record before this start was delivered, for the screen. */
  readonly lastDeliveredAtMs?: number | null;
}

export interface PlatformClient {
  readonly view: () => SyncView;
  /** Something new waits, or something was sent back to waiting. */
  readonly wake: () => void;
  /** A person asks to try at once, whatever the wait. */
  readonly retryNow: () => void;
  /** Resolves when nothing more will be sent or written to the outbox. */
  readonly stop: () => Promise<void>;
}

const defaultTimeoutMs = 10_000;
/** While many records go out, the screens hear of it this often, not at each one. */
const sendingNewsMs = 250;
/** News may shorten a wait for an unreachable platform to this. */
const hurriedMs = 5000;

type Turn =
  | { readonly kind: 'again' }
  | { readonly kind: 'nothing-waits' }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly hurry: boolean };

/**
 * Delivers the outbox, lowest sequence first, one at a time, for as long as it lives. No failure ends
 * it: the platform's silence, its wrong answers and a store that will not write all end in a wait.
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { outbox, nowMs, baseUrl, stationId, token, timeoutMs = defaultTimeoutMs } = options;
  const http: PlatformHttp = { baseUrl, stationId, token, timeoutMs };
  const timers = options.timers ?? systemTimers;
  const random = options.random ?? Math.random;
  const stopped = new AbortController();
  const pause = createPause(timers);
  let failures = 0;
  let newsAtMs = Number.NEGATIVE_INFINITY;
  let view: SyncView = {
    state: 'up-to-date',
    waiting: 0,
    setAside: 0,
    lastDeliveredAtMs: options.lastDeliveredAtMs ?? null,
    lastError: null,
  };

  function tell(change: Partial<SyncView>): void {
    const at = nowMs();
    const busy = change.state === 'sending' && view.state === 'sending';
    view = { ...view, ...change };
    if (busy && at >= newsAtMs && at - newsAtMs < sendingNewsMs) return;
    newsAtMs = at;
    view = { ...view, waiting: outbox.waitingCount(), setAside: outbox.setAsideCount() };
    options.onState(view);
  }

  function fail(kind: FailureKind, reason: string, retryAfterMs: number | null): Turn {
    failures += 1;
    tell({ state: kind === 'login' ? 'refused-login' : 'offline', lastError: reason });
    const delayMs = retryDelayMs({ attempts: failures, kind, retryAfterMs, random: random() });
    return { kind: 'wait', delayMs, hurry: mayHurry(kind) };
  }

  function settle(sequence: number, verdict: Verdict): Turn {
    switch (verdict.kind) {
      case 'delivered': {
        const atMs = nowMs();
        outbox.delivered(sequence, verdict.acknowledgement, atMs);
        failures = 0;
        tell({ state: 'sending', lastDeliveredAtMs: atMs, lastError: null });
        return { kind: 'again' };
      }
      case 'set-aside':
        outbox.setAside(sequence, verdict.reason, nowMs());
        failures = 0;
        tell({ state: 'sending', lastError: `event ${String(sequence)}: ${verdict.reason}` });
        return { kind: 'again' };
      case 'retry':
        outbox.failed(sequence, verdict.reason, nowMs());
        return fail(verdict.failure, verdict.reason, verdict.retryAfterMs);
      case 'refused-login':
        outbox.failed(sequence, verdict.reason, nowMs());
        return fail('login', verdict.reason, null);
      default:
        return assertNever(verdict);
    }
  }

  async function takeTurn(): Promise<Turn> {
    const record = outbox.nextWaiting();
    if (record === null) {
      failures = 0;
      tell({ state: 'up-to-date' });
      return { kind: 'nothing-waits' };
    }
    if (failures === 0) tell({ state: 'sending' });
    const { sequence, previousHash, hash, text, signed } = record;
    const delivery = {
      contract: deliveryContract,
      sequence,
      previousHash,
      hash,
      event: text,
      signed,
    } as const;
    const answer = await exchange(http, delivery, { timers, nowMs, stopped: stopped.signal });
    if (stopped.signal.aborted) return { kind: 'nothing-waits' };
    return settle(sequence, judge(answer, record));
  }

  function isStopped(): boolean {
    return stopped.signal.aborted;
  }

  async function run(): Promise<void> {
    while (!isStopped()) {
      let turn: Turn;
      try {
        turn = await takeTurn();
      } catch (problem) {
        turn = failInside(problem);
      }
      if (isStopped()) return;
      if (turn.kind === 'nothing-waits') await pause.untilWoken();
      if (turn.kind === 'wait') await pause.forAtMost(turn.delayMs, turn.hurry ? hurriedMs : null);
    }
  }

  /** The outbox itself failed (disk full, store locked): said aloud, tried again later. */
  function failInside(problem: unknown): Turn {
    const detail = problem instanceof Error ? problem.message : String(problem);
    try {
      return fail('server', `outbox: ${detail.slice(0, 200)}`, null);
    } catch {
      return { kind: 'wait', delayMs: 60_000, hurry: false };
    }
  }

  // Not before the caller holds the client: `onState` may want to use it.
  const running = Promise.resolve().then(run);
  return {
    view: () => view,
    wake: () => {
      pause.wake();
    },
    retryNow: () => {
      pause.end();
    },
    stop: async () => {
      stopped.abort();
      pause.end();
      await running;
    },
  };
}
