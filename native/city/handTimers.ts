import type { Timers } from './timers.ts';

/** For tests: time turned by hand. */
export class HandTimers implements Timers {
  nowMs = 0;
  #due: { readonly atMs: number; readonly run: () => void }[] = [];

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const entry = { atMs: this.nowMs + delayMs, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  };

  /** Until the next is due; null when nobody waits. */
  get nextInMs(): number | null {
    return this.#due.length === 0 ? null : Math.min(...this.#due.map(({ atMs }) => atMs)) - this.nowMs;
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#due.toSorted((one, other) => one.atMs - other.atMs);
      if (next === undefined || next.atMs > untilMs) break;
      this.nowMs = next.atMs;
      this.#due = this.#due.filter((each) => each !== next);
      next.run();
    }
    this.nowMs = untilMs;
    await new Promise(setImmediate);
  }
}
