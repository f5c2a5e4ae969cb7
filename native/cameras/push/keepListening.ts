import type { Timers } from '../../city/timers.ts';
import type { PushListener } from './pushListener.ts';

const againMs = 10_000;

export interface ListeningOptions {
  readonly listen: () => Promise<PushListener>;
  readonly onDown: (detail: string, retryInMs: number) => void;
  readonly timers: Timers;
}

export interface Listening {
  /** Null while the port cannot be had. */
  readonly port: () => number | null;
  readonly close: () => Promise<void>;
}

/** Listens for pushes, and tries again while another program holds the port. */
export async function keepListening({ listen, onDown, timers }: ListeningOptions): Promise<Listening> {
  const held: { listener: PushListener | null; closed: boolean; forget: () => void } = {
    listener: null,
    closed: false,
    forget: () => undefined,
  };
  const tryOnce = async (): Promise<void> => {
    try {
      held.listener = await listen();
      if (held.closed) await held.listener.close();
    } catch (problem) {
      if (held.closed) return;
      const code = problem instanceof Error && 'code' in problem ? String(problem.code) : String(problem);
      onDown(code, againMs);
      held.forget = timers.after(againMs, () => {
        pending = tryOnce();
      });
    }
  };
  let pending = tryOnce();
  await pending;
  return {
    port: () => held.listener?.port ?? null,
    close: async () => {
      held.closed = true;
      held.forget();
      await pending;
      await held.listener?.close();
    },
  };
}
