import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { announce, consoleOf } from '../native/console/consoleOf.ts';
import type { ConsoleServer } from '../native/console/server.ts';
import type { KeySecret } from '../native/keys/keySecret.ts';
import { openDrillStation } from '../native/drill.ts';
import type { Station } from '../native/host.ts';
import { openStation } from '../native/host.ts';
import { readSettings } from '../native/settings.ts';
import type { CameraKind } from '../simulator/cameras/camera.ts';
import { cameraKinds } from '../simulator/cameras/camera.ts';
import { serialNumber } from '../simulator/cameras/snapshot.ts';
import { registerOfTheYard } from '../simulator/trucks.ts';
import { startYard } from '../simulator/yard.ts';

/** Where a command writes and how it is told to stop; tests bring their own. */
export interface CommandIo {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  readonly stopped: Promise<void>;
}

const openAgainMs = 5000;
const drillLogin = { user: 'admin', password: 'drill' };
/** Without a broker there is no MQTT. */
const demoCameras = cameraKinds.filter((kind) => kind !== 'vzenith-mqtt');
/** From the sources in dist/, from the bundle beside its folder. */
const screensDir =
  ['../dist/renderer', '../renderer']
    .map((path) => resolve(import.meta.dirname, path))
    .find((path) => existsSync(join(path, 'index.html'))) ?? '';

/** `yuanheng serve`: the station without a window, its screens in the browser. Returns the exit code. */
export async function runServe(
  args: readonly string[],
  io: CommandIo,
  secret: KeySecret | null = null,
): Promise<number> {
  let values: { data?: string; config?: string; port?: string; demo?: boolean; camera?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        config: { type: 'string' },
        port: { type: 'string' },
        demo: { type: 'boolean' },
        camera: { type: 'string' },
      },
      strict: true,
    }));
  } catch (problem) {
    return refuse(io, problem instanceof Error ? (problem.message.split('\n')[0] ?? '') : String(problem));
  }
  const { data, config, demo = false } = values;
  if (data === undefined) return refuse(io, '--data DIR is missing: say where the records are kept');
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    return refuse(io, `--port takes a number from 0 to 65535, not ${String(values.port)}`);
  }
  if (values.camera !== undefined && !demo)
    return refuse(io, '--camera chooses the drill’s camera: add --demo');
  const camera =
    values.camera === undefined ? 'vzenith-push' : demoCameras.find((kind) => kind === values.camera);
  if (camera === undefined) return refuse(io, `--camera is one of ${demoCameras.join(', ')}`);
  if (demo && config !== undefined) return refuse(io, '--demo brings its own settings: leave --config out');
  if (config !== undefined) {
    const read = readSettings(config);
    if (!read.ok) return refuse(io, read.error);
  }
  if (!existsSync(screensDir)) return refuse(io, 'the screens are not built yet: run npm run build');
  mkdirSync(data, { recursive: true });

  let station: Station;
  const openReal = (): Promise<Station> =>
    openStation({
      dataDir: data,
      log: io.error,
      ...(secret === null ? {} : { keySecret: secret }),
      ...(config === undefined ? {} : { configFile: config }),
      onRestart: () => {
        opening = opening.then(again);
      },
    });
  let opening: Promise<void> = Promise.resolve();
  let isOver = false;
  void io.stopped.then(() => {
    isOver = true;
  });
  const complain = (problem: unknown): void => {
    io.error(`yuanheng serve: cannot start again: ${problem instanceof Error ? problem.message : ''}`);
  };
  /**
   * The settings changed, or the disk came back: the same console in front of a station that read everything anew. A
   * store that cannot be opened now may be in a while.
   */
  const again = async (): Promise<void> => {
    await station.close().catch(complain);
    for (;;) {
      try {
        station = await openReal();
        break;
      } catch (problem) {
        complain(problem);
        await Promise.race([pause(openAgainMs, undefined, { ref: false }), io.stopped]);
        if (isOver) return;
      }
    }
    announce(station, console);
    console.drop();
  };
  try {
    station = demo
      ? await openDrillStation({
          dataDir: data,
          startYard: () => startDrillYard(camera),
          register: registerOfTheYard,
          camera: { kind: camera, ...drillLogin, serialNumber, brokerPort: null },
        })
      : await openReal();
  } catch (problem) {
    io.error(
      `yuanheng serve: cannot open the store in ${data}: ${problem instanceof Error ? problem.message : ''}`,
    );
    return 1;
  }
  let console: ConsoleServer;
  try {
    console = await consoleOf(() => station, { screensDir, ...(port === undefined ? {} : { port }) });
  } catch (problem) {
    await station.close();
    io.error(`yuanheng serve: cannot listen: ${problem instanceof Error ? problem.message : ''}`);
    return 1;
  }
  io.out(`Yuanheng 源衡 ${demo ? '演练 (drill) ' : ''}browser console: ${console.url}`);
  io.out(`Log in 登录码: ${console.code}  or open ${console.url}login?code=${console.code}`);
  io.out(
    `Loaders 装载员登录码: ${console.loaderCode}  or open ${console.url}login?code=${console.loaderCode}`,
  );
  io.out(
    `Inspectors 检查员登录码: ${console.inspectorCode}  or open ${console.url}login?code=${console.inspectorCode}`,
  );
  if (station.cameraPort !== null) {
    io.out(`Cameras push to: http://HOST:${String(station.cameraPort)}/cameras/ID`);
  }
  await io.stopped;
  await console.close();
  await opening;
  await station.close().catch(complain);
  return 0;
}

/** Drivers of the drill wait to be weighed; a person may be reading the screen for the first time. */
function startDrillYard(kind: CameraKind): ReturnType<typeof startYard> {
  return startYard({
    output: { tcpPort: 0 },
    cameraUrl: null,
    viewPort: 0,
    camera: { kind, port: 0, login: drillLogin, brokerPort: null },
    seed: 1,
    pace: 1,
    dwellMs: 300_000,
    onEvent: () => undefined,
  });
}

function refuse(io: CommandIo, message: string): number {
  io.error(`yuanheng serve: ${message}`);
  return 2;
}
