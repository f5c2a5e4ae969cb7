import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { SideView } from '../pictures/drawViews.ts';
import { sideViews, viewName } from '../pictures/drawViews.ts';
import type { Visit } from '../trucks.ts';
import type { CameraMischief, Login } from './camera.ts';
import { DigestGuard } from './digestGuard.ts';
import { answerPicture, closeServer, listenOn } from './serve.ts';
import { halfOf } from './vzenithPush.ts';

export interface ViewCameraOptions {
  readonly port: number;
  readonly login: Login;
  readonly picturesDir: string;
}

export interface ViewCamera {
  readonly port: number;
  /** Who stands on the deck; null for nobody. */
  readonly show: (visit: Visit | null) => Promise<void>;
  readonly misbehave: (mischief: CameraMischief) => void;
  readonly failedLogins: () => number;
  readonly close: () => Promise<void>;
}

const framesPerSecond = 5;
const boundary = 'frame';

/** The path of a view's picture, and of its stream (MJPEG). */
export function viewPaths(view: SideView): { readonly picture: string; readonly stream: string } {
  return { picture: `/picture/${view}`, stream: `/stream/${view}` };
}

/** The other cameras of a scale, at one address: rear, side, top and scale house, as single pictures and as MJPEG. */
export async function viewCamera({ port, login, picturesDir }: ViewCameraOptions): Promise<ViewCamera> {
  const guard = new DigestGuard(login, 'MD5');
  const shown = new Map<SideView, Uint8Array>();
  const watching = new Map<ServerResponse, SideView>();
  let mischief: CameraMischief = 'none';

  const server = createServer((request, response) => {
    const view = sideViews.find((each) => Object.values(viewPaths(each)).includes(request.url ?? ''));
    if (!guard.admits(request, response)) return;
    if (view === undefined) response.writeHead(404, { 'Content-Length': 0 }).end();
    else if (mischief === 'silent') return;
    else if (request.url === viewPaths(view).picture) {
      const picture = shown.get(view) ?? null;
      answerPicture(response, mischief === 'cut-picture' ? halfOf(picture) : picture);
    } else {
      response.writeHead(200, { 'Content-Type': `multipart/x-mixed-replace; boundary=${boundary}` });
      watching.set(response, view);
      response.on('close', () => watching.delete(response));
    }
  });
  const listening = await listenOn(server, port);
  const timer = setInterval(() => {
    if (mischief === 'silent') return;
    for (const [response, view] of watching) {
      const picture = shown.get(view);
      if (picture === undefined) continue;
      response.write(
        `--${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${String(picture.length)}\r\n\r\n`,
      );
      response.write(picture);
      response.write('\r\n');
    }
  }, 1000 / framesPerSecond);

  async function show(visit: Visit | null): Promise<void> {
    const truck = visit === null ? null : { plate: visit.vehicle.plate, loaded: visit.loaded };
    await Promise.all(
      sideViews.map(async (view) => {
        // Without its drawings it is a camera that answers 503.
        const picture = await readFile(join(picturesDir, viewName(view, truck))).catch(() => null);
        if (picture === null) shown.delete(view);
        else shown.set(view, picture);
      }),
    );
  }
  await show(null);
  return {
    port: listening,
    show,
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => guard.failed,
    close: async () => {
      clearInterval(timer);
      await closeServer(server);
    },
  };
}
