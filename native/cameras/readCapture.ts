import { assertNever } from '../../station/assertNever.ts';
import type { CameraKind } from './cameraSettings.ts';
import { DahuaStream } from './dahua/stream.ts';
import type { Heard } from './heard.ts';
import { AlertStream } from './hikvision/alertStream.ts';
import { readHikvisionPush } from './hikvision/push.ts';
import { readHuaxiaPush } from './huaxia/push.ts';
import { readJsonPush } from './json/push.ts';
import { readVzenithMessage } from './vzenith/mqtt.ts';
import { readVzenithPush } from './vzenith/push.ts';
import { VzenithPackets } from './vzenith/tcp.ts';

/** In a file nothing comes later. */
const noTimers = { after: () => () => undefined };

/** What a station hears in bytes that were saved: the body of one push or message, or a piece of a stream. */
export function readCapture(
  kind: Exclude<CameraKind, 'onvif' | 'picture'>,
  bytes: Uint8Array,
): readonly Heard[] {
  const heard: Heard[] = [];
  const take = (each: Heard): void => {
    heard.push(each);
  };
  switch (kind) {
    case 'vzenith-push':
      return [readVzenithPush(bytes)];
    case 'vzenith-mqtt':
      return [readVzenithMessage('ivs_result', bytes)];
    case 'hikvision-push':
      return [readHikvisionPush(bytes[0] === 0x3c ? 'application/xml' : 'multipart/form-data', bytes)];
    case 'huaxia-push':
      return [readHuaxiaPush(bytes)];
    case 'json-push':
      return [readJsonPush(bytes)];
    case 'vzenith-tcp':
      new VzenithPackets(take).add(bytes);
      return heard;
    case 'hikvision-stream':
    case 'dahua-stream': {
      const stream =
        kind === 'dahua-stream' ? new DahuaStream('', take, noTimers) : new AlertStream('', take, noTimers);
      stream.add(bytes);
      stream.end();
      return heard;
    }
    default:
      return assertNever(kind);
  }
}
