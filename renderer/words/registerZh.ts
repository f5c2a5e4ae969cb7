import type { ImportProblem } from '../../station/contract.ts';

/** The words of register and rules; English has the same shape. */
export interface RegisterWords {
  readonly title: string;
  readonly search: string;
  readonly total: (count: number) => string;
  readonly add: string;
  readonly remove: string;
  readonly reason: string;
  readonly confirmRemove: string;
  readonly none: string;
  readonly more: string;
  readonly yes: string;
  readonly no: string;
  readonly choosePicture: string;
  readonly clear: string;
  readonly required: string;
  readonly wrong: string;
  readonly pictureWrong: string;
  readonly plateWrong: string;
  readonly dayWrong: string;
  readonly numberWrong: string;
  readonly expired: string;
  readonly expires: (days: number) => string;
  readonly history: string;
  readonly removed: string;
  readonly imported: string;
  /** Stated at the scale. */
  readonly stated: string;
  readonly nobody: string;
  readonly tares: string;
  readonly usual: string;
  readonly drift: string;
  /** What tractor and trailer make together, as the register has them. */
  readonly combination: string;
  readonly noTrailerEntry: (plate: string) => string;
  readonly noTrailerPlate: string;
  readonly combinationUnknown: string;
  readonly importFile: string;
  readonly template: string;
  readonly exportFile: string;
  readonly preview: (rows: number, added: number, changed: number, same: number) => string;
  readonly badRows: (count: number) => string;
  readonly firstOnly: (count: number) => string;
  readonly fileTooLarge: string;
  readonly close: string;
  readonly take: string;
  readonly taken: (added: number, changed: number) => string;
  readonly row: string;
  readonly field: string;
  readonly value: string;
  readonly why: string;
  readonly unknownHeadings: string;
  readonly problems: Readonly<Record<ImportProblem['code'], string>>;
  readonly rules: string;
  readonly inForce: Readonly<Record<'in-force' | 'to-come' | 'past', string>>;
  readonly from: Readonly<Record<'program' | 'file' | 'platform', string>>;
  readonly effective: string;
  readonly signedBy: string;
  readonly unconfirmed: string;
  readonly wording: Readonly<Record<'confirmed' | 'unconfirmed', string>>;
  readonly anyLayout: string;
  readonly drive: (axles: number) => string;
  readonly andMore: (axles: number) => string;
  readonly doubtfulRow: string;
  readonly loadRules: string;
  readonly loaded: (id: string, from: string) => string;
  readonly limit: string;
  readonly holds: string;
  readonly facts: string;
  readonly inputs: string;
  readonly sourceUnwritten: string;
  readonly notStated: string;
  readonly axleGroups: string;
  readonly axleGroup: (nth: number, axles: number) => string;
  readonly axleGroupAbove: (kg: string) => string;
  readonly sources: Readonly<Record<string, string>>;
  readonly factNames: Readonly<Record<string, string>>;
  readonly applied: string;
  readonly fits: string;
  readonly near: string;
  readonly failsBy: (fact: string) => string;
  readonly ifFilledIn: string;
  readonly ifOtherwise: string;
  readonly sourceTitle: string;
  readonly ifStated: (fact: string, value: string, limit: string) => string;
  readonly noRule: string;
  /** Of a paper. */
  readonly valid: string;
}

