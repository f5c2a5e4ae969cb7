import { fileURLToPath } from 'node:url';
import type { CameraKind, CameraMischief, Login } from './cameras/camera.ts';
import { readPicture } from './cameras/snapshot.ts';
import { viewCamera } from './cameras/viewCamera.ts';
import { startCamera } from './cameras/startCamera.ts';
import { seededChance } from './chance.ts';
import { continuousFrame } from './frames.ts';
import type { LineFault } from './lineFaults.ts';
import { disturb } from './lineFaults.ts';
import type { Output } from './output.ts';
import { Deck } from './scale.ts';
import type { Happening } from './script.ts';
import { Script } from './script.ts';
import { serveTcp } from './tcpOutput.ts';
import type { Visit } from './trucks.ts';
import { dayAtTheYard, visitByName } from './trucks.ts';
import { openTty } from './ttyOutput.ts';

export type YardEvent =
  | { readonly kind: Happening['kind']; readonly truck: string; readonly plate: string; readonly kg: number }
  | { readonly kind: 'camera'; readonly truck: string; readonly saw: string | null; readonly result: string };

export interface YardOptions {
  readonly output: { readonly tcpPort: number } | { readonly tty: string };
  /** Where a camera that calls the station posts; null is a yard without one. */
  readonly cameraUrl: string | null;
  /** How the camera speaks; as a Vzenith that posts unless said otherwise. */
  readonly camera?: YardCamera;
  readonly seed: number;
  /** 1 is a yard's own pace; drivers of a yard of pace 4 are four times as quick. */
  readonly pace: number;
  readonly onEvent: (event: YardEvent) => void;
  readonly framesPerSecond?: number;
  /** How long a driver waits unasked; null waits to be released. */
  readonly dwellMs?: number | null;
  /** Names of visits, over and over; empty waits for `send`. */
  readonly cycle?: readonly string[];
  /** Where the cameras of the other views listen (0 takes any); without it there are none. */
  readonly viewPort?: number;
  /** Where the camera's pictures lie, when this code was bundled away from them. */
  readonly picturesDir?: string;
}

export interface YardCamera {
  readonly kind: CameraKind;
  /** Where a camera that is called listens; 0 takes any. */
  readonly port: number;
  readonly login: Login;
  /** Of the broker an MQTT camera publishes to. */
  readonly brokerPort: number | null;
}

export interface Yard {
  /** The port frames are served on; null with a tty. */
  readonly tcpPort: number | null;
  /** Sends a truck by the name of its visit, before any of the cycle. False when there is none of that name. */
  readonly send: (name: string) => boolean;
  /** The driver on the scale may go. */
  readonly release: () => void;
  readonly fault: (fault: LineFault) => void;
  readonly setCameraUrl: (url: string | null) => void;
  /** Where the station calls the camera; null for one that calls. */
  readonly cameraPort: number | null;
  /** Where the station asks for the pictures of the other views; null without them. */
  readonly viewPort: number | null;
  readonly cameraMischief: (mischief: CameraMischief) => void;
  /** Nobody on the scale and nobody sent for. */
  readonly idle: () => boolean;
  readonly stop: () => Promise<void>;
}

const defaultDwellMs = 30_000;
const usualCamera: YardCamera = {
  kind: 'vzenith-push',
  port: 0,
  login: { user: 'admin', password: 'drill' },
  brokerPort: null,
};
const pushTries = 3;
const pushAgainMs = 1000;

/** Starts a yard in software. Rejects when its port or tty cannot be had. */
export async function startYard(options: YardOptions): Promise<Yard> {
  const { output: place, pace, framesPerSecond = 10, dwellMs = defaultDwellMs } = options;
  const cycle = (options.cycle ?? dayAtTheYard).map(visitByName).filter((visit) => visit !== null);
  const output: Output = 'tty' in place ? await openTty(place.tty) : await serveTcp(place.tcpPort);
  const chance = seededChance(options.seed);
  const deck = new Deck(chance);
  const script = new Script({ deck, chance, pace, dwellMs, cycle });
  const stopped = new AbortController();
  let cameraUrl = options.cameraUrl;
  const camera = await startCamera({ ...(options.camera ?? usualCamera), url: () => cameraUrl }).catch(
    async (problem: unknown) => {
      await output.close();
      throw problem;
    },
  );
  const picturesDir = options.picturesDir ?? fileURLToPath(new URL('./pictures', import.meta.url));
  const { login } = options.camera ?? usualCamera;
  const views =
    options.viewPort === undefined
      ? null
      : await viewCamera({ port: options.viewPort, login, picturesDir }).catch(async (problem: unknown) => {
          await camera.close();
          await output.close();
          throw problem;
        });
  const usesBroker = options.camera?.kind === 'vzenith-mqtt';
  let fault: LineFault = 'none';
  // A camera counts on after a restart; the station knows its events by this number.
  let plateId = Math.floor(Date.now() / 1000);

  function isStopped(): boolean {
    return stopped.signal.aborted;
  }

  async function photograph(visit: Visit): Promise<void> {
    plateId += 1;
    const picture = await readPicture(picturesDir, visit);
    const snapshot = { visit, plateId, atMs: Date.now(), picture };
    for (let nth = 1; nth <= pushTries; nth += 1) {
      const result = await camera.see(snapshot, stopped.signal);
      if (isStopped()) return;
      options.onEvent({ kind: 'camera', truck: visit.name, saw: visit.cameraPlate, result });
      if (result === 'taken') return;
      await pauseFor(pushAgainMs, stopped.signal);
    }
  }

  function tick(): void {
    const now = performance.now();
    for (const { kind, visit } of script.tick(now, output.listening())) {
      options.onEvent({ kind, truck: visit.name, plate: visit.vehicle.plate, kg: visit.grossKg });
      if (kind === 'arriving') void views?.show(visit);
      if (kind === 'gone') void views?.show(null);
      if (kind === 'arriving' && (cameraUrl !== null || camera.port !== null || usesBroker)) {
        void photograph(visit);
      }
    }
    const bytes = disturb(continuousFrame(deck.shownKg(now)), fault, chance);
    if (bytes.length > 0) output.write(bytes);
  }

  tick();
  const timer = setInterval(tick, 1000 / framesPerSecond);
  return {
    tcpPort: output.tcpPort,
    send: (name) => {
      const visit = visitByName(name);
      if (visit !== null) script.send(visit);
      return visit !== null;
    },
    release: () => {
      script.release();
    },
    fault: (next) => {
      if (next === 'unplugged') output.unplug();
      else if (fault === 'unplugged') output.plug();
      fault = next;
    },
    setCameraUrl: (url) => {
      cameraUrl = url;
    },
    cameraPort: camera.port,
    viewPort: views?.port ?? null,
    cameraMischief: camera.misbehave,
    idle: () => script.idle(),
    stop: async () => {
      clearInterval(timer);
      stopped.abort();
      await camera.close();
      await views?.close();
      await output.close();
    },
  };
}

function pauseFor(delayMs: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    stopped.addEventListener('abort', done);
  });
}
