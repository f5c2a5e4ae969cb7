/**
 * Dahua's two endless answers, both multipart/x-mixed-replace with boundary=myboundary, asked for with Digest:
 *
 *   GET /cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=[TrafficJunction]&channel=1&heartbeat=5
 *   --myboundary
 *   Content-Type: text/plain
 *   Content-Length: 812
 *
 *   Events[0].EventBaseInfo.Code=TrafficJunction …                    see passage.ts; then its image/jpeg parts
 *
 *   GET /cgi-bin/eventManager.cgi?action=attach&codes=[TrafficJunction]&heartbeat=5
 *   --myboundary
 *   Content-Type: text/plain
 *   Content-Length: 0
 *
 *   Code=TrafficJunction;action=Pulse;index=0;data={
 *     "GroupID" : 123, "TrafficCar" : { "PlateNumber" : "晋C12845" } …
 *   }
 *
 * A heartbeat is a part that says `Heartbeat`. The length of 0 before a body is of one ITC237; the JSON therefore ends
 * where its braces do, and not by length or line.
 */
import type { Timers } from '../../city/timers.ts';
import type { CameraListeners } from '../camera.ts';
import type { CameraRuntime } from '../cameraRuntime.ts';
import { endOfObject } from '../bytes/braces.ts';
import { readJson } from '../bytes/json.ts';
import { Parts, boundaryOf } from '../bytes/parts.ts';
import type { Part } from '../bytes/parts.ts';
import { decodeText } from '../bytes/text.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import { CameraHttp } from '../http/cameraHttp.ts';
import type { CameraLogin } from '../http/login.ts';
import { readStream, refused } from '../http/readStream.ts';
import type { Conversation } from '../keepTalking.ts';
import { keepTalking } from '../keepTalking.ts';
import { PictureJoin } from '../pictures.ts';
import { askSerialNumber } from './identity.ts';
import type { Fields } from './passage.ts';
import { flatten, readCapture, readLines } from './passage.ts';

const heartbeatSeconds = 5;
const quietMs = 3 * heartbeatSeconds * 1000 + 2000;
const dataBegins = 'data={';

/** The events of one stream, from its bytes in any chunks. */
export class DahuaStream {
  readonly #parts: Parts;
  readonly #join: PictureJoin;
  readonly #onHeard: (heard: Heard) => void;

  /** `serialNumber` as the device told it when asked; null leaves the name its events carry. */
  constructor(
    contentType: string,
    onHeard: (heard: Heard) => void,
    timers: Timers,
    serialNumber: string | null = null,
  ) {
    this.#onHeard = onHeard;
    this.#join = new PictureJoin((heard) => {
      onHeard(
        heard.kind === 'plate' && serialNumber !== null
          ? { ...heard, event: { ...heard.event, serialNumber } }
          : heard,
      );
    }, timers);
    this.#parts = new Parts({
      boundary: boundaryOf(contentType) ?? 'myboundary',
      endOf: endOfText,
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

  end(): void {
    this.#parts.end();
    this.#join.flush();
  }

  #part({ headers, body }: Part): void {
    if (body.length === 0) return;
    if (/^image\//i.test(headers['content-type'] ?? '') || (body[0] === 0xff && body[1] === 0xd8)) {
      this.#join.picture(body, 'full');
      return;
    }
    const text = decodeText(body);
    if (text === null) this.#onHeard(bad('bad-charset'));
    else if (/^\s*Heartbeat\s*$/i.test(text)) this.#onHeard({ kind: 'alive', deviceTimeMs: null });
    else this.#text(text);
  }

  #text(text: string): void {
    const fromJson = text.includes(dataBegins);
    const fields = fromJson ? readData(text) : readLines(text);
    if (fields === null) {
      this.#onHeard(bad(/^\s*</.test(text) ? 'html-answer' : fromJson ? 'not-json' : 'not-a-plate-event'));
      return;
    }
    const capture = readCapture(fields);
    // Other codes of the same stream are signs of life.
    if (capture === null) this.#onHeard({ kind: 'alive', deviceTimeMs: null });
    // eventManager sends no pictures.
    else this.#join.event(capture.event, fromJson ? 0 : capture.pictures, capture.group);
  }
}

function readData(text: string): Fields | null {
  const from = text.indexOf(dataBegins) + dataBegins.length - 1;
  const end = endOfObject(text, from);
  if (end === null) return null;
  const json = readJson(text.slice(from, end));
  return json.ok ? flatten(json.value) : null;
}

/** In Latin-1 braces and quotes stand where they stand in the bytes. */
function endOfText(headers: Part['headers'], body: Buffer): number | null {
  if (/^image\//i.test(headers['content-type'] ?? '')) return null;
  const text = body.toString('latin1');
  const begins = text.indexOf(dataBegins);
  if (begins >= 0) return endOfObject(text, begins + dataBegins.length - 1);
  const heartbeat = /^\s*Heartbeat(?=\s)/i.exec(text);
  return heartbeat === null ? null : heartbeat[0].length;
}

export interface DahuaSettings {
  readonly host: string;
  readonly port: number;
  readonly channel: number;
  readonly events: readonly string[];
  readonly manager: 'snap' | 'event';
  /** Those that may be heard; empty hears any. */
  readonly serialNumbers: readonly string[];
}

export function dahuaPath({
  channel,
  events,
  manager,
}: Pick<DahuaSettings, 'channel' | 'events' | 'manager'>): string {
  const codes = `[${events.join(',')}]`;
  const heartbeat = `heartbeat=${String(heartbeatSeconds)}`;
  return manager === 'snap'
    ? `/cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=${codes}` +
        `&channel=${String(channel)}&${heartbeat}`
    : `/cgi-bin/eventManager.cgi?action=attach&codes=${codes}&${heartbeat}`;
}

export function openDahuaStream(
  settings: DahuaSettings,
  login: CameraLogin | null,
  listeners: CameraListeners,
  { timers, monotonicMs }: CameraRuntime,
): Conversation {
  const http = new CameraHttp({ host: settings.host, port: settings.port, login });
  return keepTalking({
    quietMs,
    timers,
    monotonicMs,
    onState: listeners.onState,
    talk: async (talk) => {
      const told = await askSerialNumber(http, talk.signal);
      if (!told.ok) return refused(told.error.pauseMs);
      const serialNumber = told.value;
      const { serialNumbers } = settings;
      if (serialNumber !== null && serialNumbers.length > 0 && !serialNumbers.includes(serialNumber)) {
        listeners.onHeard(bad('wrong-serial-number', serialNumber));
        return { kind: 'ended', detail: `another device answers there: ${serialNumber}` };
      }
      return readStream({
        http,
        path: dahuaPath(settings),
        listeners,
        talk,
        reader: (contentType) => new DahuaStream(contentType, listeners.onHeard, timers, serialNumber),
      });
    },
  });
}
