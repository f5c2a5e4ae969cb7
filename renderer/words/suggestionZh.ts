import type { SuggestionReason } from '../../station/contract.ts';

export interface SuggestionWords {
  readonly title: string;
  readonly read: string;
  readonly readInPicture: string;
  readonly sure: string;
  readonly nothingRead: string;
  readonly registered: string;
  readonly notRegistered: string;
  readonly take: string;
  readonly key: string;
  readonly why: Readonly<Record<SuggestionReason, string>>;
}

export const suggestionZh: SuggestionWords = {
  title: '车牌建议',
  read: '摄像机读作',
  readInPicture: '照片里读作',
  sure: '把握',
  nothingRead: '摄像机没读出车牌',
  registered: '备案',
  notRegistered: '未备案',
  take: '采用',
  key: '空格',
  why: {
    similar: '字符相近',
    trailer: '后牌是它备案的挂车',
    colour: '号码相同，颜色不同',
    'in-yard': '已空车过磅，还在场内',
    'never-o-or-i': '车牌里没有字母 O 和 I',
    picture: '本机从照片里读的，请对照照片',
    'seen-late': '摄像机来晚了，可能是前一辆或后一辆车',
  },
};
