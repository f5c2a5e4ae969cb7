import type { Reading } from '../../station/weighing/stability.ts';
import type { IndicatorConfig as Config } from './indicatorConfig.ts';
import type { StartTimer, TransportState } from './transport.ts';
import { openTransport, systemTransportDeps } from './transport.ts';
import type { InvalidReason, ValidFrame } from './yaohuaContinuous.ts';
import { createYaohuaContinuousDecoder } from './yaohuaContinuous.ts';

export { IndicatorConfig } from './indicatorConfig.ts';

export interface IndicatorListeners {
  readonly onReading: (reading: Reading) => void;
  readonly onState: (state: TransportState) => void;
  /** The indicator's decimals do not fit the configured unit and division; told once until they fit again. */
  readonly onFault: (detail: string) => void;
}

export interface IndicatorDeps {
  readonly clock: { readonly monotonicMs: () => number };
  readonly startTimer?: StartTimer;
}

export interface IndicatorStats {
  readonly valid: number;
  readonly invalid: Readonly<Record<InvalidReason, number>>;
  /** Valid frames that were no reading because unit and decimals disagree. */
  readonly disagreeing: number;
  readonly framesPerSecond: number;
  readonly state: TransportState;
}

export interface Indicator {
  readonly stats: () => IndicatorStats;
  readonly close: () => Promise<void>;
}

const rateWindowMs = 5000;
const maxRateFrames = 1000;

/** One instrument: its line kept open, its bytes decoded, its weights handed on with their own bytes. */
export function startIndicator(
  config: Config,
  listeners: IndicatorListeners,
  deps: IndicatorDeps,
): Indicator {
  const { clock } = deps;
  const decoder = createYaohuaContinuousDecoder({ unit: config.unit });
  const invalid: Record<InvalidReason, number> = { checksum: 0, form: 0, noise: 0, incomplete: 0 };
  let valid = 0;
  let disagreeing = 0;
  let agrees = true;
  let state: TransportState = { kind: 'connecting' };
  let arrivals: number[] = [];

  function onFrame(frame: ValidFrame, atMs: number): void {
    valid += 1;
    arrivals.push(atMs);
    if (arrivals.length > 2 * maxRateFrames) arrivals = arrivals.slice(-maxRateFrames);
    const problem = disagreement(frame, config);
    if (problem === null) {
      agrees = true;
      listeners.onReading({ kg: frame.kg, atMs, raw: frame.raw });
      return;
    }
    disagreeing += 1;
    if (agrees) listeners.onFault(problem);
    agrees = false;
  }

  function take(frames: ReturnType<typeof decoder.push>, atMs: number): boolean {
    let good = false;
    for (const frame of frames) {
      if (frame.valid) {
        good = true;
        onFrame(frame, atMs);
      } else invalid[frame.reason] += 1;
    }
    return good;
  }

  const transport = openTransport(
    config.transport,
    {
      onBytes: (chunk, atMs) => {
        if (take(decoder.push(chunk), atMs)) transport.dataWasGood();
      },
      onState: (next) => {
        // Half a frame from before a break must not be completed by bytes from after it.
        if (next.kind !== 'open') take(decoder.end(), clock.monotonicMs());
        state = next;
        listeners.onState(next);
      },
    },
    { monotonicMs: clock.monotonicMs, startTimer: deps.startTimer ?? systemTransportDeps.startTimer },
  );

  return {
    stats: () => {
      const since = clock.monotonicMs() - rateWindowMs;
      arrivals = arrivals.filter((atMs) => atMs > since);
      return {
        valid,
        invalid: { ...invalid },
        disagreeing,
        framesPerSecond: arrivals.length / (rateWindowMs / 1000),
        state,
      };
    },
    close: () => transport.close(),
  };
}

/**
 * The protocol names no unit. Its decimals do give it away: a scale of whole-kilogram divisions never shows
 * less than a kilogram, nor steps coarser than its division. 12.460 read as kilograms, or 12460 as tonnes,
 * is the wrong unit and no weight at all.
 */
export function disagreement(
  frame: Pick<ValidFrame, 'kg' | 'display' | 'decimals'>,
  config: Pick<Config, 'unit' | 'divisionKg'>,
): string | null {
  const steps = 10 ** frame.decimals;
  const unitKg = config.unit === 't' ? 1000 : 1;
  const shows = `the indicator shows ${frame.display}, configured are ${config.unit} and a division of ${String(config.divisionKg)} kg`;
  if (!Number.isSafeInteger(frame.kg) || unitKg % steps !== 0) return `${shows}: finer than 1 kg`;
  if (unitKg / steps > config.divisionKg) return `${shows}: coarser than the division`;
  return null;
}
