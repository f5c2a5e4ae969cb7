import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readBody } from './body.ts';

const maxPictureBytes = 16 * 1024 * 1024;

/** The pictures stations brought, each under its own hash. */
export class PictureShelf {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  has(sha256: string): boolean {
    return existsSync(this.#path(sha256));
  }

  put(sha256: string, bytes: Uint8Array): void {
    mkdirSync(join(this.#dir, sha256.slice(0, 2)), { recursive: true });
    const part = `${this.#path(sha256)}.${randomUUID()}.part`;
    writeFileSync(part, bytes, { flush: true });
    renameSync(part, this.#path(sha256));
  }

  read(sha256: string): Uint8Array | null {
    return this.has(sha256) ? readFileSync(this.#path(sha256)) : null;
  }

  #path(sha256: string): string {
    return join(this.#dir, sha256.slice(0, 2), `${sha256}.jpg`);
  }
}

/** `PUT` keeps a picture once its bytes have the hash they come under; `GET` gives it back. */
export async function answerPicture(
  shelf: PictureShelf,
  station: string | null,
  sha256: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number): void => {
    response.writeHead(status, { 'content-length': 0 }).end();
  };
  if (station === null || station === '' || station.length > 64) {
    end(404);
    return;
  }
  if (request.method === 'GET') {
    const bytes = shelf.read(sha256);
    if (bytes === null) end(404);
    else
      response
        .writeHead(200, {
          'content-type': 'image/jpeg',
          'content-length': bytes.length,
          'x-content-type-options': 'nosniff',
        })
        .end(bytes);
    return;
  }
  if (request.method !== 'PUT') {
    end(405);
    return;
  }
  const bytes = await readBody(request, maxPictureBytes);
  if (bytes === null) {
    end(413);
    return;
  }
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    end(422);
    return;
  }
  const held = shelf.has(sha256);
  if (!held) shelf.put(sha256, bytes);
  end(held ? 200 : 201);
}
