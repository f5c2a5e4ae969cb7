import type { Timers } from './timers.ts';

/** A wait that news can end or shorten; news that comes while nobody waits is not lost. */
export interface Pause {
  readonly untilWoken: () => Promise<void>;
  /** Waits `delayMs`; news shortens it to `hurriedMs` counted from now on, or not at all when null. */
  readonly forAtMost: (delayMs: number, hurriedMs: number | null) => Promise<void>;
  readonly wake: () => void;
  /** Ends the present wait at once. */
  readonly end: () => void;
}

export function createPause(timers: Timers): Pause {
  let news = false;
  let onNews: (() => void) | null = null;
  let finish: (() => void) | null = null;

  function wait(begin: (done: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      let forget = (): void => undefined;
      let over = false;
      const done = (): void => {
        if (over) return;
        over = true;
        forget();
        onNews = null;
        finish = null;
        resolve();
      };
      finish = done;
      forget = begin(done);
    });
  }

  return {
    untilWoken: () => {
      if (news) {
        news = false;
        return Promise.resolve();
      }
      return wait((done) => {
        onNews = done;
        return () => undefined;
      }).then(() => {
        news = false;
      });
    },
    forAtMost: (delayMs, hurriedMs) => {
      news = false;
      return wait((done) => {
        let mayEnd = false;
        let asked = false;
        const forgetDelay = timers.after(delayMs, done);
        const forgetHurry =
          hurriedMs === null || hurriedMs >= delayMs
            ? () => undefined
            : timers.after(hurriedMs, () => {
                mayEnd = true;
                if (asked) done();
              });
        onNews = () => {
          asked = true;
          if (mayEnd) done();
        };
        return () => {
          forgetDelay();
          forgetHurry();
        };
      });
    },
    wake: () => {
      news = true;
      onNews?.();
    },
    end: () => {
      news = true;
      finish?.();
    },
  };
}
