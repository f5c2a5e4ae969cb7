import type { CameraKind, PictureView } from '../../station/contract.ts';

export interface CamerasWords {
  readonly title: string;
  readonly back: string;
  readonly list: string;
  readonly none: string;
  readonly add: string;
  readonly remove: string;
  readonly save: string;
  readonly saved: string;
  readonly tryIt: string;
  readonly trying: string;
  readonly tookMs: (ms: number) => string;
  readonly lastHeard: string;
  readonly never: string;
  readonly clock: (seconds: number) => string;
  readonly clockRight: string;
  readonly counts: string;
  readonly pushTo: string;
  readonly live: string;
  readonly noLive: string;
  readonly missed: string;
  readonly fromPlate: string;
  readonly missedWhy: Readonly<Record<'noAddress' | 'stopped', string>>;
  readonly fields: Readonly<Record<CameraField, string>>;
  readonly hints: Readonly<Partial<Record<CameraField, string>>>;
  readonly kinds: Readonly<Record<CameraKind, string>>;
  readonly places: Readonly<Record<'scale' | 'exit', string>>;
  readonly ends: Readonly<Record<'front' | 'rear', string>>;
  readonly views: Readonly<Record<PictureView, string>>;
}

export type CameraField =
  | 'id'
  | 'label'
  | 'kind'
  | 'place'
  | 'end'
  | 'view'
  | 'host'
  | 'port'
  | 'user'
  | 'passwordVariable'
  | 'allowFrom'
  | 'serialNumbers'
  | 'picture'
  | 'pictureUser'
  | 'picturePassword';

export const camerasZh: CamerasWords = {
  title: '摄像头',
  back: 'Esc 返回',
  list: '已设置的摄像头',
  none: '还没有摄像头',
  add: '新增摄像头',
  remove: '删除',
  save: '保存全部并重新连接',
  saved: '已保存，正在重新连接',
  tryIt: '现在取图',
  trying: '取图中…',
  tookMs: (ms) => `用时 ${String(ms)} 毫秒`,
  lastHeard: '最近消息',
  never: '没有收到过',
  clock: (seconds) => `时钟${seconds > 0 ? '快' : '慢'} ${String(Math.abs(seconds))} 秒`,
  clockRight: '时钟准确',
  counts: '计数',
  pushTo: '摄像头推送地址（末尾加编号）',
  live: '实时画面',
  noLive: '没有画面',
  missed: '未取到',
  fromPlate: '车牌识别时',
  missedWhy: { noAddress: '没有取图地址', stopped: '程序中途停止' },
  fields: {
    id: '编号',
    label: '名称',
    kind: '品牌与方式',
    place: '位置',
    end: '拍哪一端',
    view: '画面内容',
    host: '摄像头地址',
    port: '端口',
    user: '用户名',
    passwordVariable: '密码所在环境变量',
    allowFrom: '允许的来源地址',
    serialNumbers: '序列号',
    picture: '取图地址',
    pictureUser: '取图用户名',
    picturePassword: '取图密码所在环境变量',
  },
  hints: {
    id: 'entry',
    host: '192.168.1.64',
    passwordVariable: 'YH_CAMERA_ENTRY',
    allowFrom: '192.168.1.64',
    picture: 'http://192.168.1.64/ISAPI/Streaming/channels/101/picture',
    picturePassword: 'YH_CAMERA_ENTRY',
  },
  kinds: {
    'vzenith-push': '臻识／芊熠 HTTP 推送',
    'hikvision-push': '海康威视 HTTP 推送',
    'huaxia-push': '华夏智信 推送',
    'json-push': '其他：本程序的 JSON 接口',
    'hikvision-stream': '海康威视 alertStream',
    'dahua-stream': '大华 CGI',
    'vzenith-tcp': '臻识 TCP 8131',
    'vzenith-mqtt': '臻识 MQTT',
    onvif: 'ONVIF',
    picture: '普通摄像头（只取图）',
  },
  places: { scale: '秤上', exit: '出口' },
  ends: { front: '车头', rear: '车尾' },
  views: {
    front: '车头',
    rear: '车尾',
    side: '车身侧面',
    top: '车顶货物',
    'scale-house': '磅房',
    plate: '号牌特写',
  },
};
