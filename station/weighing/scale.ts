import type { ScaleSettings } from './settings.ts';
import type { Reading } from './stability.ts';
import { isStable, slideWindow } from './stability.ts';

/** Where the scale rested before a vehicle came: the weight of a scale not at zero is not the vehicle's. */
export type Rest = 'zero' | 'off-zero' | 'unknown';

export interface Crossing {
  readonly id: string;
  readonly startedAtMs: number;
  readonly from: Rest;
  readonly peakKg: number;
}

export type Motion = 'arriving' | 'settling' | 'stable' | 'leaving';

export interface Scale {
  readonly window: readonly Reading[];
  readonly rest: Rest;
  /** Frames in a row inside the zero band. */
  readonly zeroRun: number;
  readonly crossing: Crossing | null;
  readonly motion: Motion;
}

export const emptyScale: Scale = {
  window: [],
  rest: 'unknown',
  zeroRun: 0,
  crossing: null,
  motion: 'arriving',
};

export interface ScaleStep {
  readonly scale: Scale;
  readonly started: Crossing | null;
  readonly closed: Crossing | null;
}

/**
 * One reading further. A crossing starts when the weight leaves the zero band upwards and ends only
 * after `zeroFrames` frames in a row back inside it: one bad zero never parts a vehicle from its weight.
 * Weights kg, times monotonic ms.
 */
export function stepScale(
  scale: Scale,
  reading: Reading,
  settings: ScaleSettings,
  newCrossingId: () => string,
): ScaleStep {
  const window = slideWindow(scale.window, reading, settings);
  const inZero = Math.abs(reading.kg) <= settings.zeroBandKg;
  const zeroRun = inZero ? scale.zeroRun + 1 : 0;
  const atRest = zeroRun >= settings.zeroFrames;
  if (scale.crossing === null) {
    if (reading.kg > settings.zeroBandKg) {
      const started: Crossing = {
        id: newCrossingId(),
        startedAtMs: reading.atMs,
        from: scale.rest,
        peakKg: reading.kg,
      };
      return {
        scale: { window, rest: scale.rest, zeroRun: 0, crossing: started, motion: 'arriving' },
        started,
        closed: null,
      };
    }
    const rest = atRest ? 'zero' : inZero ? scale.rest : 'off-zero';
    return { scale: { ...scale, window, zeroRun, rest }, started: null, closed: null };
  }
  if (atRest) {
    return {
      scale: { window, rest: 'zero', zeroRun, crossing: null, motion: 'arriving' },
      started: null,
      closed: scale.crossing,
    };
  }
  const crossing = { ...scale.crossing, peakKg: Math.max(scale.crossing.peakKg, reading.kg) };
  return {
    scale: {
      window,
      rest: scale.rest,
      zeroRun,
      crossing,
      motion: motionOf(window, crossing, scale.motion, settings),
    },
    started: null,
    closed: null,
  };
}

function motionOf(
  window: readonly Reading[],
  crossing: Crossing,
  before: Motion,
  settings: ScaleSettings,
): Motion {
  const kg = window.at(-1)?.kg ?? 0;
  const wasOn = crossing.peakKg >= settings.minKg;
  if (kg < settings.minKg) return wasOn && before !== 'arriving' ? 'leaving' : 'arriving';
  return isStable(window, settings) ? 'stable' : 'settling';
}

/** The link fell silent: what was on the scale is not known to be there any more. */
export function loseWeight(scale: Scale): Scale {
  return {
    ...scale,
    window: [],
    zeroRun: 0,
    rest: scale.crossing === null ? 'unknown' : scale.rest,
    motion: scale.motion === 'stable' ? 'settling' : scale.motion,
  };
}
