import type {
  CallInput,
  CorrectedField,
  CrossingOutcome,
  CrossingRow,
  KeyTrouble,
  KeyView,
  SecretPlace,
} from '../../station/contract.ts';

/** Words of what is said of records afterwards, of crossings, manual entries and keys. */
export interface RecordsWords {
  readonly title: string;
  readonly tabs: Readonly<Record<'crossings' | 'manual' | 'keys', string>>;
  readonly reason: string;
  readonly by: string;
  readonly incomplete: string;
  readonly goOn: string;
  readonly change: string;
  readonly confirm: (action: string) => string;
  readonly cancel: string;
  readonly done: string;

  readonly void: string;
  readonly voidMeans: readonly string[];
  readonly voided: string;
  readonly correct: string;
  readonly corrected: string;
  readonly correctMeans: readonly string[];
  readonly field: string;
  readonly fields: Readonly<Record<CorrectedField, string>>;
  readonly before: string;
  readonly now: string;
  readonly nothing: string;

  readonly unexplained: (count: number) => string;
  readonly noneUnexplained: string;
  readonly unexplainedOnly: string;
  readonly noCrossings: string;
  readonly begun: string;
  readonly closed: string;
  readonly standing: string;
  readonly peak: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<CrossingOutcome, string>>;
  readonly interrupted: string;
  readonly said: string;
  readonly explain: string;
  readonly explainMeans: readonly string[];
  readonly explainedAs: string;
  readonly explanations: Readonly<Record<NonNullable<CrossingRow['explained']>['as'], string>>;

  readonly maintenance: string;
  readonly maintenanceMeans: readonly string[];
  readonly maintenanceWhat: string;
  readonly maintenanceKinds: readonly string[];
  readonly maintenanceStated: string;

  readonly manual: string;
  readonly manualMark: string;
  readonly manualMeans: readonly string[];
  readonly addManual: string;
  readonly noManual: string;
  readonly manualNumber: (number: number) => string;
  readonly weighedAt: string;
  readonly stated: string;
  readonly source: string;
  readonly sourceHint: string;
  readonly writtenAt: string;

  readonly currentKey: string;
  readonly earlierKeys: string;
  readonly noKey: string;
  readonly keyId: string;
  readonly fingerprint: string;
  readonly since: string;
  readonly why: string;
  readonly keyReasons: Readonly<Record<KeyView['reason'], string>>;
  readonly vouched: string;
  readonly unvouched: string;
  readonly revoked: string;
  readonly secret: string;
  readonly secretPlaces: Readonly<Record<SecretPlace, string>>;
  readonly secretClosed: string;
  readonly troubles: Readonly<Record<KeyTrouble['kind'], string>>;
  readonly openKeys: string;
  readonly introduce: Readonly<Record<CallInput<'key.introduce'>['reason'], string>>;
  readonly introduceMeans: Readonly<Record<CallInput<'key.introduce'>['reason'], readonly string[]>>;
  readonly introduced: string;
  readonly publish: string;
  readonly publishing: Readonly<Record<'title' | 'means' | 'list' | 'page' | 'made', string>>;
  readonly revoke: string;
  readonly revokeMeans: readonly string[];
  readonly revokeSince: string;
  readonly revokeNow: string;
}

