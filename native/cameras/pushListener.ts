import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CameraSettings } from '../settings.ts';
import type { PlateEvent } from './vzenithPush.ts';
import { parseVzenithPush, pushReply } from './vzenithPush.ts';

const maxBodyBytes = 12 * 1024 * 1024;
const bodyTimeoutMs = 15_000;
const remembered = 2000;
const maxPerMinute = 240;

export interface CameraHeard {
  readonly cameraId: string;
  readonly event: PlateEvent;
}

export interface PushListenerDeps {
  readonly cameras: readonly CameraSettings[];
  readonly host: string;
  readonly port: number;
  readonly onEvent: (heard: CameraHeard) => void;
  /** Something was heard from a camera, or refused; for the device line of the screen. */
  readonly onHeard: (cameraId: string, what: string) => void;
  readonly monotonicMs: () => number;
}

export interface PushListener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Hears plate pushes on `POST /cameras/ID`, from the configured addresses and serial numbers only. */
export async function listenForPushes(deps: PushListenerDeps): Promise<PushListener> {
  const seen = new Set<string>();
  const rate = new Map<string, number[]>();
  const server = createServer((request, response) => {
    void hear(request, response).catch(() => {
      request.destroy();
    });
  });
  server.requestTimeout = bodyTimeoutMs;
  server.headersTimeout = 5000;
  server.maxConnections = 64;

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = /^\/cameras\/([a-z0-9-]{1,32})$/.exec(request.url ?? '')?.[1];
    const camera = deps.cameras.find((candidate) => candidate.id === id);
    const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (request.method !== 'POST' || camera === undefined) {
      refuse(request, response, 404);
      return;
    }
    if (!camera.allowFrom.includes(from)) {
      deps.onHeard(camera.id, `refused sender ${from}`);
      refuse(request, response, 403);
      return;
    }
    if (tooMany(camera.id)) {
      refuse(request, response, 429);
      return;
    }
    const body = await readBody(request);
    if (body === null) {
      deps.onHeard(camera.id, 'push too large or cut off');
      refuse(request, response, 413);
      return;
    }
    // The answer comes before the work: a camera that waits would fall behind the queue of trucks.
    const bytes = Buffer.from(pushReply, 'utf8');
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
      .end(bytes);
    const parsed = parseVzenithPush(body);
    if (!parsed.ok) {
      deps.onHeard(camera.id, parsed.error);
      return;
    }
    const event = parsed.value;
    if (camera.serialNumbers.length > 0 && !camera.serialNumbers.includes(event.serialNumber)) {
      deps.onHeard(camera.id, `refused serial number ${event.serialNumber}`);
      return;
    }
    if (event.eventId !== null && isRepeat(`${event.serialNumber}/${String(event.eventId)}`)) return;
    deps.onHeard(camera.id, 'ok');
    deps.onEvent({ cameraId: camera.id, event });
  }

  function tooMany(cameraId: string): boolean {
    const now = deps.monotonicMs();
    const recent = (rate.get(cameraId) ?? []).filter((atMs) => now - atMs < 60_000);
    if (recent.length >= maxPerMinute) return true;
    rate.set(cameraId, [...recent, now]);
    return false;
  }

  function isRepeat(key: string): boolean {
    if (seen.has(key)) return true;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    return false;
  }

  await listening(server, deps.port, deps.host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end();
  request.destroy();
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBodyBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
