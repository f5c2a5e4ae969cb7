import type {
  CurveFlag,
  Moment,
  CredentialKind,
  EmissionStage,
  LimitKind,
  Load,
  CallError,
  DeviceView,
  FactName,
  Fault,
  LanePhase,
  NextStep,
  Outcome,
  PlateColour,
  ReasonCode,
  SyncView,
  VehicleClass,
  WeighingKind,
  WeightView,
} from '../../station/contract.ts';

type NoWeight = Extract<WeightView, { kind: 'none' }>['why'];

/** Every word of the screens; English has the same shape, so a missing word does not compile. */
export interface Words {
  readonly phases: Readonly<Record<LanePhase, string>>;
  readonly next: Readonly<Record<NextStep, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly kinds: Readonly<Record<WeighingKind, string>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly classes: Readonly<Record<VehicleClass, string>>;
  readonly colours: Readonly<Record<PlateColour, string>>;
  readonly devices: Readonly<Record<DeviceView['kind'], string>>;
  readonly deviceStates: Readonly<Record<DeviceView['state'], string>>;
  readonly sync: Readonly<Record<SyncView['state'], string>>;
  readonly rowSync: Readonly<Record<'off' | 'waiting' | 'delivered' | 'set-aside', string>>;
  readonly faults: Readonly<Record<Fault['code'], string>>;
  readonly errors: Readonly<Record<CallError['code'], string>>;
  readonly noWeight: Readonly<Record<NoWeight, string>>;
  readonly ui: Readonly<Record<UiWord, string>>;
  readonly load: Readonly<Record<keyof Load, string>>;
  readonly emissions: Readonly<Record<EmissionStage, string>>;
  readonly limitKinds: Readonly<Record<LimitKind, string>>;
  readonly credentials: Readonly<Record<CredentialKind, string>>;
  readonly moments: Readonly<Record<Moment['what'], string>>;
  readonly curveFlags: Readonly<Record<CurveFlag['code'], string>>;
  /** A refusal that weight is not the reason of. */
  readonly refused: string;
  readonly attempt: (nth: number, before: string, over: string) => string;
  readonly mayLoad: (amount: string) => string;
  readonly over: (amount: string) => string;
  /** More than its contract has left, and no overload of any kind. */
  readonly overContract: (amount: string) => string;
  readonly aimAt: (amount: string) => string;
  /** Of a truck that may not leave whatever it weighs. */
  readonly barred: string;
  readonly waiting: (count: number) => string;
  readonly axles: (count: number) => string;
}

export type UiWord =
  | 'appName'
  | 'drill'
  | 'operator'
  | 'signInOperator'
  | 'passages'
  | 'weighing'
  | 'language'
  | 'theme'
  | 'stable'
  | 'moving'
  | 'gross'
  | 'tare'
  | 'net'
  | 'limit'
  | 'plate'
  | 'class'
  | 'layout'
  | 'driveAxles'
  | 'registeredGross'
  | 'singleTyred'
  | 'wideTyres'
  | 'airSuspension'
  | 'trailerSpacing'
  | 'groupSpacings'
  | 'groupSpacingsHint'
  | 'unknown'
  | 'noTruck'
  | 'preview'
  | 'stored'
  | 'number'
  | 'basis'
  | 'basisMissing'
  | 'recent'
  | 'time'
  | 'decision'
  | 'copies'
  | 'synced'
  | 'noTare'
  | 'tareExpired'
  | 'camera'
  | 'typed'
  | 'cameraRead'
  | 'enterPlate'
  | 'stateVehicle'
  | 'save'
  | 'cancel'
  | 'more'
  | 'search'
  | 'all'
  | 'reprint'
  | 'savePdf'
  | 'paper'
  | 'pictures'
  | 'curve'
  | 'frames'
  | 'ledger'
  | 'intact'
  | 'broken'
  | 'back'
  | 'setAside'
  | 'retry'
  | 'noPassages'
  | 'connectionDown'
  | 'connecting'
  | 'code'
  | 'logIn'
  | 'codeHint'
  | 'wrongCode'
  | 'tooMany'
  | 'plateHint'
  | 'colour'
  | 'axleCount'
  | 'yes'
  | 'no'
  | 'none'
  | 'confirmClock'
  | 'older'
  | 'detail'
  | 'empty'
  | 'tareStored'
  | 'askedOnce'
  | 'kind'
  | 'correctPlate'
  | 'notPrinted'
  | 'load'
  | 'trailerPlate'
  | 'rearPlate'
  | 'rearPlateRead'
  | 'axleLoads'
  | 'axleLoadsMeasured'
  | 'axleLoadsHint'
  | 'axleLoadsBy'
  | 'loadOfLast'
  | 'ofLastTime'
  | 'unplated'
  | 'licenceExpires'
  | 'permitExpires'
  | 'licenceLoad'
  | 'licencePicture'
  | 'wholeNumber'
  | 'permitPicture'
  | 'emission'
  | 'ruleTable'
  | 'saveAnyway'
  | 'tareDrift'
  | 'waived'
  | 'tareHistory'
  | 'release'
  | 'attempt'
  | 'limits'
  | 'installer'
  | 'cameras'
  | 'register'
  | 'rules'
  | 'phones'
  | 'phonesOff'
  | 'loaderCode'
  | 'inspectorCode'
  | 'replay'
  | 'pause'
  | 'officeCode';

