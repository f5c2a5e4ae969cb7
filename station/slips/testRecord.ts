import type { Decision } from '../limits/decision.ts';
import type { SlipRecord } from './slipRecord.ts';

/** A legal six-axle truck, for tests. */
export const allowDecision: Decision = {
  outcome: 'allow',
  limitKg: 49_000,
  overKg: 0,
  leftKg: 2_350,
  limits: [{ kind: 'legal', kg: 49_000, name: null, holds: true }],
  ruleSet: 'cn-2021-12',
  ruleSetVersion: 1,
  ruleSetSha256: null,
  date: '2025-11-23',
  clauses: [
    {
      id: 'art3-combination-6',
      source: '超限运输车辆行驶公路管理规定第三条',
      textZh: '六轴及六轴以上汽车列车，其车货总质量超过49000千克',
      textEn: 'Combination with six or more axles: total mass above 49,000 kg',
    },
  ],
  missing: [],
  reasons: [],
  waived: [],
};

export const refuseDecision: Decision = {
  ...allowDecision,
  outcome: 'refuse',
  limitKg: 31_000,
  overKg: 1_200,
  leftKg: 0,
  reasons: [{ code: 'overload', detail: '' }],
};

export const allowedRecord: SlipRecord = {
  number: 128,
  displayNumber: 'YQ01-00000128',
  drill: false,
  stationId: 'YQ01',
  stationName: '阳泉市郊区荫营煤炭发运站',
  lane: '1号磅',
  timeMs: Date.UTC(2025, 10, 30, 16, 30, 5),
  plate: '晋C12345',
  colour: 'yellow',
  trailerPlate: null,
  axles: 6,
  vehicleClass: 'articulated',
  layout: '1+2+3',
  grossKg: 46_650,
  tareKg: 15_320,
  tareNumber: 121,
  netKg: 31_330,
  decision: allowDecision,
  operator: '张建国',
  goods: '原煤',
  consignee: null,
  destination: null,
  driver: null,
  loader: null,
  code: null,
  validHours: 24,
  attempt: null,
  previousDisplayNumber: null,
  release: null,
  hash: '9f3c2a7be01d4c58'.repeat(4),
  sequence: 412,
  copy: 1,
};

export const refusedRecord: SlipRecord = {
  ...allowedRecord,
  number: 129,
  displayNumber: 'YQ01-00000129',
  plate: '晋C6789A',
  axles: 4,
  vehicleClass: 'rigid',
  layout: '2+2',
  grossKg: 32_200,
  tareKg: null,
  tareNumber: null,
  netKg: null,
  decision: refuseDecision,
};
