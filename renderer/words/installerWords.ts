import type { Disagreement, RejectReason } from '../../station/contract.ts';

/** The installer's words, in both languages; English has the same shape. */
export interface InstallerWords {
  readonly title: string;
  readonly line: string;
  readonly kinds: Readonly<Record<LineKind, string>>;
  readonly port: string;
  readonly otherPort: string;
  readonly byUsb: string;
  readonly host: string;
  readonly tcpPort: string;
  readonly allowFrom: string;
  readonly baud: string;
  readonly framing: string;
  readonly detect: string;
  readonly stop: string;
  readonly listening: string;
  readonly step: (nth: number, of: number, bytes: number) => string;
  /** Not one byte at a setting that was listened to. */
  readonly silentLine: string;
  /** What to look at then. */
  readonly check: string;
  /** While those that only answer are still being asked. */
  readonly asking: string;
  /** Nothing is connected: a line is listened to. */
  readonly paused: string;
  readonly nothing: string;
  readonly candidates: string;
  readonly evidence: (good: number, all: number, percent: number) => string;
  readonly ambiguous: string;
  readonly take: string;
  readonly profile: string;
  readonly options: string;
  readonly unit: string;
  readonly division: string;
  readonly max: string;
  readonly min: string;
  readonly verified: string;
  readonly poll: string;
  readonly try: string;
  readonly trying: string;
  readonly live: string;
  readonly framesPerSecond: string;
  readonly rejected: string;
  readonly shows: string;
  readonly compare: string;
  readonly save: string;
  readonly saved: string;
  readonly report: string;
  readonly installer: string;
  readonly suggest: string;
  readonly noSuggestion: string;
  readonly wrong: string;
  readonly bytes: string;
  readonly disagrees: Readonly<Record<Disagreement['kind'], string>>;
  /** Why bytes are no weight. */
  readonly reasons: Readonly<Record<RejectReason, string>>;
  readonly states: Readonly<Record<'connecting' | 'open' | 'down', string>>;
  readonly neighbours: string;
  readonly neighboursHint: string;
  readonly neighbourName: string;
  readonly addNeighbour: string;
  readonly remove: string;
  readonly answers: (answered: number, asked: number) => string;
  readonly lost: (silent: number, unreadable: number, disturbed: number, late: number) => string;
}

export type LineKind = 'serial' | 'tcp' | 'tcp-server' | 'udp';

export const installerZh: InstallerWords = {
  title: '仪表接入',
  line: '线路',
  kinds: {
    serial: '串口',
    tcp: '网络 TCP（本机呼叫）',
    'tcp-server': '网络 TCP（对方呼叫）',
    udp: '网络 UDP',
  },
  port: '端口',
  otherPort: '其他端口名',
  byUsb: '按 USB 身份认端口，换插口也能找到',
  host: '地址',
  tcpPort: '端口号',
  allowFrom: '只听这些地址',
  baud: '波特率',
  framing: '数据格式',
  detect: '自动识别',
  stop: '停止',
  listening: '正在听',
  step: (nth, of, bytes) => `第 ${String(nth)} / ${String(of)} 种线路设置 · 已收到 ${String(bytes)} 字节`,
  silentLine: '一个字节也没有收到，没有仪表在发送，应答式仪表也没有应答。',
  check:
    '检查：仪表是否通电、设为连续发送；线是否接在通讯口而不是大屏幕口；RS-232 的 TX/RX、RS-485 的 A/B 是否接反；端口是否选对。',
  asking: '还没有收到一个字节，没有仪表在连续发送；正在各种设置下逐个询问应答式仪表。',
  paused: '正在识别，暂不过磅',
  nothing: '没有听到能认的数据。检查仪表是否在连续发送、线是否接对、端口是否选对。',
  candidates: '识别结果（由人确认，不自动采用）',
  evidence: (good, all, percent) =>
    `${String(all)} 帧中 ${String(good)} 帧相符，占全部数据 ${String(percent)}%`,
  ambiguous: '高低位顺序无法从数据判断，必须用不对称的重量与仪表显示核对',
  take: '选用',
  profile: '仪表协议',
  options: '协议参数（JSON）',
  unit: '仪表单位',
  division: '分度值 e (kg)',
  max: '最大称量 (kg)',
  min: '最小称量 (kg)，空为 20 e',
  verified: '检定有效期至',
  poll: '应答式每次询问间隔 (ms)',
  try: '试读',
  trying: '试读中：不过磅，两分钟后自动停止',
  live: '实时数据',
  framesPerSecond: '每秒帧数',
  rejected: '拒收',
  shows: '读到的重量',
  compare: '仪表显示与此一致，我已核对',
  save: '保存并启用',
  saved: '已保存，正在启用',
  report: '测试报告 PDF',
  installer: '安装人员',
  suggest: '照数据推测格式',
  noSuggestion: '收到的数据看不出固定的格式',
  wrong: '不对',
  bytes: '收到的字节',
  disagrees: {
    unit: '仪表单位与设置不符：在仪表上切换单位，或改“仪表单位”。',
    decimals: '仪表小数位与设置的单位不符：核对“仪表单位”和分度值。',
    division: '读数不是分度值的整数倍：退出仪表的细分显示，或按铭牌改分度值。',
    net: '仪表显示净重：在仪表上清皮，切回毛重。',
  },
  reasons: {
    checksum: '校验错',
    form: '格式错',
    noise: '杂散字节',
    incomplete: '帧不完整',
    unit: '单位不是 kg/t',
    'overload-blank': '超载无数字',
    'underload-blank': '欠载无数字',
    unconfirmed: '尚未两帧一致',
    'not-weight': '不是重量',
    address: '别的地址',
    expanded: '细分显示',
    hold: '锁定/峰值',
    refused: '仪表拒绝',
    'indicator-error': '仪表报错',
  },
  states: { connecting: '正在打开', open: '已打开', down: '断开' },
  neighbours: '同一根 RS-485 线上的其他仪表',
  neighboursHint: '只问不称：轮流询问，显示在这里，不参与本秤过磅。每台仪表要有不同的地址，并设为应答式。',
  neighbourName: '名称',
  addNeighbour: '增加一台',
  remove: '删除',
  answers: (answered, asked) => `应答 ${String(answered)}/${String(asked)}`,
  lost: (silent, unreadable, disturbed, late) =>
    `无应答 ${String(silent)} · 读不懂 ${String(unreadable)} · 冲突 ${String(disturbed)} · 迟到 ${String(late)}`,
};

