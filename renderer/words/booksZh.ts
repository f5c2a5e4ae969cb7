import type { RestoreRow, FoundBy, GateField, GateNote, Recheck } from '../../station/contract.ts';

/** Words of 倒查, 检查, 电子台账 and 交接班. */
export interface BooksWords {
  readonly more: string;
  readonly screens: Readonly<Record<'records' | 'trace' | 'gate' | 'inspection' | 'shift' | 'exits', string>>;
  readonly by: Readonly<Record<'plate' | 'slip' | 'driver' | 'consignee', string>>;
  readonly text: string;
  readonly at: string;
  readonly atWrong: string;
  readonly hours: string;
  readonly near: string;
  readonly find: string;
  readonly nothing: string;
  readonly narrow: string;
  readonly found: Readonly<Record<FoundBy, string>>;
  readonly how: string;
  readonly apart: (minutes: number) => string;
  readonly correctedTo: string;
  readonly voided: string;
  readonly checked: string;
  readonly again: string;
  readonly tare: string;
  readonly signature: Readonly<Record<Recheck['signature'], string>>;
  readonly link: readonly [holds: string, broken: string];
  readonly weight: Readonly<Record<Recheck['weight'], string>>;
  readonly decision: Readonly<Record<Recheck['decision'], string>>;
  readonly pictures: (pictures: Recheck['pictures']) => string;
  readonly curve: Readonly<Record<Recheck['curve'], string>>;
  readonly amendments: string;
  readonly people: string;
  readonly printReport: string;
  readonly saveReport: string;
  readonly saveXlsx: string;
  readonly saveCsv: string;
  readonly savePdf: string;
  readonly print: string;
  readonly gateFields: Readonly<Record<GateField, string>>;
  readonly gateNotes: Readonly<Record<GateNote, string>>;
  readonly from: string;
  readonly to: string;
  readonly fleet: string;
  readonly emission: string;
  readonly tonnes: string;
  readonly entry: string;
  readonly exit: string;
  readonly missing: string;
  readonly noRows: string;
  readonly begin: string;
  readonly leave: string;
  readonly always: string;
  readonly look: string;
  readonly working: string;
  readonly checkWhole: string;
  readonly chainIdle: string;
  readonly chainRunning: (taken: number, total: number) => string;
  readonly chainDone: (events: number, signatures: number) => string;
  readonly chainFault: (fault: string) => string;
  readonly figures: Readonly<
    Record<
      | 'tail'
      | 'numbers'
      | 'missingNumbers'
      | 'restores'
      | 'contradiction'
      | 'crossings'
      | 'amended'
      | 'verification'
      | 'rules'
      | 'clock'
      | 'oldestRecord'
      | 'oldestPicture'
      | 'sync'
      | 'key'
      | 'whole',
      string
    >
  >;
  /** `until` is when the last event that both branches share was. */
  readonly restored: (restore: RestoreRow, until: string) => string;
  readonly verification: Readonly<Record<'valid' | 'expired' | 'not-stated', string>>;
  readonly fine: string;
  readonly none: string;
  readonly gone: string;
  readonly keep: (months: number) => string;
  readonly sample: string;
  readonly count: string;
  readonly seed: string;
  readonly seedHint: string;
  readonly draw: string;
  readonly holds: string;
  readonly doubtful: string;
  readonly inspector: string;
  readonly remark: string;
  readonly sign: string;
  readonly signed: (found: number) => string;
  readonly running: string;
  readonly past: string;
  readonly next: string;
  readonly close: string;
  readonly closeSure: string;
  readonly closed: string;
  readonly notPrinted: string;
  readonly head: string;
  readonly manifest: string;
  readonly trucks: string;
  /** A net total, and how many trucks have none. */
  readonly net: (total: string, without: number) => string;
  readonly day: string;
  readonly counts: Readonly<
    Record<
      | 'weighings'
      | 'tares'
      | 'slips'
      | 'refusals'
      | 'undecided'
      | 'releases'
      | 'papers'
      | 'voids'
      | 'corrections'
      | 'manual'
      | 'unexplained',
      string
    >
  >;
}

