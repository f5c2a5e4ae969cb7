/** One axle rolling on or off the deck: a change of load that takes a moment and rings for a while. */
interface Step {
  readonly atMs: number;
  readonly kg: number;
}

const stepMs = 280;
const ringPeriodMs = 620;
const ringDecayMs = 450;
/** How much of an axle's weight shows as overshoot when it comes down on the deck. */
const ringShare = 0.09;
const settledMs = 8 * ringDecayMs;

/** Sway of a standing truck; below half a division, so a weight on the grid does not flicker. */
const standingNoiseKg = 8;
/** Wind on an empty deck: once in a while it shows one division. */
const emptyNoiseKg = 10.6;

export const divisionKg = 20;

/** A weighbridge deck with load cells: what is put on it and what its indicator shows over time. */
export class Deck {
  readonly #chance: () => number;
  #steps: readonly Step[] = [];
  #settledKg = 0;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  /** One axle comes on (positive) or goes off (negative) at `atMs`, on the caller's clock. */
  step(kg: number, atMs: number): void {
    this.#steps = [...this.#steps, { atMs, kg }];
  }

  /** What the indicator shows, whole divisions, with noise: asking twice may differ by a division. */
  shownKg(nowMs: number): number {
    this.#settle(nowMs);
    const kg = this.#steps.reduce((sum, step) => sum + share(step, nowMs), this.#settledKg);
    const empty = this.#steps.length === 0 && Math.abs(this.#settledKg) < 1;
    const noise = (this.#chance() * 2 - 1) * (empty ? emptyNoiseKg : standingNoiseKg);
    return Math.round((kg + noise) / divisionKg) * divisionKg + 0;
  }

  #settle(nowMs: number): void {
    const over = this.#steps.filter((step) => nowMs - step.atMs > settledMs);
    if (over.length === 0) return;
    this.#settledKg += over.reduce((sum, step) => sum + step.kg, 0);
    this.#steps = this.#steps.filter((step) => !over.includes(step));
  }
}

function share({ kg, atMs }: Step, nowMs: number): number {
  const age = nowMs - atMs;
  if (age <= 0) return 0;
  const rise = Math.min(1, age / stepMs);
  const ring = Math.exp(-age / ringDecayMs) * Math.sin((2 * Math.PI * age) / ringPeriodMs) * ringShare;
  return kg * (rise * rise * (3 - 2 * rise) + ring);
}
