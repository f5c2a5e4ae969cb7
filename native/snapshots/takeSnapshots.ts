import type { PictureView, Shot } from '../../station/ledger/bodies/pictures.ts';
import type { Result } from '../../station/result.ts';
import { err } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';

/** One camera that can be asked for a picture. */
export interface SnapshotSource {
  readonly camera: string;
  readonly view: PictureView;
  /** One whole JPEG as the camera sent it; gives up when the signal says so. */
  readonly take: (signal: AbortSignal) => Promise<Result<Uint8Array, string>>;
}

export interface SnapshotDeps {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** Keeps the original bytes and returns their SHA-256. Rejects when the disk refuses. */
  readonly keep: (bytes: Uint8Array) => Promise<string>;
}

/** So long a camera has; what is later is no picture of this moment. */
export const snapshotDeadlineMs = 2000;

/** Asks all cameras at once. Each of them gives a picture in time or is written down as missed; none is waited for longer. */
export function takeSnapshots(
  sources: readonly SnapshotSource[],
  { timers, monotonicMs, keep }: SnapshotDeps,
): Promise<readonly Shot[]> {
  const fromMs = monotonicMs();
  return Promise.all(
    sources.map(async ({ camera, view, take }): Promise<Shot> => {
      const taken = await inTime(take, timers);
      const afterMs = Math.max(0, Math.round(monotonicMs() - fromMs));
      const shot = { camera, view, afterMs, origin: 'asked' as const, seenMs: null };
      if (!taken.ok) return { ...shot, sha256: null, missed: taken.error.slice(0, 200) };
      try {
        return { ...shot, sha256: await keep(taken.value), missed: null };
      } catch (problem) {
        const detail = problem instanceof Error ? problem.message : String(problem);
        return { ...shot, sha256: null, missed: `not stored: ${detail}`.slice(0, 200) };
      }
    }),
  );
}

function inTime(take: SnapshotSource['take'], timers: Timers): Promise<Result<Uint8Array, string>> {
  const abort = new AbortController();
  return new Promise((resolve) => {
    const forget = timers.after(snapshotDeadlineMs, () => {
      abort.abort();
      resolve(err(`no picture within ${String(snapshotDeadlineMs)} ms`));
    });
    take(abort.signal)
      .catch((problem: unknown) => err(problem instanceof Error ? problem.message : String(problem)))
      .then((taken) => {
        forget();
        resolve(taken);
      }, forget);
  });
}
