import { parseArgs } from 'node:util';
import { cameraKinds } from './cameras/camera.ts';
import { visitByName, visits } from './trucks.ts';
import type { Yard, YardOptions } from './yard.ts';
import { startYard } from './yard.ts';

/** How a command talks to whoever started it, and how it is told to end. */
export interface SimulatorIo {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  readonly stopped: Promise<void>;
}

export const simulatorUsage =
  'yuanheng sim (--tcp PORT | --tty PATH) [--camera URL] [--camera-kind KIND] [--camera-port PORT] ' +
  '[--camera-broker PORT] [--view-port PORT] [--seed N] [--pace N] [--frames-per-second N] ' +
  '[--dwell SECONDS] [--once TRUCK,TRUCK] [--list]';

/** Plays a yard until `io.stopped`, or until the trucks of `--once` are gone; returns the exit code. */
export async function runSimulator(args: readonly string[], io: SimulatorIo): Promise<number> {
  const read = readArguments(args);
  if (read.kind === 'wrong') {
    io.error(`yuanheng sim: ${read.message}`);
    return 2;
  }
  if (read.kind === 'usage') {
    io.out(simulatorUsage);
    return 0;
  }
  if (read.kind === 'list') {
    for (const { name, about, vehicle, grossKg } of visits) {
      io.out(JSON.stringify({ truck: name, plate: vehicle.plate, kg: grossKg, about }));
    }
    return 0;
  }
  const { once, options } = read;
  let left = once.length;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let yard: Yard;
  try {
    yard = await startYard({
      ...options,
      onEvent: (event) => {
        io.out(JSON.stringify({ time: new Date().toISOString(), ...event }));
        if (event.kind !== 'gone' || once.length === 0) return;
        left -= 1;
        if (left === 0) finish();
      },
    });
  } catch (problem) {
    io.error(`yuanheng sim: ${problem instanceof Error ? problem.message : String(problem)}`);
    return 1;
  }
  const { tcpPort, cameraPort, viewPort } = yard;
  io.out(JSON.stringify({ time: new Date().toISOString(), kind: 'open', tcpPort, cameraPort, viewPort }));
  for (const name of once) yard.send(name);
  await Promise.race([finished, io.stopped]);
  await yard.stop();
  return 0;
}

type Arguments =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'usage' }
  | { readonly kind: 'list' }
  | {
      readonly kind: 'play';
      readonly once: readonly string[];
      readonly options: Omit<YardOptions, 'onEvent'>;
    };

function readArguments(args: readonly string[]): Arguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        tcp: { type: 'string' },
        tty: { type: 'string' },
        camera: { type: 'string' },
        'camera-kind': { type: 'string', default: 'vzenith-push' },
        'camera-port': { type: 'string', default: '0' },
        'camera-broker': { type: 'string' },
        'view-port': { type: 'string' },
        seed: { type: 'string', default: '1' },
        pace: { type: 'string', default: '1' },
        'frames-per-second': { type: 'string', default: '10' },
        dwell: { type: 'string', default: '30' },
        once: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    return { kind: 'wrong', message: message.replaceAll(/\s+/g, ' ') };
  }
  const wrong = (message: string): Arguments => ({ kind: 'wrong', message });
  if (values.help) return { kind: 'usage' };
  if (values.list) return { kind: 'list' };
  if ((values.tcp === undefined) === (values.tty === undefined))
    return wrong('give --tcp PORT or --tty PATH');
  const tcpPort = numberIn(values.tcp ?? '0', 0, 65_535, true);
  if (tcpPort === null) return wrong(`--tcp ${values.tcp ?? ''} is not a port`);
  const seed = numberIn(values.seed, 0, 2 ** 32 - 1, true);
  if (seed === null) return wrong(`--seed ${values.seed} is not a whole number below 2^32`);
  const pace = numberIn(values.pace, 0.1, 100, false);
  if (pace === null) return wrong(`--pace ${values.pace} is not 0.1 to 100`);
  const framesPerSecond = numberIn(values['frames-per-second'], 1, 100, false);
  if (framesPerSecond === null) {
    return wrong(`--frames-per-second ${values['frames-per-second']} is not 1 to 100`);
  }
  const dwell = numberIn(values.dwell, 0, 86_400, false);
  if (dwell === null) return wrong(`--dwell ${values.dwell} is not 0 to 86400 seconds`);
  if (values.camera !== undefined && !/^https?:\/\/[^/]/.test(values.camera)) {
    return wrong(`--camera ${values.camera} is not an http address`);
  }
  const kind = cameraKinds.find((each) => each === values['camera-kind']);
  if (kind === undefined) {
    return wrong(`--camera-kind ${values['camera-kind']} is not one of ${cameraKinds.join(', ')}`);
  }
  const port = numberIn(values['camera-port'], 0, 65_535, true);
  if (port === null) return wrong(`--camera-port ${values['camera-port']} is not a port`);
  const broker = values['camera-broker'];
  const brokerPort = broker === undefined ? null : numberIn(broker, 1, 65_535, true);
  if (kind === 'vzenith-mqtt' && brokerPort === null)
    return wrong('an MQTT camera needs --camera-broker PORT');
  const viewPort = numberIn(values['view-port'] ?? '0', 0, 65_535, true);
  if (viewPort === null) return wrong(`--view-port ${String(values['view-port'])} is not a port`);
  const once = values.once?.split(',') ?? [];
  const stranger = once.find((name) => visitByName(name) === null);
  if (stranger !== undefined) return wrong(`no truck is called "${stranger}"; see --list`);
  return {
    kind: 'play',
    once,
    options: {
      output: values.tty === undefined ? { tcpPort } : { tty: values.tty },
      cameraUrl: values.camera ?? null,
      ...(values['view-port'] === undefined ? {} : { viewPort }),
      camera: { kind, port, brokerPort, login: { user: 'admin', password: 'drill' } },
      seed,
      pace,
      framesPerSecond,
      dwellMs: dwell * 1000,
      ...(once.length > 0 ? { cycle: [] } : {}),
    },
  };
}

function numberIn(text: string, least: number, most: number, whole: boolean): number | null {
  if (!/^[0-9]{1,10}(\.[0-9]{1,6})?$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : null;
}
