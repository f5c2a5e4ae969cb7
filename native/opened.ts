/** What was opened, to be closed again: the last first, each whatever the others did. */
export class Opened {
  readonly #closers: (() => unknown)[] = [];

  push(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Throws what went wrong after everything was closed. */
  async close(): Promise<void> {
    const problems: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (problem) {
        problems.push(problem);
      }
    }
    if (problems.length === 0) return;
    const said = problems.map((problem) => (problem instanceof Error ? problem.message : String(problem)));
    throw new AggregateError(problems, said.join('; '));
  }
}