export const zh: Words = {
  phases: {
    zero: '空秤',
    arriving: '上磅',
    settling: '等待稳定',
    stable: '已稳',
    identified: '已识别',
    decided: '已判定',
    leaving: '下磅',
  },
  next: {
    'wait-for-truck': '等待车辆上磅',
    'wait-for-zero': '等待秤回零',
    'clear-scale': '空秤不在零位：清理秤台，或在仪表上置零',
    'weigh-again': '上磅前没有看到零位：请下磅，回零后重新上磅',
    'wait-for-stable': '等待重量稳定',
    'enter-plate': '输入车牌',
    'state-vehicle': '填写车辆信息',
    'state-load': '核对货单',
    'save-tare': '保存皮重',
    'save-and-print-slip': '保存并打印装载单',
    'save-and-print-refusal': '保存并打印拒放单',
    'save-without-paper': '保存记录，不放行',
    'drive-off': '请车辆下磅',
    'repair-scale': '没有重量：检查仪表和连线',
  },
  outcomes: { allow: '可以放行', refuse: '超限 不予放行', 'cannot-decide': '无法判定 不予放行' },
  kinds: { tare: '皮重', gross: '毛重' },
  reasons: {
    overload: '毛重超过限值',
    'axles-unknown': '不知道轴数：请填写车辆信息',
    'layout-disagrees': '轴组布局与轴数不符：请核对行驶证',
    'no-rule-for-vehicle': '没有适用于这种车的限值：请核对车型和轴数',
    'no-rule-set-in-force': '当天没有生效的限值规则：请核对电脑日期',
    'licence-gross-unknown': '缺行驶证总质量：请按行驶证填写',
    'licence-load-unknown': '缺核定载质量：请按行驶证填写',
    'gross-below-tare': '毛重小于皮重：请确认车辆完全上磅',
    'tare-missing': '没有有效皮重：请先空车过磅',
    'below-minimum': '低于最小秤量',
    'above-maximum': '超过最大秤量：请立即下磅',
    'not-from-zero': '上磅前秤没有回零：请下磅，置零后重新上磅',
    'zero-not-seen': '上磅前没有看到零位（刚启动或线路中断）：请下磅，回零后重新上磅',
    'indicator-disagrees': '仪表显示的单位、小数或分度与设置不符：按上方红字处理，再重新过磅',
    'verification-expired': '检定已过期：停止过磅，联系检定',
    'settings-invalid': '设置文件有误：请安装人员改正',
    'clock-backwards': '电脑时钟倒退：校正时间后确认',
    'key-unusable': '站点签名密钥不可用：请负责人处理',
    'ledger-contradicted': '账本与外部锚点不符：请负责人在“备份”里处理',
    'above-other-limit': '超过轴荷、行驶证、道路桥梁或本场限重',
    'net-above-licence-load': '净重超过核定载质量',
    'no-plate': '无号牌车辆，不得装载放行',
    'plates-disagree': '前后号牌不一致：请核对车辆',
    blacklisted: '车辆在黑名单',
    'credential-expired': '证件已过期',
    'credential-missing': '证件未登记：查验后在车辆信息里填写',
    'emission-below': '排放阶段低于本场要求',
    'emission-unknown': '排放阶段未登记：请在车辆信息里填写',
    'quota-used-up': '超过合同数量',
    'axle-count-disagrees': '实测轴数与登记不符：请核对车辆',
    'axle-loads-unjudged': '轴荷无法判定：请核对轴组',
    'tare-drifted': '皮重与以往相差过大：请查看车辆',
    'curve-suspicious': '过磅曲线可疑：请查看车辆和仪表',
    'trailer-disagrees': '挂车号牌与登记不符：请填写挂车号牌',
    'contract-not-in-force': '合同不在有效期内',
    'contract-unknown': '合同不在台账：按 F5 核对编号，或先登记合同',
    'goods-unconfirmed': '货物是上次的：按 F5 核对本次货物，回车确认',
    'destination-unknown': '目的地不在台账，不知有无路桥限重：按 F5 核对，或先登记',
    'destination-missing': '本次目的地没有填写或确认：按 F5',
    'driver-unknown': '驾驶员不在台账：按 F5 核对姓名，或先登记驾驶证、从业资格证',
    'driver-missing': '本次驾驶员没有填写或确认：按 F5',
    'rear-plate-unclear': '后牌没有读清：看后部照片或到车后看，按 F5 填写后牌',
  },
  facts: {
    trailer: '挂车号牌',
    axles: '轴数',
    class: '车型',
    layout: '轴组布局',
    driveAxles: '驱动轴数',
    registeredGross: '行驶证总质量',
    axleSpacing: '轴距',
  },
  classes: {
    rigid: '载货汽车',
    articulated: '铰接列车（半挂）',
    'centre-axle': '中置轴挂车列车',
    'full-trailer': '全挂汽车列车',
  },
  colours: {
    blue: '蓝',
    yellow: '黄',
    black: '黑',
    white: '白',
    green: '绿',
    'gradient-green': '渐变绿',
    'yellow-green': '黄绿双拼',
    other: '其他',
  },
  devices: {
    indicator: '仪表',
    neighbour: '同线仪表',
    camera: '摄像机',
    printer: '打印机',
    platform: '市平台',
    clock: '时钟',
  },
  deviceStates: { ok: '正常', waiting: '等待', down: '断开', off: '未配置' },
  sync: {
    off: '未配置',
    'up-to-date': '已同步',
    sending: '上传中',
    offline: '断开',
    'refused-login': '拒绝登录',
  },
  rowSync: { off: '—', waiting: '待传', delivered: '已传', 'set-aside': '被退回' },
  faults: {
    'settings-invalid': '设置文件有误，不做任何判定。请安装人员改正：',
    'verification-expired': '检定证书已过期，停止判定。有效期至 ',
    'clock-backwards': '电脑时钟比已存记录慢，不做判定。校正时间后由负责人确认。慢 ',
    'key-unusable': '本机不能以本站名义签名，不做任何判定，由负责人处理。',
    'pictures-not-stored': '照片没有存上，检查磁盘：',
    'pictures-missed': '过磅抓拍缺失，检查摄像头：',
    'pictures-not-delivered': '照片没有传到平台，稍后自动重试：',
    'disk-low': '磁盘空间不足，过磅不受影响，请负责人清理或扩容。剩余 ',
    'left-without-leave': '出口发现未放行车辆，近 24 小时 ',
    'paper-not-printed': '单据没有打印出来，记录已保存；修好打印机后在车次列表补打：',
    'chain-broken': '账本校验不通过，立即报告负责人：',
    'ledger-contradicted':
      '外部锚点知道本机没有的记录（旧备份被放回，或账本被改写），不做任何判定。负责人点右上角菜单→“锚点与备份”处理：',
    'anchor-failed': '锚点没有写到外部磁盘（照常过磅，自动重试），检查U盘或共享：',
    'backup-failed': '备份没有完成（原有备份完好，自动重试），检查备份磁盘：',
    'indicator-unit': '仪表单位与设置不符，不采用重量。把仪表切回公斤或吨，或由安装人员改设置：',
    'indicator-decimals': '仪表小数位与设置的单位不符，不采用重量。由安装人员核对单位和分度值：',
    'indicator-division':
      '读数不是设置分度值的整数倍，不做判定。退出仪表的细分显示，或由安装人员按铭牌改分度值：',
    'indicator-net': '仪表显示净重，不采用重量。在仪表上按“清皮”切回毛重：',
    'store-failed': '记录没有写入磁盘，停止过磅并报告：',
  },
  errors: {
    'bad-request': '输入不对，请检查',
    'not-signed-in': '请先登录',
    'no-such-passage': '没有这个编号',
    'no-such-picture': '照片找不到',
    'crossing-is-over': '车辆已经下磅',
    'not-stable': '重量还没有稳定，请稍等',
    'plate-missing': '还没有车牌，请输入',
    'plate-malformed': '车牌格式不对，请检查',
    'vehicle-unknown': '车辆信息不全，请填写',
    'stated-layout': '轴组布局与轴数不符：请对照行驶证',
    'stated-class': '车型不对：牵引车带挂车是列车，列车至少三轴',
    'stated-axles': '轴数不对：至少两轴，单胎轴要少于总轴数',
    'axle-loads-count': '轴重个数与车辆轴数不符（每轴一个）',
    'axle-loads-value': '轴重应为大于零的整数千克',
    'axle-loads-sum': '轴重之和与秤上重量相差超过 10%，请核对',
    'axle-loads-by': '请填写轴重由何仪器或何人测得',
    'stated-kg': '总质量或核定载质量太小：单位是千克，不是吨',
    'trailer-missing': '还没有挂车号牌，请填写',
    'no-such-camera': '没有这台摄像头',
    'no-picture': '取不到画面',
    'already-saved': '这一磅已经保存',
    'crossing-is-maintenance': '已标为检修，不能过磅',
    'already-voided': '这条记录已作废',
    'already-explained': '已经说明过',
    'nothing-changed': '内容没有变化',
    'key-not-made': '新签名密钥没有生成',
    'no-slip-for-this-record': '这条记录没有单据',
    'scale-not-ready': '没有可用的重量，检查仪表',
    'store-failed': '记录没有写入，请报告负责人',
    'print-failed': '记录已保存，但没有打印出来',
    'station-busy': '忙，请稍后再按',
    'connection-lost': '与磅站程序断开，正在重连',
    internal: '程序出错，请报告',
    'no-such-entry': '台账里没有这一条',
    'entry-in-use': '别处还在用，不能删除',
    'entry-exists': '台账里已有这一条',
    'file-not-understood': '文件看不懂，请用模板重做',
    'preview-is-over': '预览已失效，请重新选择文件',
    'rules-broken': '规则文件有误，没有采用',
    'rules-unsigned': '规则文件的签名不可信，没有采用',
    'rules-not-here': '当时用的规则不在本机，不能说明：',
    'not-allowed': '不允许这样做',
    'wrong-pin': '姓名或密码不对',
    'same-person': '必须由两个不同的人签字',
    'picture-missing': '缺少证件照片',
    'vehicle-on-scale': '秤上有车，请等车下磅后再做',
    'line-not-open': '打不开这条线路',
    'settings-not-written': '设置文件写不进去',
    'nothing-to-report': '还没有可报告的仪表数据',
    'nothing-in-period': '这段时间没有记录',
    'not-published': '没有导出公钥与作废名单',
    'not-exported': '没有导出证据包',
  },
  noWeight: {
    'not-configured': '未配置仪表',
    'not-connected': '仪表断开',
    stale: '数据过期',
    unusable: '数据不可用',
    'over-range': '超出量程，请立即下磅',
    'under-range': '低于零点，请检查秤台',
  },
  ui: {
    appName: '源衡',
    drill: '演练',
    operator: '司磅员',
    signInOperator: '登记司磅员',
    passages: '车次列表',
    weighing: '过磅',
    language: 'English',
    theme: '明/暗',
    stable: '稳定',
    moving: '变动',
    gross: '毛重',
    tare: '皮重',
    net: '净重',
    limit: '限值',
    plate: '车牌',
    class: '车型',
    layout: '轴组布局',
    driveAxles: '驱动轴数',
    registeredGross: '行驶证总质量 kg',
    singleTyred: '单胎轴数（转向轴、驱动轴除外）',
    wideTyres: '加宽轮胎',
    airSuspension: '驱动轴空气悬架',
    trailerSpacing: '挂车轴距 mm',
    groupSpacings: '组内轴距 mm',
    groupSpacingsHint: '每个轴组一个，用 + 隔开，单轴写 0，如 0+1350+1310',
    unknown: '未知',
    noTruck: '无车辆',
    preview: '预判',
    stored: '已保存',
    number: '编号',
    basis: '依据',
    basisMissing: '未填写，按较严值',
    recent: '最近车次',
    time: '时间',
    decision: '判定',
    copies: '单据',
    synced: '上传',
    noTare: '未称',
    tareExpired: '皮重过期',
    camera: '摄像机',
    typed: '人工',
    cameraRead: '摄像机识别',
    enterPlate: '输入车牌',
    stateVehicle: '车辆信息',
    save: '保存',
    cancel: '取消',
    more: '更多',
    search: '按车牌查找',
    all: '全部',
    reprint: '补打',
    savePdf: '保存 PDF',
    paper: '单据',
    pictures: '照片',
    curve: '过磅曲线',
    frames: '仪表原始数据',
    ledger: '账本',
    intact: '校验通过',
    broken: '校验不通过',
    back: '返回',
    setAside: '被平台退回的记录',
    retry: '重传',
    noPassages: '还没有车次',
    connectionDown: '与磅站程序断开，正在重连。没有重量显示。',
    connecting: '正在连接磅站程序',
    code: '登录码',
    logIn: '登录',
    codeHint: '登录码显示在磅站程序启动的窗口里',
    wrongCode: '登录码不对',
    tooMany: '试得太多，请等一分钟',
    plateHint: '例：晋C12345；没有字母 I 和 O',
    colour: '颜色',
    axleCount: '轴数',
    yes: '是',
    no: '否',
    none: '无',
    confirmClock: '时间已校正，确认',
    older: '更早',
    detail: '详情',
    empty: '空',
    tareStored: '皮重已保存',
    askedOnce: '照行驶证填写，只问一次',
    kind: '过磅类型',
    correctPlate: '更正车牌',
    notPrinted: '未打印',
    load: '货单',
    trailerPlate: '挂车号牌',
    rearPlate: '后牌（所见）',
    rearPlateRead: '后摄像机识别',
    axleLoads: '实测轴重 kg（可空）',
    axleLoadsMeasured: '实测轴重',
    axleLoadsHint: '从前到后每轴一个整数，用空格隔开',
    axleLoadsBy: '轴重由何仪器或何人测得',
    loadOfLast: '这是上次的货单：核对后按回车，就算本次的',
    ofLastTime: '（上次）',
    unplated: '无号牌车辆',
    licenceExpires: '行驶证检验有效期至',
    permitExpires: '道路运输证有效期至',
    wholeNumber: '只填整数，不带小数和单位',
    licencePicture: '行驶证照片',
    permitPicture: '道路运输证照片',
    licenceLoad: '核定载质量 kg',
    emission: '排放阶段',
    ruleTable: '判定表',
    saveAnyway: '只保存记录，不放行',
    tareDrift: '皮重与以往相差',
    waived: '白名单免除',
    tareHistory: '历次皮重',
    release: '特许放行',
    attempt: '过磅次数',
    limits: '并列限值',
    installer: '仪表接入',
    cameras: '摄像头',
    register: '台账',
    rules: '规则',
    phones: '手机和办公室',
    phonesOff: '没有开通：在设置里把 console.serve 设为 true，并填本机在场内的地址',
    replay: '回放',
    pause: '暂停',
    loaderCode: '装载员登录码',
    inspectorCode: '检查员登录码',
    officeCode: '办公室登录码',
  },
  load: {
    goods: '货物',
    shipper: '发货单位',
    consignee: '收货单位',
    destination: '目的地',
    contract: '合同',
    driver: '驾驶员',
    loader: '装载员',
  },
  emissions: { 0: '国0', 1: '国一', 2: '国二', 3: '国三', 4: '国四', 5: '国五', 6: '国六', D: '电动' },
  limitKinds: {
    legal: '法定限值',
    'axle-sum': '轴荷限值之和',
    'licence-gross': '行驶证总质量',
    'licence-load': '皮重加核定载质量',
    route: '道路桥梁限重',
    yard: '本场限重',
    quota: '皮重加合同余量',
  },
  credentials: {
    'vehicle-licence': '行驶证',
    'transport-permit': '道路运输证',
    'driver-licence': '驾驶证',
    'driver-qualification': '从业资格证',
  },
  moments: {
    plate: '摄像机识别',
    picture: '照片',
    read: '照片里读作',
    stable: '稳定',
    entered: '人工输入',
    saved: '保存',
    'line-lost': '线路中断',
    'line-back': '线路恢复',
  },
  curveFlags: {
    'fast-step': '上升快过任何车辆',
    'jump-standing': '停稳时突变',
    drift: '稳定后缓慢变化',
    'before-beams': '光栅之前已有重量',
  },
  refused: '不予放行',
  attempt: (nth, before, over) => `第 ${String(nth)} 次过磅，上次（编号 ${before}）超限 ${over}`,
  mayLoad: (amount) => `还可装 ${amount}`,
  barred: '不要装载',
  aimAt: (amount) => `按以往装载，建议装到 ${amount}`,
  overContract: (amount) => `超合同 ${amount}，请卸货复磅`,
  over: (amount) => `超限 ${amount}，请卸货复磅`,
  waiting: (count) => `待传 ${String(count)}`,
  axles: (count) => `${String(count)} 轴`,
};
