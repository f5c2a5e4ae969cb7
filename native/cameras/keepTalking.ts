import type { Timers } from '../city/timers.ts';
import type { LineState } from './camera.ts';

/** How one conversation with a camera ended. */
export type TalkEnd =
  | { readonly kind: 'ended'; readonly detail: string }
  /** The login was refused: nothing is asked again before `pauseMs`. */
  | { readonly kind: 'refused'; readonly detail: string; readonly pauseMs: number };

export interface Talk {
  readonly signal: AbortSignal;
  /** The camera answered: the conversation stands. */
  readonly opened: () => void;
  /** Anything was heard; silence for `quietMs` ends the conversation. */
  readonly heard: () => void;
}

export interface TalkOptions {
  /** One conversation, from the call to its end. Ends soon after its signal is aborted. */
  readonly talk: (talk: Talk) => Promise<TalkEnd>;
  /** About three missed heartbeats. */
  readonly quietMs: number;
  readonly onState: (state: LineState) => void;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
}

export interface Conversation {
  readonly close: () => Promise<void>;
}

/** The first is for firmware that ends every stream after 40 s (home-assistant/core 82767). */
const pausesMs = [300, 1000, 2000, 5000, 10_000, 30_000] as const;
const longestPauseMs = 30_000;
/** A stream that was heard for so long was a good one. */
const settledMs = 15_000;

/** Keeps a conversation with a camera going: calls again with growing pauses, and hangs up on silence. */
export function keepTalking({ talk, quietMs, onState, timers, monotonicMs }: TalkOptions): Conversation {
  let stopped = false;
  let failures = 0;
  let hangUp: (why: string) => void = () => undefined;
  let wake: () => void = () => undefined;

  async function once(): Promise<TalkEnd> {
    const abort = new AbortController();
    const reasons: string[] = [];
    hangUp = (reason) => {
      reasons.push(reason);
      abort.abort();
    };
    let silence = (): void => undefined;
    const heard = (): void => {
      silence();
      silence = timers.after(quietMs, () => {
        hangUp('silent: no heartbeat');
      });
    };
    const startedMs = monotonicMs();
    heard();
    try {
      const end = await talk({
        signal: abort.signal,
        heard,
        opened: () => {
          onState({ kind: 'open' });
        },
      });
      if (monotonicMs() - startedMs >= settledMs) failures = 0;
      const [why] = reasons;
      return end.kind === 'ended' && why !== undefined ? { kind: 'ended', detail: why } : end;
    } catch (problem) {
      // A mistake of ours in one camera's talk must not end the weighing of trucks.
      return { kind: 'ended', detail: problem instanceof Error ? problem.message : String(problem) };
    } finally {
      silence();
    }
  }

  async function run(): Promise<void> {
    while (!isStopped()) {
      const end = await once();
      if (isStopped()) return;
      const pauseMs = end.kind === 'refused' ? end.pauseMs : (pausesMs[failures] ?? longestPauseMs);
      failures += 1;
      onState({ kind: 'down', detail: end.detail, retryInMs: pauseMs });
      await new Promise<void>((resolve) => {
        const forget = timers.after(pauseMs, resolve);
        wake = () => {
          forget();
          resolve();
        };
        if (isStopped()) wake();
      });
    }
  }

  function isStopped(): boolean {
    return stopped;
  }

  const running = run();
  return {
    close: async () => {
      stopped = true;
      hangUp('closed');
      wake();
      await running;
    },
  };
}
