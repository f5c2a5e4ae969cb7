import { readFileSync } from 'node:fs';
import type { CameraRow } from '../../station/contract.ts';
import type { CameraKind, SimulatedCamera } from '../../simulator/cameras/camera.ts';
import type { Snapshot } from '../../simulator/cameras/snapshot.ts';
import { serialNumber } from '../../simulator/cameras/snapshot.ts';
import { startCamera } from '../../simulator/cameras/startCamera.ts';
import { visitByName } from '../../simulator/trucks.ts';
import type { TestBroker } from './mosquitto.ts';
import { startMosquitto } from './mosquitto.ts';
import type { TestYard } from './yard.ts';
import { openYard } from './yard.ts';

export interface CameraYard extends TestYard {
  readonly camera: SimulatedCamera;
  readonly log: readonly string[];
  /** Another truck of this name drives up to the camera. */
  readonly sees: (truck: string, more?: Partial<Snapshot>) => Promise<string>;
  readonly cameraView: () => Promise<CameraRow>;
}

export interface CameraYardOptions {
  /** Which the station uses; the camera's is `drill`. */
  readonly password?: string;
  readonly mode?: 'real' | 'drill';
  /** Further fields of the camera's settings. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const login = { user: 'admin', password: 'drill' };

export const picture = readFileSync(new URL('../../simulator/pictures/c83n16.jpg', import.meta.url));

/** A drill station and one simulated camera that speaks to it over real sockets. */
export async function openCameraYard(
  kind: CameraKind,
  { password = login.password, mode = 'drill', more = {} }: CameraYardOptions = {},
): Promise<CameraYard> {
  const broker: TestBroker | null =
    kind === 'vzenith-mqtt' ? await startMosquitto(login.user, login.password) : null;
  let url: string | null = null;
  const camera = await startCamera({
    kind,
    url: () => url,
    port: 0,
    login,
    brokerPort: broker?.port ?? null,
  });
  const log: string[] = [];
  const yard = await openYard(
    (raw) => {
      raw.cameras = [{ ...settingsOf(kind, broker?.port ?? camera.port), ...more }];
    },
    undefined,
    { mode, secret: () => password, log: (line) => log.push(line) },
  );
  url = `http://127.0.0.1:${yard.station.cameraPort}/cameras/entry`;
  let plateId = 1000;
  return {
    ...yard,
    camera,
    log,
    sees: (truck, change = {}) => {
      plateId += 1;
      const visit = visitByName(truck);
      if (visit === null) throw new Error(`no truck ${truck}`);
      const snapshot = { visit, plateId, atMs: Date.now(), picture, ...change };
      return camera.see(snapshot, new AbortController().signal);
    },
    cameraView: async () => {
      const asked = await yard.screen.call('cameras.list', {});
      if (!asked.ok) throw new Error(asked.error.code);
      return asked.value.cameras[0]!;
    },
    close: async () => {
      await yard.close();
      await camera.close();
      await broker?.close();
    },
  };
}

function settingsOf(kind: CameraKind, port: number | null): Record<string, unknown> {
  if (kind.endsWith('-push')) return { id: 'entry', kind, allowFrom: ['127.0.0.1'] };
  const called = { id: 'entry', kind, host: '127.0.0.1', port };
  if (kind === 'vzenith-tcp') return called;
  const withLogin = { ...called, user: login.user, passwordVariable: 'YH_CAMERA' };
  return kind === 'vzenith-mqtt' ? { ...withLogin, serialNumbers: [serialNumber] } : withLogin;
}
