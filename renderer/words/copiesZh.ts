import type { PlaceProblemView } from '../../station/contract.ts';

export interface CopiesWords {
  readonly title: string;
  readonly anchors: string;
  readonly backups: string;
  readonly none: string;
  readonly never: string;
  readonly running: string;
  readonly sameDisk: string;
  readonly clockBehind: string;
  readonly platform: (sequence: number | null, head: number) => string;
  readonly printed: (sequence: number, time: string) => string;
  readonly laid: (sequence: number, time: string) => string;
  readonly made: (time: string, sequence: number, megabytes: string, pictures: number) => string;
  readonly problems: Readonly<Record<PlaceProblemView['kind'], string>>;
  readonly backUpNow: string;
  readonly anchorNow: string;
  readonly back: string;
  readonly contradiction: Readonly<Record<'ahead' | 'unlike', string>>;
  readonly range: (from: number, to: number, until: string, place: string) => string;
  readonly whatToDo: string;
  readonly reason: string;
  readonly acceptLoss: string;
  readonly clock: Readonly<Record<'ntp' | 'system' | 'free', string>>;
}

export const copiesZh: CopiesWords = {
  title: '锚点与备份',
  anchors: '锚点（账本指纹存到本机以外）',
  backups: '备份',
  none: '没有设置，请安装人员在设置文件里填写',
  never: '还没有',
  running: '正在备份…',
  sameDisk: '与记录在同一块磁盘上：磁盘坏了一起丢',
  clockBehind: '备份时电脑时钟比账本慢，时间不可靠；校正时钟后再备份一次',
  platform: (sequence, head) =>
    sequence === null
      ? '市平台：还没有签收'
      : `市平台：已签收到第 ${String(sequence)} 条（本机 ${String(head)} 条）`,
  printed: (sequence, time) => `交接班记录：${time} 印出第 ${String(sequence)} 条的指纹`,
  laid: (sequence, time) => `第 ${String(sequence)} 条 · ${time}`,
  made: (time, sequence, megabytes, pictures) =>
    `${time} · 到第 ${String(sequence)} 条 · ${megabytes} MB · 照片 ${String(pictures)} 张`,
  problems: {
    missing: '找不到：U盘或共享没有接上',
    full: '空间不够：清理或换一块磁盘',
    'read-only': '不能写入：只读或没有权限',
    slow: '没有反应：检查磁盘或网络',
    damaged: '内容不对：没有采用',
    failed: '没有成功',
  },
  backUpNow: '现在备份',
  anchorNow: '现在写锚点',
  back: '返回',
  contradiction: {
    ahead: '外部知道本机没有的记录：本机上很可能放回了旧的备份',
    unlike: '外部记下的与本机账本不是同一条：账本被改写，或换成了另一份',
  },
  range: (from, to, until, place) => `第 ${String(from)} 到 ${String(to)} 条（到 ${until}），来自 ${place}`,
  whatToDo:
    '先找新的备份恢复。确实找不回来，才由负责人写明原因、承认丢失；账本里会永久写明，这些编号不再使用。',
  reason: '原因',
  acceptLoss: '承认丢失，继续',
  clock: { ntp: '时钟 已对时', system: '时钟 未知', free: '时钟 未对时' },
};
