import type { ScaleSettings } from './settings.ts';
import type { Reading } from './stability.ts';
import { isStable, slideWindow } from './stability.ts';

/**
 * Where the scale rested before a vehicle came. Only from a zero that was seen is the weight the vehicle's: `off-zero`
 * is a scale that did not return to it, `unknown` one that was not seen before.
 */
export const restStates = ['zero', 'off-zero', 'unknown'] as const;
export type Rest = (typeof restStates)[number];

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
  /** Frames in a row below the minimum since a vehicle stood there. */
  readonly offRun: number;
  readonly crossing: Crossing | null;
  readonly motion: Motion;
}

/** A crossing that is over. Its vehicle left, but the scale not at zero when the next one came: `off-zero`. */
export interface EndedCrossing extends Crossing {
  readonly to: 'zero' | 'off-zero';
}

export const emptyScale: Scale = {
  window: [],
  rest: 'unknown',
  zeroRun: 0,
  offRun: 0,
  crossing: null,
  motion: 'arriving',
};

export interface ScaleStep {
  readonly scale: Scale;
  readonly started: Crossing | null;
  readonly closed: EndedCrossing | null;
}

/**
 * One reading further. A crossing starts when the weight leaves the zero band upwards and ends only
 * after `zeroFrames` frames in a row back inside it: one bad zero never parts a vehicle from its weight.
 * One vehicle a crossing: where the next one comes onto a scale that did not return to zero, another crossing
 * begins, and it does not count. Weights kg, times monotonic ms.
 */
export function stepScale(
  scale: Scale,
  reading: Reading,
  settings: ScaleSettings,
  newCrossingId: () => string,
): ScaleStep {
  const last = scale.window.at(-1);
  const silent = last !== undefined && reading.atMs - last.atMs > settings.staleMs;
  const before = silent ? loseWeight(scale) : scale;
  const window = slideWindow(before.window, reading, settings);
  const inZero = Math.abs(reading.kg) <= settings.zeroBandKg;
  const zeroRun = inZero ? before.zeroRun + 1 : 0;
  const atRest = zeroRun >= settings.zeroFrames;
  const next: Scale = { ...before, window, zeroRun };
  const { crossing } = before;
  if (crossing === null) {
    if (reading.kg > settings.zeroBandKg) return begin(next, reading, before.rest, newCrossingId, null);
    const rest = atRest ? 'zero' : inZero ? before.rest : 'off-zero';
    return { scale: { ...next, rest }, started: null, closed: null };
  }
  if (atRest) {
    return {
      scale: { ...next, rest: 'zero', offRun: 0, crossing: null, motion: 'arriving' },
      started: null,
      closed: { ...crossing, to: 'zero' },
    };
  }
  const below = reading.kg < settings.minKg;
  if (!below && before.offRun >= settings.zeroFrames)
    return begin(next, reading, 'off-zero', newCrossingId, { ...crossing, to: 'off-zero' });
  const peakKg = Math.max(crossing.peakKg, reading.kg);
  const offRun = below && peakKg >= settings.minKg ? before.offRun + 1 : 0;
  // Mud, snow or a shifted zero: it rests there, and whatever comes is weighed together with it.
  const residue = peakKg < settings.minKg && !inZero && isStable(window, settings);
  const further: Crossing = { ...crossing, peakKg, from: residue ? 'off-zero' : crossing.from };
  const motion = motionOf(window, further, before.motion, settings);
  return { scale: { ...next, offRun, crossing: further, motion }, started: null, closed: null };
}

function begin(
  scale: Scale,
  reading: Reading,
  from: Rest,
  newCrossingId: () => string,
  closed: EndedCrossing | null,
): ScaleStep {
  const started: Crossing = {
    id: newCrossingId(),
    startedAtMs: reading.atMs,
    from,
    peakKg: reading.kg,
  };
  return {
    scale: { ...scale, rest: from, zeroRun: 0, offRun: 0, crossing: started, motion: 'arriving' },
    started,
    closed,
  };
}

/** Nothing of a vehicle's weight is on it, and it rests elsewhere than at zero: somebody has to clean it or set zero. */
export function restsOffZero({ rest, crossing, window }: Scale, settings: ScaleSettings): boolean {
  const last = window.at(-1);
  if (last === undefined || Math.abs(last.kg) <= settings.zeroBandKg) return false;
  if (crossing === null) return rest === 'off-zero';
  return last.kg < settings.minKg && isStable(window, settings);
}

/** Nobody knows any more whether this vehicle is the one that drove on from zero. */
export function forgetZero(scale: Scale): Scale {
  return scale.crossing === null
    ? { ...scale, rest: 'unknown' }
    : { ...scale, crossing: { ...scale.crossing, from: 'unknown' } };
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
