import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PushAnswer, PushBrand } from '../camera.ts';
import { oneLine } from '../bytes/text.ts';
import type { Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import { BodyBudget } from './readBody.ts';

const requestTimeoutMs = 15_000;
const headersTimeoutMs = 5000;
/** How often slow senders are looked for. */
const checkMs = 500;
const maxPerMinute = 240;
const mostConnections = 64;
const mostConnectionsOfOne = 8;

export interface PushCamera {
  readonly id: string;
  readonly allowFrom: readonly string[];
  readonly brand: PushBrand;
  readonly onHeard: (heard: Heard) => void;
}

export interface PushListenerDeps {
  readonly cameras: readonly PushCamera[];
  readonly host: string;
  readonly port: number;
  readonly monotonicMs: () => number;
  /** So long a push may take; the usual 15 s unless a test says less. */
  readonly requestTimeoutMs?: number;
}

export interface PushListener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Hears plate pushes on `POST /cameras/ID`, from the configured addresses only. Rejects when it cannot listen. */
export async function listenForPushes(deps: PushListenerDeps): Promise<PushListener> {
  const timeoutMs = deps.requestTimeoutMs ?? requestTimeoutMs;
  const rate = new Map<string, number[]>();
  const budget = new BodyBudget();
  const server = createServer(
    { connectionsCheckingInterval: checkMs, requestTimeout: timeoutMs, keepAliveTimeout: 2000 },
    (request, response) => {
      void hear(request, response).catch(() => {
        request.destroy();
      });
    },
  );
  server.headersTimeout = Math.min(headersTimeoutMs, timeoutMs);
  server.maxConnections = mostConnections;
  server.on('clientError', (problem: NodeJS.ErrnoException, socket) => {
    socket.destroy();
    // What is no HTTP at all; slow and broken senders are counted where their body is read.
    if (problem.code?.startsWith('HPE_') !== true) return;
    const from = addressOf(socket);
    const camera = deps.cameras.find(({ allowFrom }) => allowFrom.includes(from));
    camera?.onHeard(bad('bad-frame', problem.code));
  });
  limitEach(server);

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = /^\/cameras\/([a-z0-9-]{1,32})\/?$/.exec(request.url?.split('?', 1)[0] ?? '')?.[1];
    const camera = deps.cameras.find((candidate) => candidate.id === id);
    if (request.method !== 'POST' || camera === undefined) {
      refuse(request, response, 404);
      return;
    }
    const refused = (status: number, heard: Heard): void => {
      refuse(request, response, status);
      camera.onHeard(heard);
    };
    const from = addressOf(request.socket);
    if (!camera.allowFrom.includes(from)) {
      refused(403, bad('wrong-sender', from));
      return;
    }
    if (tooMany(camera.id)) {
      refused(429, bad('too-many'));
      return;
    }
    // Nothing here may unpack into more than was sent.
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      refused(415, bad('compressed', oneLine(encoding, 20)));
      return;
    }
    const read = await budget.read(request);
    if (!read.ok) {
      refused(read.error === 'too-large' ? 413 : 400, bad(read.error));
      return;
    }
    const heard = camera.brand.read({
      contentType: (request.headers['content-type'] ?? '').slice(0, 400),
      body: read.value,
    });
    // The answer comes before the work: a camera that waits would fall behind the queue of trucks.
    reply(response, camera.brand.answer(heard));
    camera.onHeard(heard);
  }

  function tooMany(cameraId: string): boolean {
    const now = deps.monotonicMs();
    const recent = (rate.get(cameraId) ?? []).filter((atMs) => now - atMs < 60_000);
    if (recent.length >= maxPerMinute) return true;
    rate.set(cameraId, [...recent, now]);
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

/** One sender that opens connection after connection leaves room for the others. */
function limitEach(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const from = addressOf(socket);
    const before = open.get(from) ?? 0;
    if (before >= mostConnectionsOfOne) {
      socket.destroy();
      return;
    }
    open.set(from, before + 1);
    socket.on('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left === 0) open.delete(from);
      else open.set(from, left);
    });
  });
}

function addressOf(socket: Duplex): string {
  // Over HTTP it always is one.
  return ((socket instanceof Socket ? socket.remoteAddress : undefined) ?? '').replace(/^::ffff:/, '');
}

/** With a length and whole, never in chunks: 华夏智信 reads no other. */
function reply(response: ServerResponse, { status, contentType, body }: PushAnswer): void {
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length }).end(bytes);
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end(() => {
    request.destroy();
  });
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
