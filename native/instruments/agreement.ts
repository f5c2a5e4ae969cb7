import type { Disagreement } from '../../station/contract.ts';
import { disagreement, offDivision } from './disagreement.ts';
import type { IndicatorConfig } from './indicatorConfig.ts';
import type { DecodedFrame } from './protocols/protocol.ts';

/** So many frames in a row make it certain, one way or the other: one noisy frame is no alarm. */
const sustainedFrames = 5;
/** Of a truck that drives on, so many different weights would not all lie on a coarser division by chance. */
const distinctOnDivision = 20;

/**
 * Whether the indicator shows what its settings say. A frame that fits none of them is never a weight; an alarm it is
 * when it lasts. A weight between divisions stays the indicator's own; the alarm stands until many others fit.
 */
export class Agreement {
  readonly #config: Pick<IndicatorConfig, 'unit' | 'divisionKg'>;
  #bad = 0;
  #good = 0;
  #off = 0;
  #fitting = 0;
  #lastKg: number | null = null;
  #frame: Disagreement | null = null;
  #division: Disagreement | null = null;

  constructor(config: Pick<IndicatorConfig, 'unit' | 'divisionKg'>) {
    this.#config = config;
  }

  get now(): Disagreement | null {
    return this.#frame ?? this.#division;
  }

  /** True when the frame may be used as a weight. */
  take(frame: DecodedFrame): boolean {
    const problem = frame.valid ? disagreement(frame, this.#config) : refused(frame.reason, this.#config);
    if (problem !== null) {
      this.#good = 0;
      this.#bad += 1;
      if (this.#bad >= sustainedFrames) this.#frame = problem;
      return false;
    }
    if (!frame.valid || frame.overload !== null) return false;
    this.#bad = 0;
    this.#good += 1;
    if (this.#good >= sustainedFrames) this.#frame = null;
    this.#takeDivision(offDivision(frame, this.#config), frame.kg);
    return true;
  }

  #takeDivision(problem: Disagreement | null, kg: number): void {
    if (problem !== null) {
      this.#fitting = 0;
      this.#off += 1;
      if (this.#off >= sustainedFrames) this.#division = problem;
    } else if (kg !== this.#lastKg) {
      this.#off = 0;
      this.#fitting += 1;
      if (this.#fitting >= distinctOnDivision) this.#division = null;
    }
    this.#lastKg = kg;
  }
}

/** Frames whose bytes say themselves that they are in another unit, or finer than the verified division. */
function refused(
  reason: string,
  { unit, divisionKg }: Pick<IndicatorConfig, 'unit' | 'divisionKg'>,
): Disagreement | null {
  const configured = `≠ ${unit}, d = ${String(divisionKg)} kg`;
  if (reason === 'unit') return { kind: 'unit', detail: `lb … ${configured}` };
  if (reason === 'expanded') return { kind: 'division', detail: `×10 ${configured}` };
  return null;
}
