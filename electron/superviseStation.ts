import type { UtilityProcess } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import { backOff } from './backOff.ts';
import type { HandedSecret, PrintJob, ToStation } from './messages.ts';
import { ToMain } from './messages.ts';
import type { StationProcessState } from './shellApi.ts';

const stopMs = 5000;

export interface StationSupervision {
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly onState: (state: StationProcessState) => void;
  readonly onPrint: (job: PrintJob) => Promise<{ ok: boolean; error?: string }>;
  readonly log: (chunk: Buffer) => void;
  /** What opens the station's key; asked for before every start. */
  readonly secret: () => Promise<HandedSecret>;
  readonly newSecret: () => Promise<HandedSecret>;
  /** A new process runs: windows want new ports. */
  readonly onStarted: () => void;
}

export interface StationSupervisor {
  readonly state: () => StationProcessState;
  /** A fresh port to the running station; null while there is none. */
  readonly openPort: () => Electron.MessagePortMain | null;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

function own(): HandedSecret {
  return { kind: 'own' };
}

/** Keeps one station process running: when it dies it is started again, alone, with growing pauses. */
export function superviseStation(options: StationSupervision): StationSupervisor {
  let child: UtilityProcess | null = null;
  let state: StationProcessState = { kind: 'down', restartInMs: 0, restarts: 0, detail: '' };
  const pauseMs = backOff();
  let restarts = 0;
  let stopping = false;
  let detail = '';

  function tell(next: StationProcessState): void {
    state = next;
    options.onState(next);
  }

  function post(message: ToStation, ports: Electron.MessagePortMain[] = []): void {
    child?.postMessage(message, ports);
  }

  function start(): void {
    // A disk that refuses even this refuses the station process too, which says so in words.
    void options
      .secret()
      .catch(own)
      .then((secret) => {
        if (!stopping) run(secret);
      });
  }

  function run(secret: HandedSecret): void {
    const startedMs = performance.now();
    const running = utilityProcess.fork(options.modulePath, [...options.args], {
      serviceName: 'yuanheng-station',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = running;
    running.stdout?.on('data', options.log);
    running.stderr?.on('data', options.log);
    running.on('spawn', () => {
      post({ kind: 'start', secret });
      tell({ kind: 'up' });
      options.onStarted();
    });
    running.on('message', (message: unknown) => {
      hear(message);
    });
    running.on('exit', () => {
      if (child === running) child = null;
      if (stopping) return;
      const restartInMs = pauseMs(performance.now() - startedMs);
      restarts += 1;
      tell({ kind: 'down', restartInMs, restarts, detail });
      setTimeout(start, restartInMs);
    });
  }

  function hear(message: unknown): void {
    const parsed = ToMain.safeParse(message);
    if (!parsed.success) return;
    const said = parsed.data;
    if (said.kind === 'failed') detail = said.detail;
    else if (said.kind === 'new-secret') {
      void options
        .newSecret()
        .catch(own)
        .then((secret) => {
          post({ kind: 'new-secret', secret });
        });
    } else if (said.kind === 'print') {
      void options.onPrint(said).then((result) => {
        post({ kind: 'printed', id: said.id, ...result });
      });
    } else detail = '';
  }

  start();
  return {
    state: () => state,
    openPort: () => {
      if (child === null) return null;
      const { port1, port2 } = new MessageChannelMain();
      post({ kind: 'window-port' }, [port1]);
      return port2;
    },
    pid: () => child?.pid,
    stop: () => {
      stopping = true;
      const running = child;
      if (running === null) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => running.kill(), stopMs);
        running.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        post({ kind: 'stop' });
      });
    },
  };
}