export const installerEn: InstallerWords = {
  title: 'Connect the indicator',
  line: 'Line',
  kinds: { serial: 'Serial', tcp: 'TCP (we call)', 'tcp-server': 'TCP (it calls)', udp: 'UDP' },
  port: 'Port',
  otherPort: 'Another port',
  byUsb: 'Find the adapter by its USB identity, whatever socket it is in',
  host: 'Address',
  tcpPort: 'Port number',
  allowFrom: 'Hear only these addresses',
  baud: 'Baud rate',
  framing: 'Framing',
  detect: 'Detect',
  stop: 'Stop',
  listening: 'Listening',
  step: (nth, of, bytes) => `setting ${String(nth)} of ${String(of)} · ${String(bytes)} bytes so far`,
  silentLine: 'Not one byte: nobody sends on this line, and nobody answers. ',
  check:
    'Is the indicator on and set to send? Its serial port, not that of the big display? RS-232: TX and RX crossed? RS-485: A and B swapped? The right port?',
  asking:
    'Not one byte yet: nobody sends by itself on this line; those that only answer are being asked at each setting.',
  paused: 'Detecting: nothing is weighed',
  nothing: 'Nothing that fits was heard. Is the indicator set to send, the cable right, the port right?',
  candidates: 'What it could be (a person decides)',
  evidence: (good, all, percent) =>
    `${String(good)} of ${String(all)} frames, ${String(percent)} % of the bytes`,
  ambiguous: 'The order of the digits cannot be told from the bytes: compare an asymmetric weight',
  take: 'Take',
  profile: 'Protocol',
  options: 'Protocol options (JSON)',
  unit: 'Unit shown',
  division: 'Division e (kg)',
  max: 'Max (kg)',
  min: 'Min (kg), empty: 20 e',
  verified: 'Verified until',
  poll: 'Polled indicators: ask every (ms)',
  try: 'Try',
  trying: 'Trying: nothing is weighed; ends by itself after two minutes',
  live: 'Live',
  framesPerSecond: 'Frames a second',
  rejected: 'Rejected',
  shows: 'Weight read',
  compare: 'The indicator shows the same; I have looked',
  save: 'Save and use',
  saved: 'Saved, starting',
  report: 'Test report PDF',
  installer: 'Installer',
  suggest: 'Suggest from the bytes',
  noSuggestion: 'The bytes show no frame of one length',
  wrong: 'wrong',
  bytes: 'Bytes received',
  disagrees: {
    unit: 'Another unit: switch it at the indicator, or change the unit here.',
    decimals: 'Decimals do not fit the unit: check unit and division.',
    division: 'Not a multiple of the division: leave the expanded display, or set d as on the name plate.',
    net: 'It shows net: clear the tare at the indicator.',
  },
  reasons: {
    checksum: 'checksum',
    form: 'form',
    noise: 'noise',
    incomplete: 'incomplete',
    unit: 'unit not kg/t',
    'overload-blank': 'overload, no number',
    'underload-blank': 'underload, no number',
    unconfirmed: 'not yet two alike',
    'not-weight': 'not a weight',
    address: 'another address',
    expanded: 'expanded',
    hold: 'hold/peak',
    refused: 'refused',
    'indicator-error': 'indicator error',
  },
  states: { connecting: 'opening', open: 'open', down: 'down' },
  neighbours: 'Other indicators on the same RS-485 cable',
  neighboursHint:
    'Asked in turn and shown here, never weighed with. Each needs an address of its own and must only answer when asked.',
  neighbourName: 'Name',
  addNeighbour: 'Add one',
  remove: 'Remove',
  answers: (answered, asked) => `answers ${String(answered)}/${String(asked)}`,
  lost: (silent, unreadable, disturbed, late) =>
    `silent ${String(silent)} · unreadable ${String(unreadable)} · disturbed ${String(disturbed)} · late ${String(late)}`,
};
