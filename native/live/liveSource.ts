import type { Timers } from '../city/timers.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';

export interface LiveListeners {
  readonly onFrame: (jpeg: Uint8Array) => void;
  readonly onProblem: (problem: string) => void;
}

/** Running while somebody looks. */
export interface LiveSource {
  readonly close: () => void;
}

const pauseAfterProblemMs = 3000;
const askMs = 4000;

/** One picture after the other, never two questions at once. */
export function askAgain(
  camera: Pick<PictureCamera, 'take'>,
  everyMs: number,
  { onFrame, onProblem }: LiveListeners,
  timers: Timers,
  monotonicMs: () => number,
): LiveSource {
  let closed = false;
  let forget = (): void => undefined;
  let abort = new AbortController();

  async function once(): Promise<void> {
    const fromMs = monotonicMs();
    abort = new AbortController();
    const late = timers.after(askMs, () => {
      abort.abort();
    });
    const taken = await camera.take(abort.signal).catch((problem: unknown) => ({
      ok: false as const,
      error: problem instanceof Error ? problem.message : String(problem),
    }));
    late();
    if (closed) return;
    if (taken.ok) onFrame(taken.value);
    else onProblem(taken.error);
    const waitMs = taken.ok ? Math.max(0, fromMs + everyMs - monotonicMs()) : pauseAfterProblemMs;
    forget = timers.after(waitMs, () => void once());
  }

  void once();
  return {
    close: () => {
      closed = true;
      forget();
      abort.abort();
    },
  };
}
