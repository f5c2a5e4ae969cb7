import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

export const truckJpeg = readFileSync(resolve(import.meta.dirname, '../../simulator/pictures/c4t729.jpg'));

export interface JpegServer {
  readonly port: number;
  /** How often it was asked so far. */
  readonly asked: () => number;
  /** What it gives from now on; null hangs. */
  answer: { readonly status: number; readonly type: string; readonly body: Buffer } | null;
  readonly close: () => Promise<void>;
}

/** A camera that gives one picture to whoever asks. */
export async function serveJpeg(): Promise<JpegServer> {
  let asked = 0;
  const server: Server = createServer((_, response) => {
    asked += 1;
    const { answer } = camera;
    if (answer === null) return;
    response
      .writeHead(answer.status, { 'content-type': answer.type, 'content-length': answer.body.length })
      .end(answer.body);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const camera: JpegServer = {
    port: (server.address() as AddressInfo).port,
    asked: () => asked,
    answer: { status: 200, type: 'image/jpeg', body: truckJpeg },
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
  return camera;
}
