import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { CameraKind, CameraMischief, Login, SimulatedCamera } from './camera.ts';
import { DigestGuard } from './digestGuard.ts';
import { answerPicture, closeServer, listenOn } from './serve.ts';
import { halfOf } from './vzenithPush.ts';
import type { Snapshot } from './snapshot.ts';

export interface StreamedPart {
  readonly type: string;
  readonly body: Uint8Array;
}

export interface StreamCameraOptions {
  readonly kind: CameraKind;
  readonly port: number;
  readonly login: Login;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly boundary: string;
  readonly contentType: string;
  readonly heartbeatMs: number;
  /** Whether this is the question that is answered with the stream. */
  readonly isStream: (url: string) => boolean;
  /** Where one picture is to be had: of the truck it saw last. */
  readonly picturePath: string;
  /** What is answered at once, by its question. */
  readonly answers?: Readonly<Record<string, StreamedPart>>;
  readonly heartbeat: (url: string) => StreamedPart;
  readonly parts: (snapshot: Snapshot, mischief: CameraMischief, url: string) => readonly StreamedPart[];
}

/** A camera that answers one question for ever, part after part. */
export async function streamCamera(options: StreamCameraOptions): Promise<SimulatedCamera> {
  const { kind, boundary, contentType, heartbeatMs } = options;
  const guard = new DigestGuard(options.login, options.algorithm);
  const listeners = new Map<ServerResponse, string>();
  let mischief: CameraMischief = 'none';
  let seen: Uint8Array | null = null;

  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    if (!guard.admits(request, response)) return;
    if (url === options.picturePath) {
      answerPicture(response, mischief === 'cut-picture' ? halfOf(seen) : seen);
      return;
    }
    const told = options.answers?.[url];
    if (told !== undefined) {
      response.writeHead(200, { 'Content-Type': told.type, 'Content-Length': told.body.length });
      response.end(told.body);
      return;
    }
    if (!options.isStream(url)) {
      response.writeHead(404, { 'Content-Length': 0 }).end();
      return;
    }
    const named = mischief === 'no-boundary-named' ? '' : `; boundary=${boundary}`;
    response.writeHead(200, { 'Content-Type': `${contentType}${named}` });
    response.flushHeaders();
    listeners.set(response, url);
    response.on('close', () => listeners.delete(response));
    if (mischief !== 'silent') response.write(framed(options.heartbeat(url)));
  });
  const port = await listenOn(server, options.port);
  const beat = setInterval(() => {
    if (mischief === 'silent') return;
    for (const [listener, url] of listeners) listener.write(framed(options.heartbeat(url)));
  }, heartbeatMs);

  function framed({ type, body }: StreamedPart): Buffer {
    const length = mischief === 'length-zero' && !type.startsWith('image/') ? 0 : body.length;
    const line = `--${boundary}\r\n`;
    return Buffer.concat([
      Buffer.from(
        `${mischief === 'doubled-boundary' ? line : ''}${line}Content-Type: ${type}\r\n` +
          `Content-Length: ${String(length)}\r\n\r\n`,
      ),
      body,
      Buffer.from('\r\n'),
    ]);
  }

  return {
    kind,
    port,
    see: (snapshot) => {
      seen = snapshot.picture;
      if (listeners.size === 0) return Promise.resolve('nobody listens');
      for (const [listener, url] of listeners) {
        const bytes = Buffer.concat(options.parts(snapshot, mischief, url).map(framed));
        if (mischief === 'cut-stream') {
          listener.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => listener.destroy());
        } else if (mischief !== 'silent') listener.write(bytes);
      }
      return Promise.resolve('taken');
    },
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => guard.failed,
    restart: () => {
      guard.renew();
      for (const listener of listeners.keys()) listener.destroy();
    },
    close: async () => {
      clearInterval(beat);
      await closeServer(server);
    },
  };
}