export const registerZh: RegisterWords = {
  title: '备案台账',
  search: '按车牌、名称、车队查找',
  total: (count) => `共 ${String(count)} 条`,
  add: '新增',
  remove: '删除',
  reason: '原因',
  confirmRemove: '写明原因后删除',
  none: '没有记录',
  more: '更多',
  yes: '是',
  no: '否',
  choosePicture: '选择照片',
  clear: '清除',
  required: '必填',
  wrong: '格式不对',
  pictureWrong: '不是能用的照片',
  plateWrong: '车牌格式不对，例：晋C12345',
  dayWrong: '日期格式不对，例：20271231',
  numberWrong: '请填整数，或超出范围',
  expired: '已过期',
  expires: (days) => `${String(days)} 天后到期`,
  history: '变更记录',
  removed: '删除',
  imported: '导入',
  stated: '过磅时填写',
  nobody: '未登记司磅员',
  tares: '历次皮重',
  usual: '常见皮重',
  drift: '最近一次相差',
  combination: '与挂车组成',
  noTrailerEntry: (plate) => `台账里没有挂车 ${plate}（黄牌），组成列车后的轴数不知道，过磅时要人工填。`,
  noTrailerPlate: '没有填挂车号牌，组成列车后的轴数不知道，过磅时要人工填。',
  combinationUnknown: '轴数或轴组没有填全',
  importFile: '从 Excel 导入',
  template: '下载模板',
  exportFile: '导出 Excel',
  preview: (rows, added, changed, same) =>
    `${String(rows)} 行：新增 ${String(added)}，修改 ${String(changed)}，相同 ${String(same)}`,
  badRows: (count) => `${String(count)} 行有问题，一行都不会导入。改好后重新选择文件。`,
  firstOnly: (count) => `只列出前 ${String(count)} 个问题。`,
  fileTooLarge: '文件太大，最大 8 MB',
  close: '关闭',
  take: '全部导入',
  taken: (added, changed) => `已导入：新增 ${String(added)}，修改 ${String(changed)}`,
  row: '行',
  field: '栏目',
  value: '内容',
  why: '问题',
  unknownHeadings: '不认识的栏目（不导入）',
  problems: {
    missing: '必填，没有填',
    'not-understood': '看不懂',
    'unknown-choice': '不是可选的值',
    'too-long': '太长',
    'out-of-range': '超出范围',
    twice: '与前面某行重复',
    'no-such-reference': '台账里没有这个名称',
  },
  rules: '限值规则',
  inForce: { 'in-force': '现行', 'to-come': '未生效', past: '已被取代' },
  from: { program: '程序自带', file: '文件载入', platform: '平台下发' },
  effective: '生效日期',
  signedBy: '签名',
  unconfirmed: '未与官方文本核对',
  wording: { confirmed: '条文已核对', unconfirmed: '条文未核对' },
  anyLayout: '各种轴组',
  drive: (axles) => `驱动轴 ${String(axles)}`,
  andMore: (axles) => `${String(axles)} 轴及以上`,
  doubtfulRow: '? 只有一个转载来源，待与官方文本核对',
  loadRules: '载入规则文件',
  loaded: (id, from) => `已载入 ${id}，自 ${from} 起判定用`,
  limit: '限值',
  holds: '为准',
  facts: '依据的车辆信息',
  inputs: '其他依据',
  sourceUnwritten: '来源当时未记',
  notStated: '未填',
  axleGroups: '实测轴荷与轴组限值（GB 1589）',
  axleGroup: (nth, axles) => `第 ${String(nth)} 组（${String(axles)} 轴）`,
  axleGroupAbove: (kg) => `超出 ${kg} kg：提示，按轴荷限值之和判定`,
  sources: {
    register: '台账',
    operator: '司磅员',
    camera: '摄像机',
    'axle-counter': '轴数仪',
    indicator: '仪表',
    'last-visit': '上次来时',
    stricter: '未填，按最严',
  },
  factNames: {
    axles: '轴数',
    class: '车型',
    layout: '轴组',
    driveAxles: '驱动轴数',
    registeredGross: '行驶证总质量',
    licenceLoad: '核定载质量',
    singleTyredAxles: '单胎轴数',
    wideTyres: '加宽轮胎',
    airSuspension: '空气悬架',
    axleSpacing: '轴距',
    axleLoads: '实测轴重 kg',
    trailerAxleSpacing: '挂车轴距 mm',
    emission: '排放阶段',
    plate: '车牌',
    rearPlate: '后牌',
    trailer: '挂车号牌',
    gross: '毛重',
    tare: '皮重 · 编号',
    countedAxles: '数到的轴数',
    listed: '黑白名单',
    goods: '货物',
    destination: '目的地',
    route: '路桥限重',
    contract: '合同',
    quotaLeft: '合同余量',
    driver: '驾驶员',
  },
  applied: '适用的规则',
  fits: '也符合的规则',
  near: '差一项的规则',
  failsBy: (fact) => `${fact}不符`,
  ifFilledIn: '填写后会怎样',
  ifOtherwise: '如果车辆不是这样',
  sourceTitle: '依据文件',
  ifStated: (fact, value, limit) => `${fact} = ${value} → ${limit}`,
  noRule: '无适用限值',
  valid: '有效',
};
