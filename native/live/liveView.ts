import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';
import type { LiveListeners, LiveSource } from './liveSource.ts';
import { fluent } from './fluent.ts';
import { fluentProgram } from './fluentProgram.ts';
import { askAgain } from './liveSource.ts';
import type { LiveSettings } from './liveSettings.ts';

export interface LiveFrame {
  readonly jpeg: Uint8Array;
  readonly atMs: number;
}

export interface LiveDeps {
  readonly cameras: readonly PictureCamera[];
  readonly settings: LiveSettings;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly log: (line: string) => void;
}

/** Nobody asked for so long: the camera is left alone. */
const idleMs = 5000;
/** A screen that asks waits at most so long for a newer picture. */
const answerMs = 2000;
const mostWaiting = 64;

interface Watched {
  source: LiveSource;
  frame: LiveFrame | null;
  problem: string | null;
  askedAtMs: number;
  waiting: Set<() => void>;
  forgetIdle: () => void;
}

/**
 * Live pictures for the screens: a camera is asked only while somebody looks, and everybody who looks at it sees the
 * same pictures. Times monotonic ms.
 */
export class LiveView {
  readonly #deps: LiveDeps;
  readonly #watched = new Map<string, Watched>();

  constructor(deps: LiveDeps) {
    this.#deps = deps;
  }

  get cameras(): readonly PictureCamera[] {
    return this.#deps.settings.enabled ? this.#deps.cameras : [];
  }

  /** The next picture after `afterMs`, as soon as it is here. */
  async next(id: string, afterMs: number): Promise<Result<LiveFrame, string>> {
    const camera = this.cameras.find((each) => each.camera === id);
    if (camera === undefined) return err('no such camera');
    const watched = this.#watch(camera);
    watched.askedAtMs = this.#deps.monotonicMs();
    if (watched.frame !== null && watched.frame.atMs > afterMs) return ok(watched.frame);
    if (watched.waiting.size < mostWaiting) await this.#newer(watched);
    const { frame } = watched;
    return frame !== null && frame.atMs > afterMs ? ok(frame) : err(watched.problem ?? 'no picture yet');
  }

  close(): void {
    for (const id of this.#watched.keys()) this.#leave(id);
  }

  #newer(watched: Watched): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        forget();
        watched.waiting.delete(done);
        resolve();
      };
      const forget = this.#deps.timers.after(answerMs, done);
      watched.waiting.add(done);
    });
  }

  #watch(camera: PictureCamera): Watched {
    const known = this.#watched.get(camera.camera);
    if (known !== undefined) return known;
    const watched: Watched = {
      source: { close: () => undefined },
      frame: null,
      problem: null,
      askedAtMs: this.#deps.monotonicMs(),
      waiting: new Set(),
      forgetIdle: () => undefined,
    };
    this.#watched.set(camera.camera, watched);
    this.#open(camera, watched);
    this.#endWhenIdle(camera.camera, watched);
    return watched;
  }

  #open(camera: PictureCamera, watched: Watched): void {
    const { settings, timers, monotonicMs, log } = this.#deps;
    const tell = (): void => {
      for (const done of [...watched.waiting]) done();
    };
    const listeners: LiveListeners = {
      onFrame: (jpeg) => {
        watched.frame = { jpeg, atMs: monotonicMs() };
        watched.problem = null;
        tell();
      },
      onProblem: (problem) => {
        watched.problem = problem.slice(0, 200);
        tell();
      },
    };
    const ask = (): LiveSource =>
      askAgain(camera, 1000 / settings.picturesPerSecond, listeners, timers, monotonicMs);
    const program = fluentProgram(settings);
    if (program === null) {
      watched.source = ask();
      return;
    }
    void camera.streamUrl().then((url) => {
      if (this.#watched.get(camera.camera) !== watched) return;
      const { camera: id, login } = camera;
      const { onFrame } = listeners;
      const tellLog = (line: string): void => {
        log(`camera ${id}: ${line}; single pictures are shown instead`);
      };
      const around = { timers, monotonicMs, log: tellLog };
      watched.source =
        url === null ? ask() : fluent({ program, streamUrl: url, login, pictures: ask, onFrame, ...around });
    });
  }

  #endWhenIdle(id: string, watched: Watched): void {
    const { timers, monotonicMs } = this.#deps;
    watched.forgetIdle = timers.after(idleMs, () => {
      if (monotonicMs() - watched.askedAtMs >= idleMs) this.#leave(id);
      else this.#endWhenIdle(id, watched);
    });
  }

  #leave(id: string): void {
    const watched = this.#watched.get(id);
    if (watched === undefined) return;
    this.#watched.delete(id);
    watched.forgetIdle();
    watched.source.close();
    for (const done of [...watched.waiting]) done();
  }
}
