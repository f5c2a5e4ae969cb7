import type { emissionStages, goodsCategories } from '../credentials.ts';
import type { vehicleClasses, vehiclePurposes } from '../facts.ts';
import type { plateColours } from '../plateColour.ts';
import type { EntryOf, RegisterKind } from './entries.ts';

export interface Choice {
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

/** How a field is typed, shown, and written into a spreadsheet. */
export type FieldForm =
  | { readonly form: 'text' | 'plate' | 'day' | 'yes-no' | 'picture' }
  | { readonly form: 'whole'; readonly unit?: 'kg' | 'mm' }
  | { readonly form: 'choice'; readonly choices: readonly Choice[] }
  | { readonly form: 'reference'; readonly to: RegisterKind };

export type Field<Name extends string = string> = FieldForm & {
  readonly name: Name;
  readonly zh: string;
  readonly en: string;
  readonly required?: true;
  /** Shown in lists. */
  readonly listed?: true;
  /** Filled in by the station, not by a person. */
  readonly byStation?: true;
};

const colours: Readonly<Record<(typeof plateColours)[number], readonly [string, string]>> = {
  blue: ['蓝', 'Blue'],
  yellow: ['黄', 'Yellow'],
  black: ['黑', 'Black'],
  white: ['白', 'White'],
  green: ['绿', 'Green'],
  'gradient-green': ['渐变绿', 'Gradient green'],
  'yellow-green': ['黄绿', 'Yellow-green'],
  other: ['其他', 'Other'],
};
const classes: Readonly<Record<(typeof vehicleClasses)[number], readonly [string, string]>> = {
  rigid: ['货车', 'Rigid truck'],
  articulated: ['铰接列车', 'Articulated'],
  'centre-axle': ['中置轴挂车列车', 'Centre-axle trailer'],
  'full-trailer': ['全挂汽车列车', 'Full trailer'],
};
const purposes: Readonly<Record<(typeof vehiclePurposes)[number], readonly [string, string]>> = {
  ordinary: ['普通', 'Ordinary'],
  'low-speed': ['低速货车、拖拉机', 'Low-speed, tractor'],
  'special-purpose': ['专用作业车', 'Special purpose'],
};
const stages: Readonly<Record<(typeof emissionStages)[number], readonly [string, string]>> = {
  0: ['国0', 'Stage 0'],
  1: ['国一', 'Stage 1'],
  2: ['国二', 'Stage 2'],
  3: ['国三', 'Stage 3'],
  4: ['国四', 'Stage 4'],
  5: ['国五', 'Stage 5'],
  6: ['国六', 'Stage 6'],
  D: ['电动', 'Electric'],
};
const categories: Readonly<Record<(typeof goodsCategories)[number], readonly [string, string]>> = {
  coal: ['煤炭', 'Coal'],
  coke: ['焦炭', 'Coke'],
  ore: ['矿石', 'Ore'],
  gravel: ['砂石', 'Gravel'],
  other: ['其他', 'Other'],
};
const units = {
  whole: ['整车或列车', 'Whole'],
  tractor: ['牵引车', 'Tractor'],
  trailer: ['挂车', 'Trailer'],
} as const;
const roles = {
  shipper: ['发货', 'Shipper'],
  consignee: ['收货', 'Consignee'],
  both: ['均可', 'Both'],
} as const;
const lists = { black: ['黑名单', 'Blacklist'], white: ['白名单', 'Whitelist'] } as const;

function choices(words: Readonly<Record<string, readonly [string, string]>>): FieldForm {
  return {
    form: 'choice',
    choices: Object.entries(words).map(([value, [zh, en]]) => ({ value, zh, en })),
  };
}

const text: FieldForm = { form: 'text' };
const day: FieldForm = { form: 'day' };
const yesNo: FieldForm = { form: 'yes-no' };
const picture: FieldForm = { form: 'picture' };
const kg: FieldForm = { form: 'whole', unit: 'kg' };
const mm: FieldForm = { form: 'whole', unit: 'mm' };
const whole: FieldForm = { form: 'whole' };

type FieldTable = { readonly [K in RegisterKind]: readonly Field<keyof EntryOf[K] & string>[] };

/** One description of the register's fields; forms, lists and spreadsheets are all made from it. */
export const registerFields: FieldTable = {
  vehicle: [
    { name: 'plate', zh: '车牌号', en: 'Plate', form: 'plate', required: true, listed: true },
    { name: 'colour', zh: '车牌颜色', en: 'Plate colour', ...choices(colours), required: true, listed: true },
    { name: 'unit', zh: '车辆单元', en: 'Unit', ...choices(units) },
    { name: 'vehicleType', zh: '车辆类型代码', en: 'Type code (GA 24.4)', ...text },
    { name: 'axles', zh: '轴数', en: 'Axles', ...whole, listed: true },
    { name: 'vehicleClass', zh: '车型', en: 'Class', ...choices(classes), listed: true },
    { name: 'layout', zh: '轴组', en: 'Layout', ...text, listed: true },
    { name: 'driveAxles', zh: '驱动轴数', en: 'Drive axles', ...whole },
    { name: 'singleTyredAxles', zh: '单胎轴数', en: 'Single-tyred axles', ...whole },
    { name: 'wideTyres', zh: '加宽轮胎', en: 'Wide tyres', ...yesNo },
    { name: 'airSuspension', zh: '空气悬架', en: 'Air suspension', ...yesNo },
    { name: 'trailerAxleSpacingMm', zh: '挂车轴距', en: 'Trailer axle spacing', ...mm },
    {
      name: 'groupSpacings',
      zh: '组内轴距 mm（如 0+1350+1310）',
      en: 'Group spacings mm (0+1350+1310)',
      ...text,
    },
    { name: 'purpose', zh: '用途', en: 'Purpose', ...choices(purposes) },
    { name: 'trailerPlate', zh: '挂车号牌', en: 'Trailer plate', form: 'plate' },
    { name: 'registeredGrossKg', zh: '行驶证总质量', en: 'Licence gross', ...kg, listed: true },
    { name: 'licenceLoadKg', zh: '核定载质量', en: 'Licence load', ...kg },
    { name: 'emission', zh: '排放阶段', en: 'Emission stage', ...choices(stages), listed: true },
    { name: 'fleet', zh: '车队', en: 'Fleet', ...text, listed: true },
    { name: 'owner', zh: '车主', en: 'Owner', ...text },
    { name: 'vin', zh: '车架号', en: 'VIN', ...text },
    { name: 'engineNumber', zh: '发动机号', en: 'Engine no.', ...text },
    { name: 'registeredOn', zh: '注册日期', en: 'Registered on', ...day },
    { name: 'licenceNumber', zh: '行驶证档案号', en: 'Vehicle licence no.', ...text },
    {
      name: 'licenceExpires',
      zh: '行驶证检验有效期至',
      en: 'Vehicle licence valid to',
      ...day,
      listed: true,
    },
    { name: 'licencePicture', zh: '行驶证照片', en: 'Vehicle licence picture', ...picture },
    {
      name: 'environmentListPicture',
      zh: '环保信息随车清单照片',
      en: 'Environment list picture',
      ...picture,
    },
    { name: 'permitNumber', zh: '道路运输证号', en: 'Transport permit no.', ...text },
    {
      name: 'permitExpires',
      zh: '道路运输证有效期至',
      en: 'Transport permit valid to',
      ...day,
      listed: true,
    },
    { name: 'permitPicture', zh: '道路运输证照片', en: 'Transport permit picture', ...picture },
    { name: 'note', zh: '备注', en: 'Note', ...text },
  ],
  driver: [
    { name: 'name', zh: '姓名', en: 'Name', ...text, required: true, listed: true },
    { name: 'phone', zh: '电话', en: 'Phone', ...text, listed: true },
    { name: 'licenceNumber', zh: '驾驶证号', en: 'Driving licence no.', ...text },
    { name: 'licenceExpires', zh: '驾驶证有效期至', en: 'Driving licence valid to', ...day, listed: true },
    { name: 'licencePicture', zh: '驾驶证照片', en: 'Driving licence picture', ...picture },
    { name: 'qualificationNumber', zh: '从业资格证号', en: 'Qualification no.', ...text },
    {
      name: 'qualificationExpires',
      zh: '从业资格证有效期至',
      en: 'Qualification valid to',
      ...day,
      listed: true,
    },
    { name: 'qualificationPicture', zh: '从业资格证照片', en: 'Qualification picture', ...picture },
    { name: 'fleet', zh: '车队', en: 'Fleet', ...text, listed: true },
    { name: 'note', zh: '备注', en: 'Note', ...text },
  ],
  goods: [
    { name: 'name', zh: '货物名称', en: 'Name', ...text, required: true, listed: true },
    { name: 'category', zh: '类别', en: 'Category', ...choices(categories), required: true, listed: true },
    { name: 'note', zh: '备注', en: 'Note', ...text, listed: true },
  ],
  party: [
    { name: 'name', zh: '单位名称', en: 'Name', ...text, required: true, listed: true },
    { name: 'role', zh: '收发货', en: 'Role', ...choices(roles), listed: true },
    { name: 'creditCode', zh: '统一社会信用代码', en: 'Credit code', ...text, listed: true },
    { name: 'contact', zh: '联系人', en: 'Contact', ...text, listed: true },
    { name: 'phone', zh: '电话', en: 'Phone', ...text, listed: true },
    { name: 'address', zh: '地址', en: 'Address', ...text },
    { name: 'note', zh: '备注', en: 'Note', ...text },
  ],
  destination: [
    { name: 'name', zh: '目的地', en: 'Destination', ...text, required: true, listed: true },
    { name: 'address', zh: '地址', en: 'Address', ...text, listed: true },
    { name: 'routeLimitKg', zh: '道路桥梁限重', en: 'Road or bridge limit', ...kg, listed: true },
    { name: 'routeName', zh: '限重路段或桥梁', en: 'Which road or bridge', ...text, listed: true },
    { name: 'note', zh: '备注', en: 'Note', ...text },
  ],
  contract: [
    { name: 'number', zh: '合同编号', en: 'Number', ...text, required: true, listed: true },
    { name: 'shipper', zh: '发货单位', en: 'Shipper', form: 'reference', to: 'party', listed: true },
    { name: 'consignee', zh: '收货单位', en: 'Consignee', form: 'reference', to: 'party', listed: true },
    { name: 'goods', zh: '货物', en: 'Goods', form: 'reference', to: 'goods', listed: true },
    { name: 'destination', zh: '目的地', en: 'Destination', form: 'reference', to: 'destination' },
    { name: 'from', zh: '起始日期', en: 'From', ...day },
    { name: 'until', zh: '截止日期', en: 'Until', ...day, listed: true },
    { name: 'quotaKg', zh: '合同数量', en: 'Quota', ...kg, listed: true },
    { name: 'note', zh: '备注', en: 'Note', ...text },
  ],
  listing: [
    { name: 'plate', zh: '车牌号', en: 'Plate', form: 'plate', required: true, listed: true },
    { name: 'colour', zh: '车牌颜色', en: 'Plate colour', ...choices(colours), required: true, listed: true },
    { name: 'list', zh: '名单', en: 'List', ...choices(lists), required: true, listed: true },
    { name: 'reason', zh: '原因', en: 'Reason', ...text, required: true, listed: true },
    { name: 'until', zh: '截止日期', en: 'Until', ...day, listed: true },
    { name: 'by', zh: '录入人', en: 'Entered by', ...text, listed: true, byStation: true },
  ],
};

export const registerTitles: Readonly<Record<RegisterKind, { readonly zh: string; readonly en: string }>> = {
  vehicle: { zh: '车辆', en: 'Vehicles' },
  driver: { zh: '驾驶员', en: 'Drivers' },
  goods: { zh: '货物', en: 'Goods' },
  party: { zh: '收发货单位', en: 'Parties' },
  destination: { zh: '目的地', en: 'Destinations' },
  contract: { zh: '合同', en: 'Contracts' },
  listing: { zh: '黑白名单', en: 'Lists' },
};
