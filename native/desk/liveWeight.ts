import type { Disagreement, Fault, WeightView } from '../../station/contract.ts';
import type { Lane } from '../../station/weighing/lane.ts';
import type { Reading } from '../../station/weighing/stability.ts';
import type { Clock } from '../clock.ts';
import type { IndicatorListeners } from '../instruments/indicator.ts';
import type { Settings } from '../settings.ts';

export interface LiveWeightDeps {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly lane: Lane;
  readonly tell: (weight: WeightView) => void;
  readonly changed: () => void;
  readonly fault: (fault: Fault) => void;
  readonly clearFault: (code: Fault['code']) => void;
}

/** The weight on every screen: the indicator's own and fresh, or none, with the reason. */
export class LiveWeight {
  view: WeightView;
  /** What the indicator shows that is not what was set up. */
  disagrees: Disagreement | null = null;
  readonly #deps: LiveWeightDeps;
  #lastReadingMs: number | null = null;
  #connected = false;

  constructor(deps: LiveWeightDeps) {
    this.#deps = deps;
    const why = deps.settings.instrument === null ? 'not-configured' : 'not-connected';
    this.view = { kind: 'none', why, atMs: deps.clock.nowMs() };
  }

  readonly listeners: IndicatorListeners = {
    onReading: (reading) => {
      this.#onReading(reading);
    },
    onState: (state) => {
      this.#connected = state.kind === 'open';
    },
    onFault: (disagrees) => {
      const { fault, clearFault } = this.#deps;
      if (this.disagrees !== null) clearFault(`indicator-${this.disagrees.kind}`);
      this.disagrees = disagrees;
      if (disagrees !== null) fault({ code: `indicator-${disagrees.kind}`, detail: disagrees.detail });
    },
    onRange: (range) => {
      // It speaks, so it is not silent; it shows no weight.
      this.#lastReadingMs = this.#deps.clock.monotonicMs();
      this.#lose(range === 'over' ? 'over-range' : 'under-range');
    },
  };

  /** Without a good frame within the stale time there is no weight: none on screen, none to save. */
  watchSilence(): void {
    const { settings, clock } = this.#deps;
    const { instrument } = settings;
    if (instrument === null) return;
    const now = clock.monotonicMs();
    if (this.#lastReadingMs !== null && now - this.#lastReadingMs <= instrument.staleMs) return;
    this.#lose(this.#connected ? 'stale' : 'not-connected');
  }

  #onReading(reading: Reading): void {
    const { lane, clock, tell, changed } = this.#deps;
    this.#lastReadingMs = reading.atMs;
    const laneChanged = lane.onReading(reading);
    this.view = { kind: 'live', kg: reading.kg, stable: lane.stable, atMs: clock.nowMs() };
    tell(this.view);
    if (laneChanged) changed();
  }

  #lose(why: Extract<WeightView, { kind: 'none' }>['why']): void {
    const { lane, clock, tell, changed } = this.#deps;
    if (this.view.kind === 'none' && this.view.why === why) return;
    lane.onSilence();
    this.view = { kind: 'none', why, atMs: clock.nowMs() };
    tell(this.view);
    changed();
  }
}