export const recordsZh: RecordsWords = {
  title: '记录',
  tabs: { crossings: '上磅过程', manual: '手工记录', keys: '密钥' },
  reason: '原因',
  by: '谁',
  incomplete: '请填全，原因至少两个字',
  goOn: '下一步',
  change: '返回修改',
  confirm: (action) => `确认${action}`,
  cancel: '取消',
  done: '已写入账本',

  void: '作废',
  voidMeans: [
    '记录留在账本里，写明作废、原因和谁。',
    '它的装载单从现在起无效，不能再补打；车要出场须重新过磅。',
    '作废不能撤回。',
  ],
  voided: '已作废',
  correct: '更正',
  corrected: '有更正',
  correctMeans: ['原来写的留着，更正写在后面，谁都看得到。', '重量、时间和判定不能更正；那样的记录请作废。'],
  field: '更正哪一项',
  fields: {
    plate: '车牌',
    trailerPlate: '挂车号牌',
    goods: '货物',
    shipper: '发货单位',
    consignee: '收货单位',
    destination: '目的地',
    contract: '合同',
    driver: '驾驶员',
    loader: '装载员',
  },
  before: '现在是',
  now: '更正为',
  nothing: '（空）',

  unexplained: (count) => `${String(count)} 次上磅没有记录，也没有人说明`,
  noneUnexplained: '每次上磅都有记录或说明',
  unexplainedOnly: '只看未说明的',
  noCrossings: '没有',
  begun: '上磅',
  closed: '下磅',
  standing: '还在秤上',
  peak: '最大重量 kg',
  outcome: '结果',
  outcomes: {
    slip: '装载单',
    refusal: '拒放单',
    tare: '皮重',
    'cannot-decide': '无法判定',
    maintenance: '检修',
    unexplained: '没有记录',
  },
  interrupted: '中断过',
  said: '说明',
  explain: '说明',
  explainMeans: ['这次上磅仍记为“没有记录”，说明写在后面。', '只能说明一次。'],
  explainedAs: '是什么',
  explanations: {
    maintenance: '检修或试磅',
    'weighed-otherwise': '在别处过磅',
    'not-a-vehicle': '不是车辆',
    'drove-off': '没过磅就开走',
    other: '其他',
  },

  maintenance: '检修/试磅',
  maintenanceMeans: ['秤上的不是要过磅的车：这一次不过磅、不出单据，账本里记为检修。'],
  maintenanceWhat: '秤上是什么',
  maintenanceKinds: ['检定砝码', '期间核查试磅', '装载机经过', '清扫秤台', '维修'],
  maintenanceStated: '检修/试磅，不过磅',

  manual: '手工记录',
  manualMark: '手工',
  manualMeans: [
    '仪表没有给出的重量：单独编号，不作判定，不能出装载单。',
    '只用来说明仪表坏了时的情况；车要出场，必须用仪表过磅。',
  ],
  addManual: '新增手工记录',
  noManual: '没有手工记录',
  manualNumber: (number) => `手工 ${String(number)}`,
  weighedAt: '称重时间',
  stated: '重量 kg',
  source: '数从哪里来',
  sourceHint: '哪台秤、哪张单据',
  writtenAt: '录入时间',

  currentKey: '现在用的密钥',
  earlierKeys: '以前的密钥',
  noKey: '还没有密钥',
  keyId: '编号',
  fingerprint: '指纹',
  since: '启用',
  why: '缘由',
  keyReasons: { first: '第一把', rotation: '更换', lost: '原密钥丢失', 'new-computer': '换了电脑' },
  vouched: '由前一把密钥担保',
  unvouched: '没有前一把密钥的担保',
  revoked: '已吊销，以下时间起签的不可信：',
  secret: '开启密钥的口令放在',
  secretPlaces: {
    'os-store': '操作系统的密钥库',
    file: '本账户的一个文件（这台电脑没有可用的系统密钥库）',
    given: '由启动程序的人或服务给出',
  },
  secretClosed: '系统密钥库现在打不开',
  troubles: {
    unreadable: '这台电脑打不开密钥文件：换过电脑、重装过系统或换了账户',
    'not-written': '密钥文件写不进去：检查磁盘',
    'store-closed': '系统密钥库打不开：用原来的系统账户登录、解锁密钥库，再启动本程序',
    'unknown-key': '手里的密钥账本不认识：密钥文件被换过',
    'revoked-key': '这把密钥已吊销：启用新密钥',
  },
  openKeys: '去处理密钥',
  introduce: { rotation: '更换密钥', lost: '报密钥丢失', 'new-computer': '新电脑，启用新密钥' },
  introduceMeans: {
    rotation: [
      '从下一条记录起用新密钥签名，由现在的密钥担保；以前的单据和记录照样有效。',
      '换完请把新公布的密钥交给路上核查单据的人。',
    ],
    lost: [
      '从下一条记录起用新密钥签名，没有原密钥的担保：今后每个查账的人都会看到这一处。',
      '怀疑密钥落到别人手里时用这一项，随后吊销原密钥，并通知主管部门。',
    ],
    'new-computer': [
      '只在换了电脑、重装了系统、原密钥确实打不开时用：新密钥没有原密钥的担保，今后每个查账的人都会看到。',
      '编号接着走，以前的记录照样有效。旧电脑不再归本站时，随后吊销原密钥。',
    ],
  },
  introduced: '新密钥已启用',
  publish: '把新密钥公布出去：在本页导出公钥与作废名单',
  publishing: {
    title: '公布',
    means: '路上核查单据的人要用：本站签名的公钥和作废名单。作废了单据要重新公布。',
    list: '导出公钥与作废名单',
    page: '导出核验页（内含名单）',
    made: '已导出，作废名单条数',
  },
  revoke: '吊销',
  revokeMeans: ['这把密钥从下面的时间起签的单据和记录，都不可信；谁核查都会看到。', '吊销不能撤回。'],
  revokeSince: '从什么时间起不可信',
  revokeNow: '写成 202611231405',
};
