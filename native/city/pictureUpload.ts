import { retryDelayMs } from '../../station/sync/retry.ts';
import { createPause } from './pause.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';

export interface WaitingPicture {
  readonly sha256: string;
  /** Null when the file is gone or no longer has its hash. */
  readonly bytes: Uint8Array | null;
}

export interface PictureQueue {
  /** The oldest one the platform has not confirmed; `after` skips those that were just refused. */
  readonly next: (refused: ReadonlySet<string>) => WaitingPicture | null;
  readonly uploaded: (sha256: string, atMs: number) => void;
}

export interface PictureUploadOptions {
  readonly baseUrl: string;
  readonly stationId: string;
  /** Sent as a bearer token; never logged, never shown. */
  readonly token: string | null;
  readonly queue: PictureQueue;
  readonly nowMs: () => number;
  readonly onProblem: (problem: string | null) => void;
  readonly timers?: Timers;
  readonly random?: () => number;
}

const timeoutMs = 60_000;
const mostRefused = 1000;

/**
 * Brings pictures to the platform, oldest first, one at a time: `PUT /v1/stations/ID/pictures/SHA256` with the
 * original bytes. 200, 201 and 204 confirm; a refused one blocks no other and is tried again after the next start.
 */
export function uploadPictures(options: PictureUploadOptions): {
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
} {
  const { queue, nowMs, onProblem, timers = systemTimers, random = Math.random } = options;
  const stopped = new AbortController();
  const pause = createPause(timers);
  const refused = new Set<string>();
  let attempts = 0;

  async function once(): Promise<'again' | 'idle' | number> {
    const picture = queue.next(refused);
    if (picture === null) return 'idle';
    if (picture.bytes === null || refused.size > mostRefused) {
      refused.add(picture.sha256);
      onProblem(`picture ${picture.sha256.slice(0, 16)} is missing or changed on disk`);
      return 'again';
    }
    const answer = await put(options, picture.sha256, picture.bytes, timers, stopped.signal);
    if (answer.kind === 'held') {
      queue.uploaded(picture.sha256, nowMs());
      attempts = 0;
      onProblem(null);
      return 'again';
    }
    if (answer.kind === 'refused') {
      refused.add(picture.sha256);
      onProblem(answer.detail);
      return 'again';
    }
    attempts += 1;
    onProblem(answer.detail);
    return retryDelayMs({ attempts, kind: 'network', retryAfterMs: null, random: random() });
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      let next: Awaited<ReturnType<typeof once>>;
      try {
        next = await once();
      } catch (problem) {
        onProblem(problem instanceof Error ? problem.message.slice(0, 200) : String(problem));
        next = timeoutMs;
      }
      if (next === 'idle') await pause.untilWoken();
      else if (next !== 'again') await pause.forAtMost(next, null);
    }
  }

  const running = Promise.resolve().then(run);
  return {
    wake: () => {
      pause.wake();
    },
    stop: async () => {
      stopped.abort();
      pause.end();
      await running;
    },
  };
}

type Put =
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

async function put(
  { baseUrl, stationId, token }: PictureUploadOptions,
  sha256: string,
  bytes: Uint8Array,
  timers: Timers,
  stopped: AbortSignal,
): Promise<Put> {
  const abort = new AbortController();
  const forget = timers.after(timeoutMs, () => {
    abort.abort();
  });
  const onStop = (): void => {
    abort.abort();
  };
  stopped.addEventListener('abort', onStop);
  try {
    const response = await fetch(
      `${baseUrl.replace(/\/+$/, '')}/v1/stations/${encodeURIComponent(stationId)}/pictures/${sha256}`,
      {
        method: 'PUT',
        headers: {
          'content-type': 'image/jpeg',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: new Uint8Array(bytes),
        redirect: 'manual',
        signal: abort.signal,
      },
    );
    await response.body?.cancel();
    const { status } = response;
    if (status === 200 || status === 201 || status === 204) return { kind: 'held' };
    const detail = `picture ${sha256.slice(0, 16)}: ${String(status)}`;
    return status === 413 || status === 415 || status === 422
      ? { kind: 'refused', detail }
      : { kind: 'failed', detail };
  } catch {
    return { kind: 'failed', detail: 'pictures: the platform is not reached' };
  } finally {
    forget();
    stopped.removeEventListener('abort', onStop);
    abort.abort();
  }
}
