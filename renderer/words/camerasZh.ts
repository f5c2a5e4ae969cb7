import type { CameraKind, PictureView } from '../../station/contract.ts';
import type { CameraTroubles } from './cameraTroubles.ts';
import { cameraTroublesZh } from './cameraTroubles.ts';

export interface CamerasWords {
  readonly title: string;
  readonly back: string;
  readonly list: string;
  readonly none: string;
  /** What to do where there is none. */
  readonly noneYet: string;
  readonly unnamed: string;
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
  readonly troubles: CameraTroubles;
  readonly clockRight: string;
  readonly counts: string;
  readonly pushTo: string;
  readonly live: string;
  readonly noLive: string;
  readonly closeLarge: string;
  readonly missed: string;
  readonly fromPlate: string;
  readonly missedWhy: Readonly<Record<'noAddress' | 'stopped', string>>;
  readonly fields: Readonly<Record<CameraField, string>>;
  readonly hints: Readonly<Partial<Record<CameraField, string>>>;
  /** Said below a field. */
  readonly helps: Readonly<Partial<Record<CameraField, string>>>;
  /** What a field wants, said when it is wrong; the station says it in English. */
  readonly wrongs: Readonly<Partial<Record<CameraField, string>>>;
  readonly hears: Readonly<Record<'both' | 'approaching', string>>;
  readonly managers: Readonly<Record<'snap' | 'event', string>>;
  readonly noYes: Readonly<Record<'no' | 'yes', string>>;
  readonly find: string;
  readonly finding: string;
  readonly findAt: string;
  readonly foundNone: string;
  readonly knownAlready: string;
  readonly lastPlate: string;
  readonly unread: string;
  readonly directions: Readonly<Record<'approaching' | 'leaving' | 'unknown', string>>;
  readonly leftOut: Readonly<Record<'drill' | 'repeated' | 'late' | 'leaving', string>>;
  readonly lastError: string;
  /** What a camera told of a weighing that stood written already. */
  readonly toldLate: string;
  readonly lateSays: Readonly<Record<'same' | 'other' | 'unread', string>>;
  readonly lateTimes: (seen: string, received: string, late: string) => string;
  readonly lateBy: (ms: number) => string;
  readonly deviceClock: string;
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
  | 'picturePassword'
  | 'pictureStream'
  | 'hears'
  | 'channel'
  | 'manager'
  | 'events'
  | 'recognise';

function apartZh(seconds: number): string {
  if (seconds < 120) return `${String(seconds)} 秒`;
  if (seconds < 7200) return `${String(Math.round(seconds / 60))} 分钟`;
  if (seconds < 172_800) return `${String(Math.round(seconds / 3600))} 小时`;
  return `${String(Math.round(seconds / 86_400))} 天`;
}

export const camerasZh: CamerasWords = {
  title: '摄像头',
  back: 'Esc 返回',
  list: '已设置的摄像头',
  none: '还没有摄像头',
  noneYet:
    '新增一台，选品牌与方式；或者用左边的查找，找本网络上的 ONVIF 摄像头。没有摄像头也能过磅：车牌由人输入，没有照片。',
  unnamed: '新摄像头',
  add: '新增摄像头',
  remove: '删除',
  save: '保存全部并重新连接',
  saved: '已保存，正在重新连接',
  tryIt: '现在取图',
  trying: '取图中…',
  tookMs: (ms) => `用时 ${String(ms)} 毫秒`,
  lastHeard: '最近消息',
  never: '没有收到过',
  clock: (seconds) => `设备时钟${seconds > 0 ? '快' : '慢'} ${apartZh(Math.abs(seconds))}，请用 NTP 校时`,
  troubles: cameraTroublesZh,
  clockRight: '时钟准确',
  counts: '计数',
  pushTo: '摄像头推送地址（末尾加编号）',
  live: '实时画面',
  noLive: '没有画面',
  closeLarge: '缩小画面',
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
    pictureStream: '视频流地址',
    hears: '听哪个方向的车',
    channel: '通道号',
    manager: '大华接口',
    events: '大华事件',
    recognise: '在本机识别车牌',
  },
  hints: {
    id: 'entry',
    host: '192.168.1.64',
    passwordVariable: 'YH_CAMERA_ENTRY',
    allowFrom: '192.168.1.64',
    picture: 'http://192.168.1.64/ISAPI/Streaming/channels/101/picture',
    picturePassword: 'YH_CAMERA_ENTRY',
    pictureStream: 'rtsp://192.168.1.64:554/Streaming/Channels/102',
    channel: '1',
    events: 'TrafficJunction',
  },
  helps: {
    passwordVariable: '只填变量名，密码写在系统环境变量里，不写进设置',
    allowFrom: '推送不带密码：只听这些地址',
    serialNumbers: '不填就不核对设备；多个用空格分开',
    picture: '海康 alertStream、大华和 ONVIF 自己会报，其余要取图就得填',
    pictureStream: '只在装了 ffmpeg 或 go2rtc 的流畅画面里用，不带用户名和密码',
    recognise: '摄像头自己读不出车牌时，由本机从照片里读，作为建议。识别时约占 700 MB 内存，每张约 0.5 秒',
  },
  wrongs: {
    id: '小写字母、数字、连字符，最多 32 位，不能重复',
    host: '主机名或 IP，不带 http:// 和端口',
    port: '1 到 65535',
    channel: '1 到 64',
    user: '必填',
    passwordVariable: '大写字母、数字、下划线组成的变量名，不是密码本身',
    allowFrom: '至少一个 IP 地址',
    serialNumbers: '序列号不合规；MQTT 至少一个，不含 + # /',
    picture: 'http://地址[:端口]/路径',
    picturePassword: '大写字母、数字、下划线组成的变量名，不是密码本身',
    pictureStream: 'rtsp:// 开头，不带用户名和密码',
    events: '只用英文字母，最多 8 个',
  },
  hears: { both: '来车和离车', approaching: '只听来车' },
  managers: { snap: 'snapManager（带照片）', event: 'eventManager（旧固件，无照片）' },
  noYes: { no: '不识别', yes: '识别' },
  find: '查找 ONVIF 摄像头',
  finding: '查找中…',
  findAt: '只查这个地址（可不填）',
  foundNone: '没有 ONVIF 摄像头回答；许多摄像头要先在设备里打开 ONVIF',
  knownAlready: '已设置',
  lastPlate: '最近车牌',
  unread: '没读出',
  directions: { approaching: '来车', leaving: '离车', unknown: '方向不明' },
  leftOut: { drill: '演练设备，未采用', repeated: '重复，未采用', late: '来晚了', leaving: '离车，未采用' },
  lastError: '最近故障',
  toldLate: '补传识别',
  lateSays: { same: '与记录一致', other: '与记录车牌不一致，请核对', unread: '没读出车牌' },
  lateTimes: (seen, received, late) => `拍摄 ${seen}，收到 ${received}，晚${late}`,
  lateBy: (ms) =>
    ms < 60_000
      ? ` ${String(Math.round(ms / 1000))} 秒`
      : ms < 5_400_000
        ? ` ${String(Math.round(ms / 60_000))} 分钟`
        : ` ${String(Math.round(ms / 3_600_000))} 小时`,
  deviceClock: '设备时钟',
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
