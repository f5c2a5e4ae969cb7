import type { Disagreement } from '../../../station/contract.ts';
import { Agreement } from '../agreement.ts';
import type { IndicatorListeners } from '../indicator.ts';
import type { IndicatorConfig } from '../indicatorConfig.ts';
import type { DecodedFrame, InvalidReason, ValidFrame } from '../protocols/protocol.ts';
import { invalidReasons } from '../protocols/protocol.ts';

const rateWindowMs = 5000;
const maxRateFrames = 1000;

type Heard = Pick<IndicatorListeners, 'onReading' | 'onFault' | 'onRange'>;

/** Hands one instrument's frames on and counts them: a weight, beyond the range, or something that fits no setting. */
export class DeviceTally {
  readonly #agreement: Agreement;
  readonly #listeners: Heard;
  readonly #invalid = Object.fromEntries(invalidReasons.map((reason) => [reason, 0])) as Record<
    InvalidReason,
    number
  >;
  #valid = 0;
  #disagreeing = 0;
  #exception: number | null = null;
  #told: Disagreement | null = null;
  #arrivals: number[] = [];

  constructor(config: IndicatorConfig, listeners: Heard) {
    this.#agreement = new Agreement(config);
    this.#listeners = listeners;
  }

  take(frame: DecodedFrame, atMs: number): void {
    this.#exception = frame.valid ? null : (frame.exception ?? this.#exception);
    if (frame.valid) {
      this.#takeValid(frame, atMs);
      return;
    }
    this.#invalid[frame.reason] += 1;
    this.#agreed(frame);
    if (frame.reason === 'overload-blank') this.#listeners.onRange('over');
    if (frame.reason === 'underload-blank') this.#listeners.onRange('under');
  }

  counts(nowMs: number) {
    this.#arrivals = this.#arrivals.filter((atMs) => atMs > nowMs - rateWindowMs);
    return {
      valid: this.#valid,
      invalid: { ...this.#invalid },
      disagreeing: this.#disagreeing,
      exception: this.#exception,
      framesPerSecond: this.#arrivals.length / (rateWindowMs / 1000),
    };
  }

  #agreed(frame: DecodedFrame): boolean {
    const usable = this.#agreement.take(frame);
    const { now } = this.#agreement;
    if (this.#told?.kind !== now?.kind) this.#listeners.onFault(now);
    this.#told = now;
    return usable;
  }

  #takeValid(frame: ValidFrame, atMs: number): void {
    this.#valid += 1;
    this.#arrivals.push(atMs);
    if (this.#arrivals.length > 2 * maxRateFrames) this.#arrivals = this.#arrivals.slice(-maxRateFrames);
    if (frame.overload !== null) {
      this.#listeners.onRange(frame.overload);
      return;
    }
    if (!this.#agreed(frame)) {
      this.#disagreeing += 1;
      return;
    }
    this.#listeners.onReading({ kg: frame.kg, atMs, raw: frame.raw, moving: frame.motion });
  }
}
