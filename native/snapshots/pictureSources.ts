import type { PictureView } from '../../station/ledger/bodies/pictures.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { isWholeJpeg } from '../cameras/bytes/jpeg.ts';
import { CameraHttp } from '../cameras/http/cameraHttp.ts';
import type { CameraLogin, CameraLogins } from '../cameras/http/login.ts';
import type { CameraKind } from '../cameras/cameraSettings.ts';
import type { OpenCamera } from '../cameras/openCameras.ts';
import type { LaneCamera } from './snapshotDesk.ts';
import type { SnapshotSource } from './takeSnapshots.ts';

const maxPictureBytes = 8 * 1024 * 1024;

/** A camera that can be asked for pictures, and perhaps for a stream. */
export interface PictureCamera extends SnapshotSource {
  readonly label: string;
  readonly place: 'scale' | 'exit';
  /** RTSP without a password; null where none is known. */
  readonly streamUrl: () => Promise<string | null>;
  /** For the stream; null where there is none. */
  readonly login: CameraLogin | null;
}

export interface PictureSourceDeps {
  /** Shared with the cameras themselves: a device counts all failed logins together. */
  readonly logins: CameraLogins;
  /** A camera that only gives pictures was asked for one; null when it gave it. */
  readonly onAsked: (camera: string, problem: string | null) => void;
}

/** The cameras that have an address for pictures, by their settings or by what their brand says. */
export function pictureCameras(
  cameras: readonly OpenCamera[],
  deps: PictureSourceDeps,
): readonly PictureCamera[] {
  return cameras.filter(canBeAsked).map((open) => pictureCamera(open, deps));
}

/** The cameras of the lane that have none: what they bring with a plate is all there is of them. */
export function unaskedCameras(cameras: readonly OpenCamera[]): readonly LaneCamera[] {
  return cameras
    .filter((open) => open.settings.place === 'scale' && !canBeAsked(open))
    .map(({ settings: { id, view } }) => ({ camera: id, view }));
}

const saysItself: ReadonlySet<CameraKind> = new Set<CameraKind>([
  'hikvision-stream',
  'dahua-stream',
  'onvif',
]);

function canBeAsked({ settings }: OpenCamera): boolean {
  return settings.picture !== undefined || saysItself.has(settings.kind);
}

function pictureCamera({ camera, settings }: OpenCamera, deps: PictureSourceDeps): PictureCamera {
  const own = settings.picture;
  const account = own ?? ('passwordVariable' in settings && 'host' in settings ? settings : null);
  const login =
    account === null ? null : deps.logins.of(account.host, account.user, account.passwordVariable);
  let http: CameraHttp | null = null;
  let path = '';

  /** Asked once: ONVIF cameras have to be asked where their picture is. */
  async function find(): Promise<Result<{ http: CameraHttp; path: string }, string>> {
    if (http !== null) return ok({ http, path });
    if (own !== undefined) {
      http = new CameraHttp({ host: own.host, port: own.port, login });
      path = own.path;
      return ok({ http, path });
    }
    const addresses = await camera.addresses();
    if (!addresses.ok) return addresses;
    const { snapshotUrl } = addresses.value;
    if (snapshotUrl === null) return err('this camera says no address for pictures');
    const url = new URL(snapshotUrl);
    http = new CameraHttp({ host: url.hostname, port: Number(url.port === '' ? 80 : url.port), login });
    path = `${url.pathname}${url.search}`;
    return ok({ http, path });
  }

  const view: PictureView = settings.view;
  return {
    camera: camera.id,
    label: settings.label ?? camera.id,
    view,
    place: settings.place,
    login,
    streamUrl: async () => {
      if (own?.stream !== undefined && own.stream !== null) return own.stream;
      const addresses = await camera.addresses();
      return addresses.ok ? addresses.value.streamUrl : null;
    },
    take: async (signal) => {
      const taken = await take(signal);
      if (settings.kind === 'picture') deps.onAsked(camera.id, taken.ok ? null : taken.error);
      return taken;
    },
  };

  async function take(signal: AbortSignal): Promise<Result<Uint8Array, string>> {
    const found = await find();
    if (!found.ok) return found;
    const got = await found.value.http.fetch(
      { method: 'GET', path: found.value.path, signal },
      maxPictureBytes,
    );
    if (!got.ok) {
      return err(
        got.error.kind === 'login-refused' ? 'the camera refuses user and password' : got.error.detail,
      );
    }
    if (/^text\/html/i.test(got.value.contentType))
      return err('answered with a web page, not with a picture');
    return isWholeJpeg(got.value.body) ? ok(got.value.body) : err('the picture is cut off or no JPEG');
  }
}
