/** Long work on the thread that reads the scale gives way after this much of it. */
const sliceMs = 4;

/** Gives way to readings whenever the present slice is used up; cheap to call after each small step. */
export class Pace {
  readonly #stopped: AbortSignal | null;
  #since = performance.now();

  constructor(stopped: AbortSignal | null = null) {
    this.#stopped = stopped;
  }

  get due(): boolean {
    return performance.now() - this.#since >= sliceMs;
  }

  /** Throws once the work is to stop. */
  async giveWay(): Promise<void> {
    if (!this.due) return;
    this.#stopped?.throwIfAborted();
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    this.#since = performance.now();
  }
}
