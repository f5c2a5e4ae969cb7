import { Buffer } from 'node:buffer';
import { networkInterfaces } from 'node:os';
import type { CameraRow, camerasCalls } from '../../station/contract.ts';
import { err, ok } from '../../station/result.ts';
import { CamerasSettings } from '../cameras/cameraSettings.ts';
import type { OpenCamera } from '../cameras/openCameras.ts';
import type { Desk } from '../desk/desk.ts';
import { findDevices } from './findDevices.ts';
import { writeSettings } from '../installer/settingsFile.ts';
import type { Handlers } from '../peer.ts';
import { snapshotDeadlineMs } from '../snapshots/takeSnapshots.ts';

/** The cameras' screen: how each stands, a picture on the spot, and their settings. */
export function cameraHandlers(desk: Desk): Pick<Handlers, keyof typeof camerasCalls> {
  const { clock, settings, settingsFile } = desk.deps;
  return {
    'cameras.list': () =>
      ok({ cameras: (desk.cameras?.list ?? []).map((open) => rowOf(desk, open)), pushUrls: pushUrls(desk) }),
    'cameras.addresses': async ({ id }) => {
      const found = desk.cameras?.list.find(({ settings: each }) => each.id === id);
      if (found === undefined) return err({ code: 'no-such-camera', detail: id });
      const asked = await found.camera.addresses();
      return ok(
        asked.ok
          ? { ...asked.value, problem: null }
          : { snapshotUrl: null, streamUrl: null, problem: asked.error },
      );
    },
    'camera.try': async ({ id }) => {
      const camera = desk.pictureCameras.find((each) => each.camera === id);
      if (camera === undefined) return err({ code: 'no-such-camera', detail: id });
      const fromMs = clock.monotonicMs();
      const taken = await camera.take(AbortSignal.timeout(2 * snapshotDeadlineMs));
      if (!taken.ok) return err({ code: 'no-picture', detail: taken.error });
      return ok({
        base64: Buffer.from(taken.value).toString('base64'),
        tookMs: Math.round(clock.monotonicMs() - fromMs),
      });
    },
    'cameras.find': async ({ address }) => {
      const found = await findDevices(address, settings.cameras);
      return ok(found.ok ? { found: found.value, problem: null } : { found: [], problem: found.error });
    },
    'cameras.save': async ({ cameras }) => {
      const checked = CamerasSettings.safeParse(cameras);
      if (!checked.success) {
        return ok({
          problems: checked.error.issues.map(({ path, message }) => ({
            field: path.join('.'),
            problem: message.slice(0, 200),
          })),
        });
      }
      if (desk.lane.view().crossingId !== null) return err({ code: 'vehicle-on-scale', detail: '' });
      const recorded = desk.append({
        type: 'cameras-changed',
        body: {
          before: JSON.stringify(settings.cameras).slice(0, 20_000),
          now: JSON.stringify(checked.data).slice(0, 20_000),
          operator: desk.operator,
        },
      });
      if (!recorded.ok) return recorded;
      const written = await writeSettings(settingsFile, { cameras });
      if (!written.ok) return err({ code: 'settings-not-written', detail: written.error });
      desk.restart();
      return ok({ problems: [] });
    },
    'live.next': async ({ camera, afterMs }) => {
      const next = await desk.live?.next(camera, afterMs);
      if (next === undefined) return err({ code: 'no-such-camera', detail: camera });
      if (!next.ok) return err({ code: 'no-picture', detail: next.error });
      const { jpeg, atMs } = next.value;
      return ok({ base64: Buffer.from(jpeg).toString('base64'), atMs });
    },
  };
}

function rowOf(desk: Desk, { camera, settings, door }: OpenCamera): CameraRow {
  const device = desk.view().devices.find(({ id }) => id === camera.id);
  return {
    id: camera.id,
    label: settings.label ?? camera.id,
    kind: settings.kind,
    place: settings.place,
    view: settings.view,
    state: device?.state ?? 'waiting',
    detail: device?.detail ?? '',
    end: settings.end,
    lastHeardAtMs: door.lastHeardMs,
    clockAheadMs: door.clockAheadMs === null ? null : Math.round(door.clockAheadMs),
    lastPlate: door.lastPlate,
    lastError: door.lastError,
    counts: door.tally.counts,
    faults: { ...door.tally.faults },
    pictures: desk.pictureCameras.some((each) => each.camera === camera.id),
    settings: { ...settings },
  };
}

/** What to type into a camera that pushes. */
function pushUrls(desk: Desk): string[] {
  const port = desk.cameras?.pushPort() ?? null;
  if (port === null) return [];
  const { host } = desk.deps.settings.cameraListener;
  const everywhere = host === '0.0.0.0' || host === '::';
  const hosts = everywhere
    ? Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => address)
    : [host];
  return hosts.map((each) => `http://${each}:${String(port)}/cameras/`);
}
