import type { VehicleFacts } from '../station/vehicles/facts.ts';
import type { PlateColour } from '../station/vehicles/plateColour.ts';
import type { StatedPapers } from '../station/vehicles/register/entries.ts';
import type { Station, StationOptions } from './host.ts';
import { openStation } from './host.ts';
import type { CameraKind } from './cameras/cameraSettings.ts';
import { Settings } from './settings.ts';

/** What a drill needs of a yard in software; whoever starts the program brings one. */
export interface DrillYard {
  readonly tcpPort: number | null;
  /** Where the station calls its camera; null for one that calls. */
  readonly cameraPort: number | null;
  /** Where the pictures of the other views are to be had, as `/picture/VIEW`; null without them. */
  readonly viewPort: number | null;
  readonly setCameraUrl: (url: string | null) => void;
  /** The driver on the scale has his paper and goes. */
  readonly release: () => void;
  readonly stop: () => Promise<void>;
}

export interface DrillOptions extends Pick<StationOptions, 'dataDir' | 'printer' | 'keySecret'> {
  /** How the yard's camera speaks; a Vzenith that posts unless said otherwise. */
  readonly camera?: DrillCamera;
  readonly startYard: () => Promise<DrillYard>;
  readonly register: readonly {
    readonly plate: string;
    readonly colour: PlateColour;
    readonly facts: VehicleFacts;
    readonly papers: StatedPapers;
  }[];
}

export interface DrillCamera {
  readonly kind: CameraKind;
  readonly user: string;
  readonly password: string;
  readonly serialNumber: string;
  /** Of an MQTT camera's broker. */
  readonly brokerPort: number | null;
}

const passwordVariable = 'YUANHENG_DRILL_CAMERA';

/** The settings under which the station hears the yard's camera. */
function cameraSettings(camera: DrillCamera | undefined, port: number | null): Record<string, unknown> {
  const kind = camera?.kind ?? 'vzenith-push';
  const named = { id: 'entry', kind, label: '入口' };
  if (kind.endsWith('-push')) return { ...named, allowFrom: ['127.0.0.1'] };
  const called = { ...named, host: '127.0.0.1', port: camera?.brokerPort ?? port };
  if (kind === 'vzenith-tcp') return called;
  const login = { ...called, user: camera?.user, passwordVariable };
  return kind === 'vzenith-mqtt' ? { ...login, serialNumbers: [camera?.serialNumber] } : login;
}

const otherViews = [
  ['rear', '车尾'],
  ['side', '侧面'],
  ['top', '车顶'],
  ['scale-house', '磅房'],
] as const;

/** The cameras of the other views, which only give pictures; all behind the yard's one login. */
function viewSettings(user: string, port: number | null): readonly Record<string, unknown>[] {
  if (port === null) return [];
  return otherViews.map(([view, label]) => ({
    ...{ id: view, kind: 'picture', label, view },
    picture: { host: '127.0.0.1', port, path: `/picture/${view}`, user, passwordVariable },
  }));
}

/** Long enough to read the screen before the truck drives off. */
const paperTakenMs = 4000;

/** A station on a store of its own whose trucks, indicator and camera are simulated over real sockets. */
export async function openDrillStation(options: DrillOptions): Promise<Station> {
  const yard = await options.startYard();
  const settings = Settings.parse({
    station: { id: 'YH-0', name: '源衡演练站' },
    instrument: {
      profile: 'yaohua-continuous',
      transport: { kind: 'tcp', host: '127.0.0.1', port: yard.tcpPort },
      divisionKg: 20,
      maxKg: 100_000,
    },
    cameras: [
      cameraSettings(options.camera, yard.cameraPort),
      ...viewSettings(options.camera?.user ?? '', options.camera === undefined ? null : yard.viewPort),
    ],
    cameraListener: { host: '127.0.0.1', port: 0 },
    releases: { enabled: true },
  });
  let station: Station;
  try {
    const { dataDir, printer, keySecret } = options;
    station = await openStation({
      dataDir,
      mode: 'drill',
      settings,
      secret: (variable) => (variable === passwordVariable ? (options.camera?.password ?? null) : null),
      ...(printer === undefined ? {} : { printer }),
      ...(keySecret === undefined ? {} : { keySecret }),
    });
  } catch (problem) {
    await yard.stop();
    throw problem;
  }
  for (const vehicle of options.register) {
    const known = await station.desk.handlers['vehicle.get']({
      plate: vehicle.plate,
      colour: vehicle.colour,
    });
    if (known.ok && known.value.facts === null) await station.desk.handlers['vehicle.state'](vehicle);
  }
  if (station.cameraPort !== null)
    yard.setCameraUrl(`http://127.0.0.1:${String(station.cameraPort)}/cameras/entry`);

  let leaving: NodeJS.Timeout | null = null;
  const watch = station.connect({
    post: (message) => {
      if (!('event' in message) || message.event !== 'view') return;
      if (message.view.lane.phase !== 'decided' || leaving !== null) return;
      leaving = setTimeout(() => {
        leaving = null;
        yard.release();
      }, paperTakenMs);
    },
  });
  return {
    ...station,
    close: async () => {
      if (leaving !== null) clearTimeout(leaving);
      watch.close();
      await yard.stop();
      await station.close();
    },
  };
}
