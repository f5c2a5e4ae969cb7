import type { Deck } from './scale.ts';
import type { Visit } from './trucks.ts';
import { axleLoadsKg } from './trucks.ts';

export interface ScriptOptions {
  readonly deck: Deck;
  readonly chance: () => number;
  /** Driving and waiting go this many times faster; 1 is a yard's own pace. */
  readonly pace: number;
  /** How long a driver stands before he leaves unasked; null waits until he is released. */
  readonly dwellMs: number | null;
  /** Who comes when nobody was sent for, over and over; empty waits for `send`. */
  readonly cycle: readonly Visit[];
}

export type Happening =
  | { readonly kind: 'arriving'; readonly visit: Visit }
  | { readonly kind: 'half-on-deck'; readonly visit: Visit }
  | { readonly kind: 'standing'; readonly visit: Visit }
  | { readonly kind: 'leaving'; readonly visit: Visit }
  | { readonly kind: 'gone'; readonly visit: Visit };

type Phase =
  /** `from` is when somebody began to watch the empty deck; null while nobody does. */
  | { readonly kind: 'empty'; readonly from: number | null; readonly waitMs: number }
  | { readonly kind: 'arriving'; readonly visit: Visit; readonly untilMs: number }
  | { readonly kind: 'half-on-deck'; readonly visit: Visit; readonly untilMs: number }
  | { readonly kind: 'standing'; readonly visit: Visit; readonly sinceMs: number }
  | { readonly kind: 'leaving'; readonly visit: Visit; readonly untilMs: number };

/** An empty scale is shown at least this long before a truck: the station must see it rest at zero. */
const shortestEmptyMs = 1200;
const betweenTrucksMs = 5000;
const axleGapMs = 420;
const halfStopMs = 7000;
const reactionMs = 1200;
/** Until a deck that was driven off has come to rest. */
const restMs = 2500;

/** What happens at the yard, told by `tick`; it has no clock and does nothing by itself. */
export class Script {
  readonly #options: ScriptOptions;
  #phase: Phase = { kind: 'empty', from: null, waitMs: shortestEmptyMs };
  #sent: readonly Visit[] = [];
  #turn = 0;
  #released = false;

  constructor(options: ScriptOptions) {
    this.#options = options;
  }

  send(visit: Visit): void {
    this.#sent = [...this.#sent, visit];
  }

  /** The driver on the scale leaves, as soon as he has come to stand. */
  release(): void {
    this.#released = this.#phase.kind !== 'empty' && this.#phase.kind !== 'leaving';
  }

  /** Nobody on the deck and nobody sent for. */
  idle(): boolean {
    return this.#phase.kind === 'empty' && this.#sent.length === 0;
  }

  tick(nowMs: number, watched: boolean): readonly Happening[] {
    const phase = this.#phase;
    switch (phase.kind) {
      case 'empty':
        return this.#whileEmpty(phase, nowMs, watched);
      case 'arriving':
        return nowMs < phase.untilMs ? [] : this.#stopOnDeck(phase.visit, nowMs);
      case 'half-on-deck':
        return nowMs < phase.untilMs && !this.#released ? [] : this.#driveFurther(phase.visit, nowMs);
      case 'standing':
        return this.#mayLeave(phase.sinceMs, nowMs) ? this.#leave(phase.visit, nowMs) : [];
      case 'leaving':
        if (nowMs < phase.untilMs) return [];
        this.#phase = { kind: 'empty', from: null, waitMs: betweenTrucksMs / this.#options.pace };
        return [{ kind: 'gone', visit: phase.visit }];
    }
  }

  #whileEmpty(
    { from, waitMs }: Extract<Phase, { kind: 'empty' }>,
    nowMs: number,
    watched: boolean,
  ): readonly Happening[] {
    if (!watched || from === null) {
      this.#phase = { kind: 'empty', from: watched ? nowMs : null, waitMs };
      return [];
    }
    if (nowMs - from < Math.max(shortestEmptyMs, this.#sent.length > 0 ? 0 : waitMs)) return [];
    const visit = this.#next();
    if (visit === null) return [];
    this.#released = false;
    const loads = axleLoadsKg(visit);
    const untilMs = this.#roll(loads.slice(0, visit.firstStopAxles ?? loads.length), nowMs);
    this.#phase = { kind: 'arriving', visit, untilMs };
    return [{ kind: 'arriving', visit }];
  }

  #stopOnDeck(visit: Visit, nowMs: number): readonly Happening[] {
    if (visit.firstStopAxles === null) return this.#stand(visit, nowMs);
    this.#phase = { kind: 'half-on-deck', visit, untilMs: nowMs + halfStopMs / this.#options.pace };
    return [{ kind: 'half-on-deck', visit }];
  }

  #driveFurther(visit: Visit, nowMs: number): readonly Happening[] {
    this.#released = false;
    const rest = axleLoadsKg(visit).slice(visit.firstStopAxles ?? 0);
    const whole: Visit = { ...visit, firstStopAxles: null };
    this.#phase = { kind: 'arriving', visit: whole, untilMs: this.#roll(rest, nowMs) };
    return [];
  }

  #stand(visit: Visit, nowMs: number): readonly Happening[] {
    this.#phase = { kind: 'standing', visit, sinceMs: nowMs };
    return [{ kind: 'standing', visit }];
  }

  #mayLeave(sinceMs: number, nowMs: number): boolean {
    const { dwellMs, pace } = this.#options;
    const stood = nowMs - sinceMs;
    if (this.#released) return stood >= reactionMs / pace;
    return dwellMs !== null && stood >= dwellMs / pace;
  }

  #leave(visit: Visit, nowMs: number): readonly Happening[] {
    const off = axleLoadsKg(visit).map((kg) => -kg);
    this.#phase = { kind: 'leaving', visit, untilMs: this.#roll(off, nowMs) + restMs };
    return [{ kind: 'leaving', visit }];
  }

  /** Axle after axle, not quite evenly. Returns when the last one is over the edge. */
  #roll(loadsKg: readonly number[], nowMs: number): number {
    let atMs = nowMs;
    for (const kg of loadsKg) {
      this.#options.deck.step(kg, atMs);
      atMs += (axleGapMs * (0.85 + this.#options.chance() * 0.3)) / this.#options.pace;
    }
    return atMs;
  }

  #next(): Visit | null {
    const [sent, ...rest] = this.#sent;
    if (sent !== undefined) {
      this.#sent = rest;
      return sent;
    }
    const { cycle } = this.#options;
    const visit = cycle[this.#turn % Math.max(1, cycle.length)];
    if (visit === undefined) return null;
    this.#turn += 1;
    return visit;
  }
}
