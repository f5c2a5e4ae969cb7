import type { EventBody } from '../../station/ledger/event.ts';

export type MakeBody = (number: () => number) => EventBody;

/** Hours of trucks with their curves, and still no burden to the memory. */
const mostKept = 400;

interface Kept {
  readonly makeBody: MakeBody;
  /** When it happened, monotonic ms. */
  readonly atMs: number;
}

/** What happened while the disk took nothing, oldest first; a person's order that failed is asked for again instead. */
export class Unwritten {
  readonly #kept: Kept[] = [];
  #dropped = 0;
  #problem: string | null = null;

  /** What the disk said last; null while it takes what is written. */
  get problem(): string | null {
    return this.#problem;
  }

  get first(): Kept | null {
    return this.#kept[0] ?? null;
  }

  /** The disk refused. The first time, that is the first thing to be written down. Time monotonic ms. */
  refused(problem: string, atMs: number): void {
    this.#problem = problem;
    if (this.#kept.length > 0) return;
    this.keep(
      () => ({
        type: 'writing-failed',
        body: { problem: problem.slice(0, 512), dropped: this.#dropped },
      }),
      atMs,
    );
  }

  /** Time monotonic ms. */
  keep(makeBody: MakeBody, atMs: number): void {
    if (this.#kept.length < mostKept) this.#kept.push({ makeBody, atMs });
    else this.#dropped += 1;
  }

  /** The first one is written. */
  done(): void {
    this.#kept.shift();
    if (this.#kept.length > 0) return;
    this.#problem = null;
    this.#dropped = 0;
  }
}
