import type { VehicleClass } from '../../../station/contract.ts';

/**
 * Layouts offered first in the form, as the enforcement table names them. Only an offer: any other layout can
 * be typed, and the station's rule data alone decides what one means.
 */
const usual: Readonly<Record<VehicleClass, readonly string[]>> = {
  rigid: ['1+1', '1+2', '2+1', '2+2'],
  articulated: ['1+1+1', '1+1+2', '1+2+2', '2+1+2', '1+1+3', '1+2+3', '2+1+3'],
  'centre-axle': ['1+1+1', '1+1+2', '1+2+1', '1+2+2', '2+1+2', '1+2+3', '2+2+2'],
  'full-trailer': ['1+1+1+1', '1+2+2', '2+1+2', '2+2+2'],
};

export function offeredLayouts(vehicleClass: VehicleClass | null, axles: number | null): readonly string[] {
  if (vehicleClass === null || axles === null) return [];
  return usual[vehicleClass].filter((layout) => axleSum(layout) === axles);
}

export function axleSum(layout: string): number {
  return layout.split('+').reduce((sum, group) => sum + Number(group), 0);
}
