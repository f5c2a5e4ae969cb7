/** Why a release was not granted, as the station names it in the detail of `not-allowed`. */
export type ReleaseObstacle =
  | 'releases-off'
  | 'clock-backwards'
  | 'verification-expired'
  | 'settings-invalid'
  | 'key-unusable'
  | 'ledger-contradicted'
  | 'not-refused'
  | 'other-reasons'
  | 'already-released'
  | 'weighed-since'
  | 'document-expired'
  | 'goods-unknown'
  | 'goods-divisible'
  | 'permit-of-another'
  | 'above-permit'
  | 'approver-not-manager'
  | 'not-by-manager'
  | 'last-manager'
  | 'wait';

export interface ReleaseWords {
  readonly title: string;
  readonly warning: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<'oversize-permit' | 'emergency-order', string>>;
  readonly document: string;
  readonly validUntil: string;
  readonly permitPlate: string;
  readonly permittedKg: string;
  readonly authority: string;
  readonly picture: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  readonly pin: string;
  readonly choose: string;
  readonly grant: string;
  readonly cancel: string;
  readonly working: string;
  readonly granted: string;
  readonly enrol: string;
  readonly enrolFirst: string;
  readonly enrolled: string;
  readonly name: string;
  readonly role: string;
  readonly roles: Readonly<Record<'operator' | 'manager', string>>;
  readonly newPin: string;
  readonly newPinAgain: string;
  readonly pinsDiffer: string;
  readonly signedBy: string;
  readonly incomplete: string;
  readonly obstacles: Readonly<Record<ReleaseObstacle, string>>;
}

export const releaseZh: ReleaseWords = {
  title: '特许放行',
  warning: '仅限持有有效证件的不可解体货物或应急运输。两人签字，立即上报市平台，打印特许放行单。',
  kind: '依据',
  kinds: { 'oversize-permit': '超限运输车辆通行证', 'emergency-order': '应急运输指令' },
  document: '证件编号',
  validUntil: '有效期至',
  permitPlate: '证上车牌',
  permittedKg: '证上准许的车货总质量 kg',
  authority: '签发机关',
  picture: '证件照片（JPEG）',
  reason: '事由',
  requestedBy: '申请人',
  approvedBy: '批准人（负责人）',
  pin: '密码',
  choose: '请选择',
  grant: '签字放行并打印',
  cancel: '取消',
  working: '正在核对签字',
  granted: '已特许放行',
  enrol: '登记签字人',
  enrolFirst: '还没有签字人。第一个登记的是负责人。',
  enrolled: '已登记',
  name: '姓名',
  role: '身份',
  roles: { operator: '司磅员', manager: '负责人' },
  newPin: '密码（至少 4 位，本人输入）',
  newPinAgain: '再输入一次',
  pinsDiffer: '两次密码不一样',
  signedBy: '负责人签字',
  incomplete: '请填写全部内容',
  obstacles: {
    'releases-off': '本站没有启用特许放行',
    'clock-backwards': '电脑时钟倒退，无法核对有效期：请先校正',
    'verification-expired': '衡器检定已过期，不能特许',
    'settings-invalid': '设置文件有误，不能特许：请安装人员改正',
    'key-unusable': '本站签名密钥不可用，不能特许：请负责人处理',
    'ledger-contradicted': '账本与外部锚点不符，不能特许：请负责人在“备份”里处理',
    'not-refused': '这条记录不是超限拒放，不能特许',
    'other-reasons': '除重量外还有别的原因，不能特许',
    'already-released': '这条记录已经特许过一次',
    'weighed-since': '这辆车之后又过磅了，请用最新的记录',
    'document-expired': '证件已过有效期',
    'goods-unknown': '不知道装的什么货：先在台账登记该货物，再在这条记录里更正“货物”',
    'goods-divisible': '煤、焦炭、矿石、砂石可以卸，通行证只用于不可解体的货物：请卸货复磅',
    'permit-of-another': '通行证不是这辆车的',
    'above-permit': '毛重超过通行证准许的总质量',
    'approver-not-manager': '批准人必须是负责人',
    'not-by-manager': '必须由负责人签字',
    'last-manager': '至少要有一个负责人',
    wait: '试得太多，请等一分钟',
  },
};
