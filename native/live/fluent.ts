import type { Timers } from '../city/timers.ts';
import { withLogin } from './ffmpeg.ts';
import type { FluentProgram } from './fluentProgram.ts';
import type { LiveListeners, LiveSource } from './liveSource.ts';

export interface FluentOptions {
  readonly program: FluentProgram;
  readonly streamUrl: string;
  readonly login: {
    readonly user: string;
    readonly password: string;
    /** How long the camera must not be asked, ms; 0 when it may. */
    readonly blockedMs: () => number;
  } | null;
  /** Single pictures, asked for while there is no fluent view. */
  readonly pictures: () => LiveSource;
  readonly onFrame: LiveListeners['onFrame'];
  readonly log: (line: string) => void;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
}

const pausesMs = [3000, 10_000, 30_000, 60_000] as const;
const longestPauseMs = 300_000;
/** As for pictures: five failed logins lock the station out of some cameras, pictures and plates included. */
const refusedPauseMs = 3_600_000;
/** A run that lasted so long was a good one. */
const settledMs = 60_000;

/** A fluent view while the program gives one, single pictures until it does and whenever it does not. */
export function fluent(options: FluentOptions): LiveSource {
  const { program, login, pictures, onFrame, log, timers, monotonicMs } = options;
  let closed = false;
  let run: LiveSource | null = null;
  let single: LiveSource | null = pictures();
  let failures = 0;
  let forget = (): void => undefined;

  function start(): void {
    const blockedMs = login?.blockedMs() ?? 0;
    if (blockedMs > 0) {
      forget = timers.after(blockedMs, start);
      return;
    }
    const startedMs = monotonicMs();
    run = program.run(
      withLogin(options.streamUrl, login),
      {
        onFrame: (jpeg) => {
          single?.close();
          single = null;
          onFrame(jpeg);
        },
        onEnd: ({ problem, refused }) => {
          if (closed) return;
          if (monotonicMs() - startedMs >= settledMs) failures = 0;
          const pauseMs = refused ? refusedPauseMs : (pausesMs[failures] ?? longestPauseMs);
          // Told once for each time it stopped working, not for each try.
          if (failures === 0)
            log(refused ? `the camera refuses ${program.name} its user and password` : problem);
          failures += 1;
          single ??= pictures();
          forget = timers.after(pauseMs, start);
        },
      },
      timers,
    );
  }

  start();
  return {
    close: () => {
      closed = true;
      forget();
      run?.close();
      single?.close();
    },
  };
}
