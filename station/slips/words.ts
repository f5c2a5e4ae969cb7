import { assertNever } from '../assertNever.ts';
import type { ReleaseKind } from '../ledger/release.ts';
import type { VehicleClass } from '../vehicles/facts.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';

/** What stands where nothing is known. */
export const unknown = '—';
export const notWeighed = '未称';

function grouped(kg: number): string {
  return String(Math.abs(kg)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function kgWords(kg: number): string {
  return `${kg < 0 ? '-' : ''}${grouped(kg)} kg`;
}

/** Tonnes with two decimals, with three where two would round a kilogram away. */
export function tonneWords(kg: number): string {
  const digits = kg % 10 === 0 ? 2 : 3;
  return `${(kg / 1000).toFixed(digits)} t`;
}

export function classWords(vehicleClass: VehicleClass): string {
  switch (vehicleClass) {
    case 'rigid':
      return '货车';
    case 'articulated':
      return '铰接列车';
    case 'centre-axle':
      return '中置轴挂车列车';
    case 'full-trailer':
      return '全挂汽车列车';
    default:
      return assertNever(vehicleClass);
  }
}

export function colourWords(colour: PlateColour): string {
  switch (colour) {
    case 'blue':
      return '蓝牌 Blue';
    case 'yellow':
      return '黄牌 Yellow';
    case 'black':
      return '黑牌 Black';
    case 'white':
      return '白牌 White';
    case 'green':
      return '绿牌 Green';
    case 'gradient-green':
      return '渐变绿牌 Green';
    case 'yellow-green':
      return '黄绿牌 Yellow-green';
    case 'other':
      return '其他颜色 Other';
    default:
      return assertNever(colour);
  }
}

export function releaseKindWords(kind: ReleaseKind): string {
  switch (kind) {
    case 'oversize-permit':
      return '超限运输车辆通行证';
    case 'emergency-order':
      return '应急运输指令';
    default:
      return assertNever(kind);
  }
}

export function copyWords(copy: number): string {
  return copy > 1 ? `补打 第${String(copy - 1)}次 Reprint` : '正本 Original';
}
