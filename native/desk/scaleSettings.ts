import type { ScaleSettings } from '../../station/weighing/settings.ts';
import type { Settings } from '../settings.ts';

/** A scale's settings with the defaults the law or the yard gives. Min is 20 e for a class III scale. */
export function scaleSettings(settings: Settings): ScaleSettings {
  const { weighing } = settings.lane;
  const divisionKg = settings.instrument?.divisionKg ?? 20;
  return {
    divisionKg,
    minKg: settings.instrument?.minKg ?? 20 * divisionKg,
    maxKg: settings.instrument?.maxKg ?? 100_000,
    zeroBandKg: weighing.zeroBandKg ?? 2 * divisionKg,
    stableWindowMs: weighing.stableWindowMs,
    stableMinFrames: weighing.stableMinFrames,
    stableSpreadKg: weighing.stableSpreadDivisions * divisionKg,
    zeroFrames: weighing.zeroFrames,
    staleMs: settings.instrument?.staleMs ?? 1500,
  };
}
