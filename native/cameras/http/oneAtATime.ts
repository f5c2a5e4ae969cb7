/** Lets work be done by one after the other, in the order of asking. */
export class OneAtATime {
  #last: Promise<void> = Promise.resolve();

  /** Null when `signal` was aborted before its turn came. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
    const before = this.#last;
    let done = (): void => undefined;
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    if (!(await until(before, signal))) {
      void before.then(done);
      return null;
    }
    try {
      return await work();
    } finally {
      done();
    }
  }

  /** Until nobody works who had begun or was waiting; false when `signal` was aborted before. */
  idle(signal: AbortSignal): Promise<boolean> {
    return until(this.#last, signal);
  }
}

function until(promise: Promise<void>, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const aborted = (): void => {
      resolve(false);
    };
    signal.addEventListener('abort', aborted, { once: true });
    void promise.then(() => {
      signal.removeEventListener('abort', aborted);
      resolve(true);
    });
  });
}
