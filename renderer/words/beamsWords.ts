/** The installer's words for the light barriers, in both languages; English has the same shape. */
export interface BeamsWords {
  readonly title: string;
  readonly hint: string;
  readonly protocol: string;
  readonly protocols: Readonly<Record<'modbus-tcp' | 'modbus-rtu', string>>;
  readonly unit: string;
  readonly table: string;
  readonly tables: Readonly<Record<'1' | '2', string>>;
  readonly address: string;
  readonly polarity: string;
  readonly polarities: Readonly<Record<'0' | '1', string>>;
  readonly refuse: string;
  readonly try: string;
  readonly trying: string;
  readonly save: string;
  readonly saved: string;
  readonly remove: string;
  readonly input: (on: boolean | null) => string;
  readonly states: Readonly<Record<'connecting' | 'ok' | 'down', string>>;
  readonly silent: string;
  readonly line: string;
  readonly answers: (answered: number, asked: number) => string;
}

export const beamsZh: BeamsWords = {
  title: '光栅（红外对射）',
  hint: '接在 Modbus 开关量模块上，只读不写。把输出接成“通畅时输入闭合”：断线就等于遮挡。模块用自己的线路，不与仪表共线。',
  protocol: '模块',
  protocols: { 'modbus-tcp': 'Modbus TCP（网口）', 'modbus-rtu': 'Modbus RTU（RS-485 串口）' },
  unit: '站号',
  table: '读取',
  tables: { '2': '输入量（功能码 02）', '1': '线圈（功能码 01）' },
  address: '输入地址（从 0 起）',
  polarity: '遮挡时读数',
  polarities: { '0': '0（常闭，推荐）', '1': '1（常开）' },
  refuse: '光栅遮挡或无信号时不判定（不勾选则只标记、记录）',
  try: '试读光栅',
  trying: '试读中：两分钟后自动停止。分别挡住每个光栅，看状态是否跟着变。',
  save: '保存光栅',
  saved: '已保存，正在启用',
  remove: '不用光栅',
  input: (on) => (on === null ? '—' : on ? '1' : '0'),
  states: { connecting: '正在连接', ok: '正常', down: '断开' },
  silent: '模块无应答：核对站号、波特率、A/B 线、电源。',
  line: '线路不通：',
  answers: (answered, asked) => `应答 ${String(answered)}/${String(asked)}`,
};

export const beamsEn: BeamsWords = {
  title: 'Light barriers',
  hint: 'On a Modbus input module that is only read. Wire them so that a clear beam closes its input: a cut cable then reads as broken. The module has a line of its own, not the indicator’s.',
  protocol: 'Module',
  protocols: { 'modbus-tcp': 'Modbus TCP (network)', 'modbus-rtu': 'Modbus RTU (RS-485)' },
  unit: 'Unit',
  table: 'Read',
  tables: { '2': 'inputs (function 02)', '1': 'coils (function 01)' },
  address: 'Input (from 0)',
  polarity: 'Broken is',
  polarities: { '0': '0 (closed when clear)', '1': '1 (open when clear)' },
  refuse: 'Decide nothing while a beam is broken or silent (otherwise only flagged and recorded)',
  try: 'Try the beams',
  trying: 'Trying: ends by itself after two minutes. Break each beam and watch its state follow.',
  save: 'Save the beams',
  saved: 'Saved, starting',
  remove: 'No beams',
  input: (on) => (on === null ? '—' : on ? '1' : '0'),
  states: { connecting: 'connecting', ok: 'in order', down: 'down' },
  silent: 'The module does not answer: check unit number, baud rate, A and B, power.',
  line: 'No line: ',
  answers: (answered, asked) => `answers ${String(answered)}/${String(asked)}`,
};
