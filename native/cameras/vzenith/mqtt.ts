/**
 * Vzenith (臻识) over MQTT: the camera and the station both call a broker of the yard.
 *
 *   topic device/fe71e106-57263272/message/up/ivs_result          (older firmware: SN/device/message/up/ivs_result)
 *   {"id":"170…","sn":"fe71e106-57263272","name":"ivs_result","version":"1.0","timestamp":1784098020,
 *    "payload":{"AlarmInfoPlate":{"deviceName":"R5","serialno":"fe71e106-57263272","user_data":"<base64>",
 *      "result":{"PlateResult":{"license":"<base64 of the UTF-8 plate>","colorType":2,"type":3,"confidence":97,
 *        "plateid":21085,"isoffline":0,"full_image_content":"<base64>","small_image_content":"<base64>",…}}}}}
 *   topic device/SN/message/up/keep_alive every 10 to 30 s
 *
 * Source: two public servers and a camera simulator that agree. The station only listens: it publishes nothing.
 */
import type { IClientOptions, MqttClient } from 'mqtt';
import mqtt from 'mqtt';
import * as z from 'zod';
import type { Conversation, Talk, TalkEnd } from '../keepTalking.ts';
import { keepTalking } from '../keepTalking.ts';
import type { CameraListeners } from '../camera.ts';
import type { CameraRuntime } from '../cameraRuntime.ts';
import { readJson } from '../bytes/json.ts';
import { decodeText } from '../bytes/text.ts';
import { refusedPauseMs } from '../http/login.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import { isDrill } from '../plateEvent.ts';
import { AlarmInfoPlate, eventOfResult } from './alarmInfoPlate.ts';

const maxMessageBytes = 12 * 1024 * 1024;
/** Three missed keep-alives of the slowest camera. */
const quietMs = 100_000;
const connectTimeoutMs = 8000;
/** CONNACK: bad user name or password, not authorised (MQTT 3.1.1, 3.2.2.3). */
const loginRefused: ReadonlySet<number> = new Set([4, 5]);

const Envelope = z.object({
  sn: z.string().max(64).catch(''),
  name: z.string().max(64).catch(''),
  payload: z.unknown(),
});

/** One message; `topic` ends in what it is. */
export function readVzenithMessage(topic: string, bytes: Uint8Array): Heard {
  if (bytes.length > maxMessageBytes) return bad('too-large');
  const name = topic.split('/').at(-1) ?? '';
  if (name !== 'ivs_result') return { kind: 'alive', deviceTimeMs: null };
  const text = decodeText(bytes);
  if (text === null) return bad('bad-charset');
  const json = readJson(text);
  if (!json.ok) return bad('not-json');
  const envelope = Envelope.safeParse(json.value);
  const found = z.object({ AlarmInfoPlate }).safeParse(envelope.success ? envelope.data.payload : null);
  if (!envelope.success || !found.success) return bad('not-a-plate-event');
  const { serialno, deviceName, user_data, result } = found.data.AlarmInfoPlate;
  const license = ofBase64(result.PlateResult.license);
  return {
    kind: 'plate',
    ...eventOfResult(result.PlateResult, license, {
      serialNumber: envelope.data.sn === '' ? serialno : envelope.data.sn,
      drill: isDrill(deviceName, user_data, ofBase64(user_data)),
    }),
  };
}

/** Base64 where it decodes to text, else as it stands: some firmware writes the plate itself. */
function ofBase64(text: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return text;
  const decoded = decodeText(Buffer.from(text, 'base64'));
  return decoded === null || /\p{Cc}/u.test(decoded) ? text : decoded;
}

export interface MqttSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly passwordVariable: string | null;
  readonly serialNumbers: readonly string[];
}

export function openVzenithMqtt(
  settings: MqttSettings,
  listeners: CameraListeners,
  { timers, monotonicMs, secret }: CameraRuntime,
): Conversation {
  const { host, port, user, passwordVariable } = settings;
  const password = passwordVariable === null ? null : secret(passwordVariable);
  const options: IClientOptions = {
    host,
    port,
    protocol: 'mqtt',
    reconnectPeriod: 0,
    connectTimeout: connectTimeoutMs,
    keepalive: 15,
    clean: true,
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
  };
  return keepTalking({
    quietMs,
    timers,
    monotonicMs,
    onState: listeners.onState,
    talk: (talk) => listen(mqtt.connect(options), settings.serialNumbers, listeners, talk),
  });
}

function listen(
  client: MqttClient,
  serialNumbers: readonly string[],
  listeners: CameraListeners,
  talk: Talk,
): Promise<TalkEnd> {
  return new Promise((resolve) => {
    let end: TalkEnd = { kind: 'ended', detail: 'closed by the broker' };
    const hangUp = (): void => {
      client.end(true);
    };
    talk.signal.addEventListener('abort', hangUp);
    let sinceBytes = 0;
    client.stream.on('data', (chunk: Uint8Array) => {
      sinceBytes += chunk.length;
      // The library gathers a packet whole before it gives it out.
      if (sinceBytes <= 2 * maxMessageBytes) return;
      listeners.onHeard(bad('too-large'));
      client.stream.destroy();
    });
    client.on('packetreceive', () => {
      sinceBytes = 0;
    });
    client.on('connect', () => {
      talk.heard();
      const topics = serialNumbers.flatMap((sn) => [
        `device/${sn}/message/up/+`,
        `${sn}/device/message/up/+`,
      ]);
      client.subscribe(topics, { qos: 0 }, (problem) => {
        if (problem === null) talk.opened();
        else {
          end = { kind: 'ended', detail: `the broker refuses the topics: ${problem.message}` };
          hangUp();
        }
      });
    });
    client.on('message', (topic, payload, { retain }) => {
      talk.heard();
      const heard = readVzenithMessage(topic, payload);
      // What the broker kept for whoever comes is not the truck of now.
      listeners.onHeard(
        retain && heard.kind === 'plate' ? { ...heard, event: { ...heard.event, late: true } } : heard,
      );
    });
    client.on('error', (problem) => {
      const code = 'code' in problem ? problem.code : undefined;
      end = loginRefused.has(Number(code))
        ? { kind: 'refused', detail: 'the broker refuses user and password', pauseMs: refusedPauseMs }
        : { kind: 'ended', detail: typeof code === 'string' ? code : problem.message };
      hangUp();
    });
    client.on('close', () => {
      talk.signal.removeEventListener('abort', hangUp);
      resolve(end);
    });
  });
}
