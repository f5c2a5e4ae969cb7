import type { VehicleClass } from '../../vehicles/facts.ts';
import type { Clause } from '../decision.ts';
import type { LimitRow } from '../ruleSet.ts';

const combinations: readonly VehicleClass[] = ['articulated', 'centre-axle', 'full-trailer'];
const source = '《超限运输车辆行驶公路管理规定》第三条';

/** Article 3: permitted gross by axle count and class. The wording is the same in 2016 and 2021. */
export const article3Rows: readonly LimitRow[] = [
  {
    id: 'art3-rigid-2',
    axles: 2,
    classes: ['rigid'],
    layout: null,
    limitKg: 18_000,
    clauses: ['art3-rigid-2'],
  },
  {
    id: 'art3-rigid-3',
    axles: 3,
    classes: ['rigid'],
    layout: null,
    limitKg: 25_000,
    clauses: ['art3-rigid-3'],
  },
  {
    id: 'art3-rigid-4',
    axles: 4,
    classes: ['rigid'],
    layout: null,
    limitKg: 31_000,
    clauses: ['art3-rigid-4'],
  },
  {
    id: 'art3-combination-3',
    axles: 3,
    classes: combinations,
    layout: null,
    limitKg: 27_000,
    clauses: ['art3-combination-3'],
  },
  {
    id: 'art3-combination-4',
    axles: 4,
    classes: combinations,
    layout: null,
    limitKg: 36_000,
    clauses: ['art3-combination-4'],
  },
  {
    id: 'art3-combination-5',
    axles: 5,
    classes: combinations,
    layout: null,
    limitKg: 43_000,
    clauses: ['art3-combination-5'],
  },
  {
    id: 'art3-combination-6',
    axles: 6,
    andMore: true,
    classes: combinations,
    layout: null,
    driveAxles: 2,
    limitKg: 49_000,
    clauses: ['art3-combination-6'],
  },
  {
    id: 'art3-combination-6-single-drive',
    axles: 6,
    andMore: true,
    classes: combinations,
    layout: null,
    driveAxles: 1,
    limitKg: 46_000,
    clauses: ['art3-combination-6-single-drive'],
  },
];

export const article3Clauses: readonly Clause[] = [
  {
    id: 'art3-rigid-2',
    source: `${source}第一款第（四）项`,
    textZh: '二轴货车，其车货总质量超过18000千克的，为超限运输车辆。',
    textEn: 'A two-axle truck whose gross mass exceeds 18,000 kg is over the limit.',
  },
  {
    id: 'art3-rigid-3',
    source: `${source}第一款第（五）项`,
    textZh: '三轴货车，其车货总质量超过25000千克的，为超限运输车辆。',
    textEn: 'A three-axle truck whose gross mass exceeds 25,000 kg is over the limit.',
  },
  {
    id: 'art3-combination-3',
    source: `${source}第一款第（五）项`,
    textZh: '三轴汽车列车，其车货总质量超过27000千克的，为超限运输车辆。',
    textEn: 'A three-axle combination whose gross mass exceeds 27,000 kg is over the limit.',
  },
  {
    id: 'art3-rigid-4',
    source: `${source}第一款第（六）项`,
    textZh: '四轴货车，其车货总质量超过31000千克的，为超限运输车辆。',
    textEn: 'A four-axle truck whose gross mass exceeds 31,000 kg is over the limit.',
  },
  {
    id: 'art3-combination-4',
    source: `${source}第一款第（六）项`,
    textZh: '四轴汽车列车，其车货总质量超过36000千克的，为超限运输车辆。',
    textEn: 'A four-axle combination whose gross mass exceeds 36,000 kg is over the limit.',
  },
  {
    id: 'art3-combination-5',
    source: `${source}第一款第（七）项`,
    textZh: '五轴汽车列车，其车货总质量超过43000千克的，为超限运输车辆。',
    textEn: 'A five-axle combination whose gross mass exceeds 43,000 kg is over the limit.',
  },
  {
    id: 'art3-combination-6',
    source: `${source}第一款第（八）项`,
    textZh: '六轴及六轴以上汽车列车，其车货总质量超过49000千克的，为超限运输车辆。',
    textEn: 'A combination of six or more axles whose gross mass exceeds 49,000 kg is over the limit.',
  },
  {
    id: 'art3-combination-6-single-drive',
    source: `${source}第一款第（八）项`,
    textZh: '六轴及六轴以上汽车列车，其中牵引车驱动轴为单轴的，其车货总质量超过46000千克的，为超限运输车辆。',
    textEn:
      'A combination of six or more axles whose tractor has a single drive axle is over the limit when its gross mass exceeds 46,000 kg.',
  },
  {
    id: 'art3-single-tyred',
    source: `${source}第二款第（二）项`,
    textZh:
      '除驱动轴外，二轴组、三轴组以及半挂车和全挂车的车轴每侧轮胎按照双轮胎计算，若每轴每侧轮胎为单轮胎，限定标准减少3000千克，但安装符合国家有关标准的加宽轮胎的除外。',
    textEn:
      'Except drive axles, axles of tandems, tri-axle groups, semi-trailers and full trailers are taken as dual-tyred; an axle with single tyres on each side lowers the limit by 3,000 kg, unless fitted with compliant wide tyres.',
  },
  {
    id: 'art3-axle-sum',
    source: `${source}第二款第（三）项`,
    textZh: '车货总质量不得超过各车轴最大允许轴荷之和。',
    textEn: 'The gross mass must not exceed the sum of the permitted axle loads.',
  },
  {
    id: 'art3-low-speed',
    source: `${source}第二款第（四）项`,
    textZh: '拖拉机、农用车、低速货车，以行驶证核定的总质量为限定标准。',
    textEn:
      'Tractors, farm vehicles and low-speed trucks: the limit is the gross mass on the vehicle licence.',
  },
  {
    id: 'art3-exempt',
    source: `${source}第二款第（五）项`,
    textZh:
      '符合《汽车、挂车及汽车列车外廓尺寸、轴荷及质量限值》（GB1589）规定的冷藏车、汽车列车、安装空气悬架的车辆，以及专用作业车，不认定为超限运输车辆。本站对专用作业车以行驶证总质量为限值。',
    textEn:
      'Refrigerated vehicles, combinations and air-suspended vehicles that meet GB 1589, and special-purpose vehicles, are not counted as over-limit. This station holds a special-purpose vehicle to its licence gross.',
  },
];
