/**
 * Hikvision ISAPI alertStream: one answer that never ends, asked for with Digest.
 *
 *   GET /ISAPI/Event/notification/alertStream      multipart/mixed; boundary=boundary
 *   --boundary
 *   Content-Type: application/xml; charset="UTF-8"
 *   Content-Length: 492
 *
 *   <EventNotificationAlert …><eventType>videoloss</eventType><eventState>inactive</eventState>…
 *
 * Pictures of a plate follow it as image/jpeg parts. Seen in the field, and tolerated: the boundary twice
 * (toxuin/alarmserver, pull request 51), no boundary in the Content-Type, streams that end after 40 s
 * (home-assistant/core 82767), what is no text after pictures (CornerBit/HikSink 11 and 19), a restart in the middle of
 * a part (node-red-contrib-hikvision-ultimate 105). Old events may be told again on connecting: see plateDoor.ts.
 */
import type { Conversation } from '../keepTalking.ts';
import { keepTalking } from '../keepTalking.ts';
import type { CameraListeners } from '../camera.ts';
import type { CameraRuntime } from '../cameraRuntime.ts';
import { Parts, boundaryOf } from '../bytes/parts.ts';
import type { Part } from '../bytes/parts.ts';
import { CameraHttp } from '../http/cameraHttp.ts';
import { readStream } from '../http/readStream.ts';
import type { CameraLogin } from '../http/login.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import { PictureJoin } from '../pictures.ts';
import type { Timers } from '../../city/timers.ts';
import { heardOf, readAlert } from './anpr.ts';
import { pictureRole } from './push.ts';

const path = '/ISAPI/Event/notification/alertStream';
/** Three heartbeats and a little. */
const quietMs = 35_000;
const closing = Buffer.from('</EventNotificationAlert>');

/** The events of one alertStream, from its bytes in any chunks. */
export class AlertStream {
  readonly #parts: Parts;
  readonly #join: PictureJoin;
  readonly #onHeard: (heard: Heard) => void;
  readonly #channel: number | null;

  /** `channel` of a recorder, whose other channels are of other places; null hears all. */
  constructor(
    contentType: string,
    onHeard: (heard: Heard) => void,
    timers: Timers,
    channel: number | null = null,
  ) {
    this.#channel = channel;
    this.#onHeard = onHeard;
    this.#join = new PictureJoin(onHeard, timers);
    this.#parts = new Parts({
      boundary: boundaryOf(contentType) ?? 'boundary',
      endOf: endOfAlert,
      onPart: (part) => {
        this.#part(part);
      },
      onFault: (fault) => {
        onHeard(bad(fault));
      },
    });
  }

  add(chunk: Uint8Array): void {
    this.#parts.add(chunk);
  }

  /** A plate whose pictures were cut off is a plate all the same. */
  end(): void {
    this.#parts.end();
    this.#join.flush();
  }

  #part(part: Part): void {
    if (part.body.length === 0) return;
    const role = pictureRole(part);
    if (role !== null) {
      this.#join.picture(part.body, role);
      return;
    }
    this.#join.flush();
    const alert = readAlert(part.body);
    if (alert.kind === 'plate') {
      const { channel, event, pictures } = alert;
      // Single cameras count from 0 or from 1.
      const other = this.#channel !== null && (channel ?? 0) > 0 && channel !== this.#channel;
      if (other) this.#onHeard(bad('other-channel', String(channel)));
      else this.#join.event(event, pictures);
    } else this.#onHeard(heardOf(alert));
  }
}

function endOfAlert(headers: Part['headers'], body: Buffer): number | null {
  if (/^image\//i.test(headers['content-type'] ?? '')) return null;
  const at = body.indexOf(closing);
  return at < 0 ? null : at + closing.length;
}

export interface HikvisionAddress {
  readonly host: string;
  readonly port: number;
  readonly channel: number;
}

export function openAlertStream(
  address: HikvisionAddress,
  login: CameraLogin | null,
  listeners: CameraListeners,
  { timers, monotonicMs }: CameraRuntime,
): Conversation {
  const http = new CameraHttp({ ...address, login });
  return keepTalking({
    quietMs,
    timers,
    monotonicMs,
    onState: listeners.onState,
    talk: (talk) =>
      readStream({
        http,
        path,
        listeners,
        talk,
        reader: (contentType) => new AlertStream(contentType, listeners.onHeard, timers, address.channel),
      }),
  });
}
