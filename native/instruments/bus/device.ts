import type { IndicatorListeners, IndicatorStats } from '../indicator.ts';
import type { IndicatorConfig } from '../indicatorConfig.ts';
import { profileOf } from '../protocols/profiles.ts';
import type { DecodedFrame } from '../protocols/protocol.ts';
import type { TransportState } from '../transport.ts';
import type { Heard } from './answer.ts';
import type { Addressed } from './busAddress.ts';
import { DeviceTally } from './deviceTally.ts';
import type { AskOutcome, Turn } from './turns.ts';
import { firstTurn, missesUntilDown, retryMs, turnAfter } from './turns.ts';

/** What one instrument of a shared line did, besides what every indicator's counts tell. */
export interface BusDeviceStats extends IndicatorStats {
  readonly address: string;
  readonly asked: number;
  readonly outcomes: Readonly<Record<AskOutcome, number>>;
  /** Answers that came when it was no longer its turn; none of them was a weight. */
  readonly late: number;
}

/** One instrument of a shared line: its turn, its state, and what came of its requests. */
export class BusDevice {
  readonly config: IndicatorConfig;
  readonly address: string;
  readonly speaker: Addressed['speaker'];
  readonly answerMs: number;
  readonly listeners: IndicatorListeners;
  turn: Turn = firstTurn;
  readonly #tally: DeviceTally;
  readonly #sums: boolean;
  #lastLength: number | null = null;
  readonly #outcomes: Record<AskOutcome, number> = { answered: 0, disturbed: 0, silent: 0, unreadable: 0 };
  #asked = 0;
  #late = 0;
  #lateSinceAnswer = false;
  #state: TransportState = { kind: 'connecting' };

  constructor(config: IndicatorConfig, at: Addressed, listeners: IndicatorListeners, answerMs: number) {
    this.config = config;
    this.address = at.address;
    this.speaker = at.speaker;
    this.listeners = listeners;
    this.answerMs = answerMs;
    this.#sums = profileOf(config.profile).selfFraming === 'checksum';
    this.#tally = new DeviceTally(config, listeners);
  }

  /** The line came or went: what it did before is no reason to ask less often now. */
  lineIs(state: TransportState): void {
    this.turn = firstTurn;
    this.#lastLength = null;
    this.#become(state.kind === 'open' ? this.#open(state.detail) : state);
  }

  wasLate(): void {
    this.#late += 1;
    this.#lateSinceAnswer = true;
  }

  /** Returns whether it answered. The listeners are called last, and may take the instrument off the line. */
  exchanged({ answer }: Heard, askedAtMs: number, atMs: number, lineDetail: string): boolean {
    const outcome = outcomeOf(answer);
    this.#asked += 1;
    this.#outcomes[outcome] += 1;
    const tookMs = atMs - askedAtMs;
    this.turn = turnAfter(this.turn, outcome, askedAtMs, tookMs, this.config.pollMs);
    if (outcome === 'answered' && this.#state.kind !== 'open') this.#become(this.#open(lineDetail));
    if (outcome !== 'answered' && this.turn.misses >= missesUntilDown) {
      const retryInMs = retryMs(this.turn.misses, outcome, tookMs, this.config.pollMs);
      this.#become({ kind: 'down', error: this.#why(outcome), retryInMs });
    }
    if (answer.kind !== 'answered') return false;
    this.#lateSinceAnswer = false;
    this.#tally.take(this.#confirmed(answer.frame), atMs);
    return true;
  }

  stats(nowMs: number): BusDeviceStats {
    return {
      ...this.#tally.counts(nowMs),
      state: this.#state,
      address: this.address,
      asked: this.#asked,
      outcomes: { ...this.#outcomes },
      late: this.#late,
    };
  }

  /**
   * Without a sum over them, bytes of another sender may have slipped into a number and fit: such an answer has
   * another length than the one before it.
   */
  #confirmed(frame: DecodedFrame): DecodedFrame {
    if (this.#sums || !frame.valid) return frame;
    const sameLength = frame.raw.length === this.#lastLength;
    this.#lastLength = frame.raw.length;
    return sameLength ? frame : { valid: false, reason: 'unconfirmed', raw: frame.raw };
  }

  #open(lineDetail: string): TransportState {
    return { kind: 'open', detail: `${lineDetail} @${this.address}` };
  }

  #why(outcome: AskOutcome): string {
    const within = `within ${String(this.answerMs)} ms`;
    if (outcome === 'disturbed')
      return `${this.address}: its answers come together with other bytes; is the address there twice?`;
    if (this.#lateSinceAnswer) return `${this.address} answers, but not ${within}`;
    return outcome === 'silent'
      ? `${this.address} does not answer ${within}`
      : `${this.address} gives no readable answer ${within}`;
  }

  #become(state: TransportState): void {
    this.#state = state;
    this.listeners.onState(state);
  }
}

function outcomeOf(answer: Heard['answer']): AskOutcome {
  switch (answer.kind) {
    case 'answered':
      // One that refuses every request must not take the others' time for it.
      return !answer.frame.valid && answer.frame.reason === 'refused' ? 'unreadable' : 'answered';
    case 'disturbed':
      return answer.kind;
    case 'silent':
    case 'others':
      return 'silent';
    case 'partial':
      return 'unreadable';
  }
}
