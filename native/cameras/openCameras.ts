/** The only place where camera settings become cameras. */
import { assertNever } from '../../station/assertNever.ts';
import { ok } from '../../station/result.ts';
import { systemTimers } from '../city/timers.ts';
import type { Camera, CameraAddresses, CameraListeners, LineState, PushBrand } from './camera.ts';
import type { CameraRuntime } from './cameraRuntime.ts';
import type { CameraSettings } from './cameraSettings.ts';
import { openDahuaStream } from './dahua/stream.ts';
import { openAlertStream } from './hikvision/alertStream.ts';
import { hikvisionPush } from './hikvision/push.ts';
import type { CameraLogin, CameraLogins } from './http/login.ts';
import { huaxiaPush } from './huaxia/push.ts';
import { jsonPush } from './json/push.ts';
import type { Conversation } from './keepTalking.ts';
import { onvifAddresses, openPullPoint } from './onvif/pullPoint.ts';
import type { AdmittedPlate } from './plateDoor.ts';
import { PlateDoor } from './plateDoor.ts';
import { keepListening } from './push/keepListening.ts';
import type { PushCamera } from './push/pushListener.ts';
import { listenForPushes } from './push/pushListener.ts';
import { openVzenithMqtt } from './vzenith/mqtt.ts';
import { vzenithPush } from './vzenith/push.ts';
import { openVzenithTcp } from './vzenith/tcp.ts';

export interface CamerasDeps extends Omit<CameraRuntime, 'timers'> {
  readonly cameras: readonly CameraSettings[];
  readonly logins: CameraLogins;
  readonly listener: { readonly host: string; readonly port: number };
  readonly drill: boolean;
  readonly onPlate: (plate: AdmittedPlate) => void;
  /** For the device line of the screen. */
  readonly onState: (cameraId: string, state: CameraSign) => void;
  readonly log: (line: string) => void;
}

export type CameraSign =
  /** Something was heard; `trouble` is what was wrong with it. */
  { readonly kind: 'heard'; readonly trouble: string | null } | LineState;

export interface OpenCamera {
  readonly camera: Camera;
  readonly settings: CameraSettings;
  readonly door: PlateDoor;
}

export interface Cameras {
  readonly list: readonly OpenCamera[];
  /** Where cameras push to; null when none does, or while the port cannot be had. */
  readonly pushPort: () => number | null;
  readonly close: () => Promise<void>;
}

/** Opens every configured camera. A port that cannot be had stops no weighing: it is tried again. */
export async function openCameras(deps: CamerasDeps): Promise<Cameras> {
  const runtime: CameraRuntime = { ...deps, timers: systemTimers };
  const list: OpenCamera[] = [];
  const pushed: PushCamera[] = [];
  for (const settings of deps.cameras) {
    const { id } = settings;
    const door = new PlateDoor({
      ...deps,
      camera: settings,
      onSign: (trouble) => {
        deps.onState(id, { kind: 'heard', trouble });
      },
    });
    const listeners: CameraListeners = {
      onHeard: (heard) => {
        door.hear(heard);
      },
      onState: (state) => {
        if (state.kind === 'down') {
          door.wentWrong(state.detail);
          deps.log(`camera ${id}: ${state.detail}`);
        }
        deps.onState(id, state);
      },
    };
    if (secretMissing(settings, deps)) {
      deps.log(`camera ${id}: the environment variable ${String(settings.passwordVariable)} is not set`);
    }
    const camera = openCamera(settings, listeners, runtime, deps.logins);
    list.push({ camera, settings, door });
    if (camera.push !== null && 'allowFrom' in settings) {
      const { allowFrom } = settings;
      pushed.push({ id, allowFrom, brand: camera.push, onHeard: listeners.onHeard });
    }
  }
  const listener =
    pushed.length === 0
      ? null
      : await keepListening({
          ...runtime,
          listen: () => listenForPushes({ ...deps.listener, cameras: pushed, monotonicMs: deps.monotonicMs }),
          onDown: (detail, retryInMs) => {
            deps.log(`cameras cannot push to port ${String(deps.listener.port)}: ${detail}`);
            for (const { id } of pushed) deps.onState(id, { kind: 'down', detail, retryInMs });
          },
        });
  return {
    list,
    pushPort: () => listener?.port() ?? null,
    close: async () => {
      await listener?.close();
      await Promise.all(list.map(({ camera }) => camera.close()));
    },
  };
}

const noAddresses: CameraAddresses = { snapshotUrl: null, streamUrl: null };

function openCamera(
  settings: CameraSettings,
  listeners: CameraListeners,
  runtime: CameraRuntime,
  logins: CameraLogins,
): Camera {
  switch (settings.kind) {
    case 'vzenith-push':
      return pushes(settings, vzenithPush);
    case 'hikvision-push':
      return pushes(settings, hikvisionPush);
    case 'huaxia-push':
      return pushes(settings, huaxiaPush);
    case 'json-push':
      return pushes(settings, jsonPush);
    case 'hikvision-stream': {
      const { host, port, channel } = settings;
      return calls(settings, openAlertStream(settings, loginOf(settings, logins), listeners, runtime), {
        snapshotUrl: `http://${host}:${String(port)}/ISAPI/Streaming/channels/${String(channel)}01/picture`,
        streamUrl: `rtsp://${host}:554/Streaming/Channels/${String(channel)}01`,
      });
    }
    case 'dahua-stream': {
      const { host, port, channel } = settings;
      return calls(settings, openDahuaStream(settings, loginOf(settings, logins), listeners, runtime), {
        snapshotUrl: `http://${host}:${String(port)}/cgi-bin/snapshot.cgi?channel=${String(channel)}`,
        streamUrl: `rtsp://${host}:554/cam/realmonitor?channel=${String(channel)}&subtype=0`,
      });
    }
    case 'vzenith-tcp':
      return calls(settings, openVzenithTcp(settings, listeners, runtime), noAddresses);
    case 'vzenith-mqtt':
      return calls(settings, openVzenithMqtt(settings, listeners, runtime), noAddresses);
    case 'picture': {
      const { id } = settings;
      const addresses = () => Promise.resolve(ok(noAddresses));
      return { id, push: null, addresses, close: () => Promise.resolve() };
    }
    case 'onvif': {
      const login = loginOf(settings, logins);
      return {
        ...calls(settings, openPullPoint(settings, login, listeners, runtime), noAddresses),
        addresses: () => onvifAddresses(settings, login, runtime),
      };
    }
    default:
      return assertNever(settings);
  }
}

function pushes({ id }: CameraSettings, push: PushBrand): Camera {
  return { id, push, addresses: () => Promise.resolve(ok(noAddresses)), close: () => Promise.resolve() };
}

function calls({ id }: CameraSettings, talk: Conversation, addresses: CameraAddresses): Camera {
  return { id, push: null, addresses: () => Promise.resolve(ok(addresses)), close: talk.close };
}

type WithPassword = Extract<CameraSettings, { passwordVariable: unknown }>;

function secretMissing(
  settings: CameraSettings,
  { secret }: Pick<CamerasDeps, 'secret'>,
): settings is WithPassword {
  if (!('passwordVariable' in settings) || settings.passwordVariable === null) return false;
  return secret(settings.passwordVariable) === null;
}

function loginOf(
  { host, user, passwordVariable }: Record<'host' | 'user' | 'passwordVariable', string>,
  logins: CameraLogins,
): CameraLogin | null {
  return logins.of(host, user, passwordVariable);
}
