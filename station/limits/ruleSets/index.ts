import type { Clause } from '../decision.ts';
import type { RuleSet } from '../ruleSet.ts';
import { article3Clauses, article3Rows } from './article3.ts';
import { gb1589AxleLoads, gb1589Clauses } from './gb1589.ts';
import { recognitionStandardClauses, recognitionStandardRows } from './recognitionStandard.ts';

const stricterValue: Clause = {
  id: 'station-stricter-value',
  source: '源衡判定规则（本站内部规则，非法规条文）',
  textZh: '车型、轴型或驱动轴数未申明的，按各种可能中最严的限值判定。',
  textEn:
    'Rule of this program, not of the law: where class, layout or drive axles are not stated, the strictest possible limit holds.',
};

const recognitionStandard = {
  title: '公路货运车辆超限超载认定标准',
  document: '交公路发〔2016〕124号附件',
  wordingConfirmed: false,
};

/** What both versions have in common: the amendment of 2021 left every limit as it was. */
const limits = {
  rows: [...article3Rows, ...recognitionStandardRows],
  singleTyred: {
    reductionKgPerAxle: 3000,
    clauses: ['art3-single-tyred', 'std-note-2'],
    wideTyreClauses: ['std-note-3'],
  },
  raises: [
    {
      id: 'air-rigid-3',
      class: 'rigid',
      axles: 3,
      airSuspension: true,
      dualTyredDriveAxle: true,
      raiseKg: 1000,
      clauses: ['std-note-4'],
    },
    {
      id: 'air-rigid-4',
      class: 'rigid',
      axles: 4,
      airSuspension: true,
      dualTyredDriveAxle: true,
      raiseKg: 1000,
      clauses: ['std-note-4'],
    },
    {
      id: 'air-articulated-4',
      class: 'articulated',
      axles: 4,
      airSuspension: true,
      dualTyredDriveAxle: true,
      minTrailerAxleSpacingMm: 1800,
      raiseKg: 1000,
      clauses: ['std-note-4'],
    },
  ],
  licenceGross: { class: 'rigid', axles: 2, clauses: ['std-note-1'] },
  licenceOnly: [
    { purpose: 'low-speed', clauses: ['art3-low-speed'] },
    { purpose: 'special-purpose', clauses: ['art3-exempt'] },
  ],
  axleLoads: gb1589AxleLoads,
  layoutFromAxles: 3,
  unlistedLayout: { clauses: ['std-note-5'] },
  stricterValue: { clauses: ['station-stricter-value'] },
  clauses: [...article3Clauses, ...recognitionStandardClauses, ...gb1589Clauses, stricterValue],
} as const satisfies Partial<RuleSet>;

const order62: RuleSet = {
  id: 'cn-road-2016',
  version: 1,
  title: '超限运输车辆行驶公路管理规定（2016年）',
  effectiveFrom: { date: '2016-09-21', confirmed: false },
  sources: [
    { title: '超限运输车辆行驶公路管理规定', document: '交通运输部令2016年第62号', wordingConfirmed: false },
    recognitionStandard,
  ],
  ...limits,
};

const order62Amended: RuleSet = {
  ...order62,
  id: 'cn-road-2021',
  title: '超限运输车辆行驶公路管理规定（2021年修正）',
  effectiveFrom: { date: '2021-08-11', confirmed: false },
  sources: [
    {
      title: '超限运输车辆行驶公路管理规定',
      document: '交通运输部令2016年第62号，根据交通运输部令2021年第12号修正',
      wordingConfirmed: false,
    },
    recognitionStandard,
  ],
};

/** Every state of the law this program knows, oldest first. A test holds each to the schema. */
export const ruleSets: readonly RuleSet[] = [order62, order62Amended];
export const latestRuleSet: RuleSet = order62Amended;
