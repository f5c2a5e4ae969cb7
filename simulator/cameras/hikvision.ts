import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { CameraMischief, Login, SimulatedCamera } from './camera.ts';
import { callingCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { post, resultOf } from './post.ts';
import type { Snapshot } from './snapshot.ts';
import { chineseIso, drillMark } from './snapshot.ts';
import { streamCamera } from './streamServer.ts';
import { halfOf } from './vzenithPush.ts';

const colours: Readonly<Record<PlateColour, readonly [word: string, character: string]>> = {
  blue: ['blue', '蓝'],
  yellow: ['yellow', '黄'],
  black: ['black', '黑'],
  white: ['white', '白'],
  green: ['green', '绿'],
  'gradient-green': ['green', '绿'],
  'yellow-green': ['green', '绿'],
  other: ['unknown', ''],
};

function alertXml(eventType: string, state: string, atMs: number, inner: string): string {
  return (
    '<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">\n' +
    '<ipAddress>127.0.0.1</ipAddress><macAddress>44:a6:42:00:00:01</macAddress><channelID>1</channelID>' +
    `<dateTime>${chineseIso(atMs)}</dateTime><activePostCount>1</activePostCount>` +
    `<eventType>${eventType}</eventType><eventState>${state}</eventState>` +
    `<channelName>${drillMark}</channelName>\n${inner}</EventNotificationAlert>\n`
  );
}

export function anprXml({ visit, plateId, atMs }: Snapshot, pictures: number): string {
  const [word, character] = colours[visit.vehicle.colour];
  const plate = visit.cameraPlate;
  const certain = Array.from(plate ?? '', () => '97').join(',');
  return alertXml(
    'ANPR',
    'active',
    atMs,
    `<ANPR><country>59</country><licensePlate>${plate === null ? 'unknown' : character + plate}</licensePlate>` +
      `<line>1</line><direction>forward</direction><confidenceLevel>97</confidenceLevel>` +
      `<plateType>92TypeCivil</plateType><plateColor>${word}</plateColor>` +
      `<plateCharBelieve>${certain}</plateCharBelieve><vehicleType>truck</vehicleType></ANPR>` +
      `<UUID>00000000-0000-0000-0000-${String(plateId).padStart(12, '0')}</UUID>` +
      `<picNum>${String(pictures)}</picNum>`,
  );
}

const crlf = '\r\n';

/** The form a Hikvision posts: XML and pictures, here the pictures first, which is as good an order as any. */
export function hikvisionForm(snapshot: Snapshot, mischief: CameraMischief): { type: string; body: Buffer } {
  const boundary = '---------------------------7e13971310878';
  const picture = mischief === 'cut-picture' ? halfOf(snapshot.picture) : snapshot.picture;
  const xml = anprXml(snapshot, picture === null ? 0 : 1);
  const part = (name: string, type: string, body: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}${crlf}Content-Disposition: form-data; name="${name}";filename="${name}"${crlf}` +
          `Content-Type: ${type}${crlf}Content-Length: ${String(body.length)}${crlf}${crlf}`,
      ),
      body,
      Buffer.from(crlf),
    ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      ...(picture === null ? [] : [part('detectionPicture.jpg', 'image/pjpeg', picture)]),
      part(
        'anpr.xml',
        'application/xml; charset="UTF-8"',
        mischief === 'gbk' ? gbk(xml) : Buffer.from(xml, 'utf8'),
      ),
      Buffer.from(`--${boundary}--${crlf}`),
    ]),
  };
}

export function hikvisionPushCamera(url: () => string | null): SimulatedCamera {
  return callingCamera('hikvision-push', async (snapshot, mischief, stopped) => {
    const to = url();
    if (to === null) return 'no address';
    const { type, body } = hikvisionForm(snapshot, mischief);
    return resultOf(await post(to, type, Buffer.from(body), stopped));
  });
}

export function hikvisionStreamCamera(
  port: number,
  login: Login,
  heartbeatMs = 1000,
): Promise<SimulatedCamera> {
  const xml = { type: 'application/xml; charset="UTF-8"' };
  return streamCamera({
    kind: 'hikvision-stream',
    port,
    login,
    algorithm: 'MD5',
    boundary: 'boundary',
    contentType: 'multipart/mixed',
    heartbeatMs,
    picturePath: '/ISAPI/Streaming/channels/101/picture',
    isStream: (path) => path === '/ISAPI/Event/notification/alertStream',
    heartbeat: () => ({ ...xml, body: Buffer.from(alertXml('videoloss', 'inactive', Date.now(), '')) }),
    parts: (snapshot, mischief) => {
      const picture = mischief === 'cut-picture' ? halfOf(snapshot.picture) : snapshot.picture;
      const text = anprXml(snapshot, picture === null ? 0 : 1);
      return [
        { ...xml, body: mischief === 'gbk' ? gbk(text) : Buffer.from(text) },
        ...(picture === null ? [] : [{ type: 'image/jpeg', body: picture }]),
      ];
    },
  });
}
