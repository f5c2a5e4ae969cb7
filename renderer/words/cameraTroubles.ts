/**
 * What a station says of a camera, in the screen's words: fault words and counters by name, sentences as the station
 * writes them. What is not here (a device's own words, a system's error name) stays as it is.
 */
export interface CameraTroubles {
  readonly named: Readonly<Record<string, string>>;
  /** What to do where a login was refused. */
  readonly refused: string;
}

export const cameraTroublesZh: CameraTroubles = {
  refused: '一小时内不再试，免得设备锁住本机；改好密码后重启本程序',
  named: {
    plates: '车牌',
    heartbeats: '心跳',
    repeated: '重复',
    late: '来晚',
    leaving: '离车',
    drill: '演练',
    bad: '坏消息',
    'too-large': '太大',
    'cut-off': '中途断开',
    'too-many': '太多',
    compressed: '被压缩',
    'not-json': '不是 JSON',
    'not-xml': '不是 XML',
    'xml-with-entities': 'XML 带实体，不是摄像头所发',
    'not-multipart': '不是 multipart',
    'not-a-form': '不是表单',
    'not-a-plate-event': '不是车牌消息：品牌或方式选错了',
    'html-answer': '来的是网页：品牌或地址选错了',
    'bad-charset': '文字编码不对',
    'bad-picture': '照片残缺',
    'bad-frame': '帧不对',
    noise: '杂乱字节',
    'wrong-sender': '来源地址不在允许之列',
    'wrong-serial-number': '序列号不符',
    'other-channel': '别的通道',
    'the camera refuses user and password': '摄像头拒绝用户名和密码',
    'the broker refuses user and password': 'MQTT 服务器拒绝用户名和密码',
    'another device answers there:': '那个地址上是另一台设备，序列号',
    'silent: no heartbeat': '没有心跳',
    'no answer in time': '没有按时回答',
    'broken off': '连接中断',
    closed: '对方关闭了连接',
    'closed by the broker': 'MQTT 服务器关闭了连接',
    'the broker refuses the topics:': 'MQTT 服务器不让订阅：',
    'answered with a web page: is this the right camera and address?': '回答的是网页：地址或品牌不对？',
    'answered with a web page, not with a picture': '回答的是网页，不是照片',
    'the picture is cut off or no JPEG': '照片残缺，或不是 JPEG',
    'the answer was too large or cut off': '回答太大，或中途断开',
    'the answer is no SOAP': '回答不是 ONVIF',
    'the device has no media profile': '设备没有媒体配置',
    'the device gave no pull point': '设备不给事件订阅',
    'this camera says no address for pictures': '摄像头没有报取图地址',
    'the camera asks for a login, and its password is not in the environment':
      '摄像头要登录，环境变量里没有密码',
    'the camera offers no Digest login; switch it on there': '摄像头没开 Digest 认证，请在设备里打开',
    'no picture yet': '还没有照片',
    'no picture within 2000 ms': '2 秒内没有照片',
    'no picture address': '没有取图地址',
    'the station stopped before it was written down': '程序中途停止',
    'no such camera': '没有这个摄像头',
    ECONNREFUSED: '连接被拒绝：端口不对，或设备没开此服务',
    ECONNRESET: '连接被对方断开',
    EHOSTUNREACH: '地址不通：看网线和 IP',
    ENETUNREACH: '地址不通：看网线和 IP',
    ETIMEDOUT: '连接超时：看网线和 IP',
    ENOTFOUND: '找不到这个主机名',
    EADDRINUSE: '推送端口被别的程序占用',
  },
};

export const cameraTroublesEn: CameraTroubles = {
  refused:
    'Not tried again for an hour, or the device would lock this computer out; put the password right and start this program again',
  named: {
    bad: 'faulty',
    late: 'came late',
    drill: 'of a drill',
    'html-answer': 'a web page came: another brand or address than set',
    'not-a-plate-event': 'no plate event: another brand or mode than set',
    ECONNREFUSED: 'connection refused: another port, or this service is off there',
    ECONNRESET: 'the camera broke the connection',
    EHOSTUNREACH: 'address out of reach: look at cable and IP',
    ENETUNREACH: 'address out of reach: look at cable and IP',
    ETIMEDOUT: 'no connection in time: look at cable and IP',
    ENOTFOUND: 'no such host name',
    EADDRINUSE: 'another program holds the port for pushes',
  },
};

/** A sentence of the station in the screen's words, as far as it begins with one that is known. */
export function sayTrouble({ named }: CameraTroubles, text: string): string {
  const known = named[text];
  if (known !== undefined) return known;
  const begins = Object.keys(named)
    .filter((each) => text.startsWith(`${each} `))
    .sort((one, other) => other.length - one.length)[0];
  return begins === undefined ? text : `${named[begins] ?? begins}${text.slice(begins.length)}`;
}

/** `camera: why; camera: why` of pictures that were missed, those with one reason together. */
export function sayMissed(troubles: CameraTroubles, detail: string): string {
  const cameras = new Map<string, string[]>();
  for (const part of detail.split('; ')) {
    const at = part.indexOf(': ');
    const why = sayTrouble(troubles, part.slice(at + 2));
    cameras.set(why, [...(cameras.get(why) ?? []), part.slice(0, Math.max(0, at))]);
  }
  return [...cameras].map(([why, which]) => `${which.join(', ')}: ${why}`).join('; ');
}

export function isRefusedLogin(detail: string): boolean {
  return detail.endsWith('refuses user and password');
}
