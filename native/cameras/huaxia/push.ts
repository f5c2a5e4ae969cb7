/**
 * 华夏智信: a form, one a plate, and heartbeats of the same shape.
 *
 *   POST /cameras/ID   application/x-www-form-urlencoded
 *   type=online&plate_num=%E6%99%8BC12845&plate_color=%E9%BB%84%E8%89%B2&start_time=1700000000&park_id=1
 *     &cam_id=CB7E2A&cam_ip=192.168.1.71&vehicle_type=…&picture=_9j-4AAQ…&closeup_pic=_9j-4AAQ…
 *
 * `type` is online, offline (from its buffer) or heartbeat; pictures are base64 with `-`, `_` and `.` in place of
 * `+`, `/` and `=`. The reply needs a Content-Length, neither chunks nor compression; `gpio_data` would open the
 * barrier, and is never sent. Source: three public servers that agree; the texts of plate_color are not documented.
 */
import type { PlateColour } from '../../../station/vehicles/plateColour.ts';
import type { PushBrand } from '../camera.ts';
import { jpegOfBase64 } from '../bytes/jpeg.ts';
import { decodeText } from '../bytes/text.ts';
import type { CameraFault, Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import type { CameraPicture } from '../plateEvent.ts';
import { emptyEvent, isDrill, seenPlate } from '../plateEvent.ts';

const mostFields = 64;
const colourWords: readonly (readonly [RegExp, PlateColour])[] = [
  [/黄绿|yellow.?green/i, 'yellow-green'],
  [/渐变|新能源/, 'gradient-green'],
  [/蓝|blue/i, 'blue'],
  [/黄|yellow/i, 'yellow'],
  [/黑|black/i, 'black'],
  [/白|white/i, 'white'],
  [/绿|green/i, 'green'],
];

/** Reads the body of one push. */
export function readHuaxiaPush(body: Uint8Array): Heard {
  const fields = readForm(body);
  if (fields === null) return bad('not-a-form');
  const field = (name: string): string => fields.get(name) ?? '';
  const type = field('type');
  if (type === 'heartbeat') return { kind: 'alive', deviceTimeMs: secondsToMs(field('start_time')) };
  if ((type !== 'online' && type !== 'offline') || !fields.has('plate_num')) return bad('not-a-plate-event');
  const said = field('plate_num').slice(0, 64);
  const started = field('start_time').slice(0, 32);
  const flaws: CameraFault[] = [];
  const pictures: CameraPicture[] = [];
  for (const [role, name] of [
    ['full', 'picture'],
    ['plate', 'closeup_pic'],
  ] as const) {
    const coded = field(name);
    if (coded === '') continue;
    const bytes = jpegOfBase64(coded.replaceAll('-', '+').replaceAll('_', '/').replaceAll('.', '='));
    if (bytes === null) flaws.push('bad-picture');
    else pictures.push({ role, bytes });
  }
  return {
    kind: 'plate',
    flaws,
    event: {
      ...emptyEvent,
      serialNumber: field('cam_id').slice(0, 64),
      // It numbers nothing; a second of one camera sees one plate once.
      eventId: started === '' ? null : `${started}/${said}`,
      plate: seenPlate(said, colourWords.find(([word]) => word.test(field('plate_color')))?.[1] ?? 'other'),
      deviceTimeMs: secondsToMs(started),
      late: type === 'offline',
      drill: isDrill(field('park_id')),
      pictures,
    },
  };
}

/** Percent-encoded fields, whose bytes may be UTF-8 or GBK. Null when it is no such form. */
function readForm(body: Uint8Array): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  const pairs = Buffer.from(body)
    .toString('latin1')
    .split('&', mostFields + 1);
  if (pairs.length > mostFields) return null;
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) return null;
    const value = decodeText(percentDecoded(pair.slice(equals + 1)));
    if (value === null) return null;
    fields.set(pair.slice(0, equals).trim(), value);
  }
  return fields;
}

function percentDecoded(text: string): Uint8Array {
  const bytes = Buffer.from(text.replaceAll('+', ' '), 'latin1');
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1, size += 1) {
    const high = bytes[at] === percentSign ? hexDigit(bytes[at + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(bytes[at + 2]);
    if (low < 0) bytes[size] = bytes[at] ?? 0;
    else {
      bytes[size] = high * 16 + low;
      at += 2;
    }
  }
  return bytes.subarray(0, size);
}

const percentSign = 0x25;

/** -1 when it is none. */
function hexDigit(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function secondsToMs(text: string): number | null {
  return /^\d{1,11}$/.test(text) ? Number(text) * 1000 : null;
}

export const huaxiaPush: PushBrand = {
  read: ({ body }) => readHuaxiaPush(body),
  answer: () => ({
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ error_num: '0', error_str: 'no error' }),
  }),
};
