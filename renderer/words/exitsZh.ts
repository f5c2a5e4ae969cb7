import type { ExitExplanation, ExitFound } from '../../station/contract.ts';

/** Words of 出口核对. */
export interface ExitsWords {
  readonly show: Readonly<Record<'open' | 'suspicious' | 'all', string>>;
  readonly showLabel: string;
  readonly open: (count: number) => string;
  readonly found: Readonly<Record<ExitFound, string>>;
  readonly foundLabel: string;
  readonly anyFound: string;
  readonly probably: string;
  readonly again: string;
  readonly late: string;
  readonly unread: string;
  readonly seen: string;
  readonly camera: string;
  readonly passage: string;
  readonly noExits: string;
  readonly choose: string;
  readonly explain: string;
  readonly explainAs: string;
  readonly as: Readonly<Record<ExitExplanation, string>>;
  readonly note: string;
  readonly noteHint: string;
  readonly explained: (operator: string, as: string, note: string) => string;
  readonly readAfter: (plate: string) => string;
  readonly look: string;
}

export const exitsZh: ExitsWords = {
  show: { open: '待核对', suspicious: '全部异常', all: '全部' },
  showLabel: '显示',
  open: (count) => (count === 0 ? '没有待核对的' : `待核对 ${String(count)} 条`),
  found: {
    slip: '有装载单',
    released: '特许放行',
    empty: '空车出场',
    listed: '白名单车辆',
    ignored: '非货车',
    'only-tared': '空磅后未复磅',
    refused: '超限拒放后离场',
    'no-decision': '未判定离场',
    voided: '单据已作废',
    'slip-expired': '装载单过期',
    'not-weighed': '未过磅离场',
    unreadable: '号牌未识别',
  },
  foundLabel: '结果',
  anyFound: '全部结果',
  probably: '疑似',
  again: '同一车仍在出口',
  late: '断线补传',
  unread: '未识别',
  seen: '出口时间',
  camera: '摄像头',
  passage: '对应车次',
  noExits: '没有记录',
  choose: '选一条看照片、写说明',
  explain: '写入说明',
  explainAs: '情况',
  as: {
    'turned-back': '车已返回场内',
    'own-vehicle': '本场车辆，未装货',
    misread: '号牌认错',
    'weighed-otherwise': '另有过磅记录',
    'no-truck': '不是货车',
    other: '其他',
  },
  note: '说明',
  noteHint: '谁看见的、车去了哪里',
  explained: (operator, as, note) => `已说明（${operator}）：${as}，${note}`,
  readAfter: (plate) => `随后识别为 ${plate}`,
  look: '去核对',
};
