export interface LoadingWords {
  readonly title: string;
  readonly drill: string;
  readonly room: string;
  readonly over: string;
  readonly unload: string;
  readonly unloadAny: string;
  readonly refused: string;
  readonly barred: string;
  readonly undecided: string;
  readonly unknown: string;
  readonly advice: string;
  readonly usual: string;
  readonly tare: string;
  readonly limit: string;
  readonly onScale: string;
  readonly emptyScale: string;
  readonly noWeight: string;
  readonly trucks: string;
  readonly noTrucks: string;
  readonly noLimit: string;
  readonly ago: (minutes: number) => string;
  readonly down: string;
  readonly connecting: string;
  readonly language: string;
}

export const loadingZh: LoadingWords = {
  title: '装载',
  drill: '演练',
  room: '还可装',
  over: '超限',
  unload: '卸',
  unloadAny: '未放行，问磅房',
  refused: '不予放行',
  barred: '不要装载',
  undecided: '无法判定',
  unknown: '未识别',
  advice: '建议净重',
  usual: '以往',
  tare: '皮重',
  limit: '限值',
  onScale: '磅上',
  emptyScale: '空秤',
  noWeight: '无重量',
  trucks: '场内车辆',
  noTrucks: '没有待装车辆',
  noLimit: '车辆未登记，不知限值',
  ago: (minutes) =>
    minutes < 60 ? `${String(minutes)} 分钟前` : `${String(Math.trunc(minutes / 60))} 小时前`,
  down: '与磅站断开，没有重量',
  connecting: '正在连接',
  language: 'English',
};
