import type { Clock } from '../clock.ts';

const steppedMs = 1000;

/** Tells when the wall clock jumped against the one that cannot be set, whoever moved it; by how many ms. */
export class ClockWatch {
  readonly #clock: Clock;
  #driftMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#driftMs = clock.driftMs();
  }

  /** Zero unless it jumped since the last look: a clock that is only slewed moves by far less between two. */
  steppedMs(): number {
    const driftMs = this.#clock.driftMs();
    const byMs = Math.round(driftMs - this.#driftMs);
    this.#driftMs = driftMs;
    return Math.abs(byMs) > steppedMs ? byMs : 0;
  }
}