export const booksZh: BooksWords = {
  more: '菜单',
  screens: {
    records: '记录',
    trace: '倒查',
    gate: '电子台账',
    inspection: '检查',
    shift: '交接班',
    exits: '出口核对',
  },
  by: { plate: '车牌', slip: '单据编号', driver: '驾驶员', consignee: '收货单位' },
  text: '查什么',
  at: '时间',
  atWrong: '时间写成 202611231405 或 2026-11-23 14:05',
  hours: '前后小时',
  near: '含认错一个字的',
  find: '查找',
  nothing: '没有查到',
  narrow: '还有更多，请缩小范围',
  found: {
    recorded: '号牌相同',
    corrected: '更正后相同',
    trailer: '挂车',
    camera: '摄像机读数',
    near: '差一个字',
    part: '含这几个字',
    slip: '单据',
  },
  how: '依据',
  apart: (minutes) => `相差 ${String(minutes)} 分钟`,
  correctedTo: '更正为',
  voided: '已作废',
  checked: '现场核验',
  again: '毛重记录',
  tare: '皮重记录',
  signature: {
    holds: '签名有效',
    wrong: '签名不符',
    unsigned: '没有签名',
    'unknown-key': '密钥不明',
    'revoked-key': '密钥已吊销',
  },
  link: ['账本链完好', '账本链断裂'],
  weight: { same: '重量重算一致', differs: '重量重算不一致', cannot: '重量无法重算' },
  decision: { same: '判定重做一致', differs: '判定重做不一致', cannot: '判定无法重做', none: '皮重不判定' },
  pictures: ({ kept, named, removed }) =>
    `照片 ${String(kept)}/${String(named)}${removed > 0 ? `（${String(removed)} 张到期删除）` : ''}`,
  curve: { kept: '曲线完好', missing: '曲线缺失', none: '没有曲线' },
  amendments: '作废与更正',
  people: '车与人（台账）',
  printReport: '打印倒查报告',
  saveReport: '保存倒查报告',
  saveXlsx: '导出 Excel',
  saveCsv: '导出 CSV',
  savePdf: '保存 PDF',
  print: '打印',
  gateFields: {
    entry: '进厂时间',
    pictures: '照片',
    plate: '号牌',
    registeredOn: '注册日期',
    vin: 'VIN',
    engineNumber: '发动机号',
    emission: '排放阶段',
    document: '随车清单或行驶证',
    goods: '货物名称',
    tonnes: '运输量',
    fleet: '车队名称',
  },
  gateNotes: {
    corrected: '已更正',
    voided: '已作废',
    released: '特许放行',
    'vin-check': 'VIN 校验位不符',
    'fuel-rule': '煤焦矿须国六或新能源',
  },
  from: '从',
  to: '到',
  fleet: '车队',
  emission: '排放阶段',
  tonnes: '运输量 t',
  entry: '进厂',
  exit: '出厂',
  missing: '缺项',
  noRows: '这几天没有出厂车辆',
  begin: '进入检查模式（只看不改）',
  leave: '退出检查模式',
  always: '检查员登录：只看不改',
  look: '重新查看',
  working: '正在清点…',
  checkWhole: '核验全部账本',
  chainIdle: '还没有核验全部账本',
  chainRunning: (taken, total) => `正在核验 ${String(taken)} / ${String(total)}，过磅照常`,
  chainDone: (events, signatures) => `全部完好：${String(events)} 条，${String(signatures)} 个签名`,
  chainFault: (fault) => `不符：${fault}`,
  figures: {
    tail: '账本末端',
    numbers: '过磅数 / 末号',
    missingNumbers: '缺号',
    restores: '恢复过备份',
    contradiction: '外部锚点与账本不符',
    crossings: '上磅 / 未说明',
    amended: '作废 / 更正 / 手工 / 特许',
    verification: '检定',
    rules: '生效规则',
    clock: '时钟跳变',
    oldestRecord: '最早记录',
    oldestPicture: '留存期内最早照片',
    sync: '市平台 待传 / 退回',
    key: '签名密钥',
    whole: '账本全部',
  },
  restored: ({ sequence, epoch, from, operator, headSequence, lostEvents, lostNumbers, unsigned }, until) =>
    [
      `第 ${String(sequence)} 条，第 ${String(epoch)} 支，接在第 ${String(headSequence)} 条（${until}）之后`,
      lostEvents === null
        ? '没有已知的丢失'
        : `丢失第 ${String(lostEvents.first)}–${String(lostEvents.last)} 条`,
      lostNumbers === null ? '' : `编号 ${String(lostNumbers.first)}–${String(lostNumbers.last)} 不再使用`,
      unsigned === 0 ? '' : `末尾 ${String(unsigned)} 条没有签名`,
      `来源 ${from}`,
      operator ?? '',
    ]
      .filter((part) => part !== '')
      .join('；'),
  verification: { valid: '有效', expired: '已过期', 'not-stated': '未填' },
  fine: '完好',
  none: '无',
  gone: '缺失',
  keep: (months) => `应留存 ${String(months)} 个月`,
  sample: '随机抽查',
  count: '条数',
  seed: '种子',
  seedHint: '留空由站方随机；自己写也可以',
  draw: '抽取',
  holds: '相符',
  doubtful: '不符',
  inspector: '检查人',
  remark: '备注',
  sign: '签名并打印检查记录',
  signed: (found) => (found === 0 ? '已签名，没有发现问题' : `已签名，发现 ${String(found)} 项`),
  running: '本班',
  past: '以前的班',
  next: '接班人',
  close: '交班',
  closeSure: '再按一次确认交班',
  closed: '已交班',
  notPrinted: '没有打印出来',
  head: '账本摘要',
  manifest: '装载清单',
  trucks: '车次',
  net: (total, without) => (without === 0 ? total : `${total} + ${String(without)} 车净重不明`),
  day: '日期',
  counts: {
    weighings: '过磅',
    tares: '皮重',
    slips: '准予出场',
    refusals: '不予放行',
    undecided: '无法判定',
    releases: '特许放行',
    papers: '打印单据',
    voids: '作废',
    corrections: '更正',
    manual: '手工记录',
    unexplained: '未说明的上磅',
  },
};
