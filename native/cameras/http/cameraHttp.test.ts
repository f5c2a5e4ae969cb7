import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CameraHttp } from './cameraHttp.ts';
import { CameraLogin } from './login.ts';

let server: Server | null = null;
let asked: IncomingMessage[] = [];

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await Promise.resolve();
  server = null;
});

async function open(answer: RequestListener): Promise<CameraHttp> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const login = new CameraLogin({ user: 'admin', password: 'geheim', monotonicMs: () => 0 });
  const { port } = server.address() as AddressInfo;
  return new CameraHttp({ host: '127.0.0.1', port, login, timeoutMs: 500 });
}

const question = { method: 'GET', path: '/x', signal: new AbortController().signal } as const;
const digest = (more = ''): string => `Digest realm="r", nonce="${Math.random()}", qop="auth"${more}`;

describe('a camera asked over HTTP', () => {
  it('that always calls the nonce too old is asked three times and then not for an hour', async () => {
    const http = await open((_, response) => {
      response.writeHead(401, { 'WWW-Authenticate': digest(', stale=TRUE') }).end();
    });
    expect(await http.fetch(question, 1000)).toMatchObject({ ok: false, error: { kind: 'login-refused' } });
    expect(asked).toHaveLength(3);
    expect(await http.fetch(question, 1000)).toMatchObject({ ok: false, error: { kind: 'login-refused' } });
    expect(asked).toHaveLength(3);
  });

  it('that refuses the login hears it once', async () => {
    const http = await open((_, response) => {
      response.writeHead(401, { 'WWW-Authenticate': digest() }).end();
    });
    for (let nth = 0; nth < 5; nth += 1) await http.fetch(question, 1000);
    expect(asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true]);
  });

  it('that offers only Basic is never sent the password', async () => {
    const http = await open((_, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    const answer = await http.fetch(question, 1000);
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: 'failed', detail: expect.stringContaining('no Digest') as string },
    });
    expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it('that sends elsewhere is not followed', async () => {
    const http = await open((request, response) => {
      response.writeHead(302, { Location: `http://${String(request.headers.host)}/other` }).end();
    });
    expect(await http.fetch(question, 1000)).toMatchObject({ error: { detail: 'HTTP 302' } });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['never answers', () => undefined, /no answer in time/],
    ['breaks off', (request) => request.socket.destroy(), /ECONNRESET/],
    ['answers more than asked for', (_, response) => response.end(Buffer.alloc(5000)), /too large/],
    [
      'never ends its answer',
      (_, response) => {
        response.write('x');
      },
      /too large or cut off/,
    ],
    [
      'ends before its length',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('x', () => response.destroy());
      },
      /cut off/,
    ],
  ])('%s: a failure in words', async (_, answer, words) => {
    const http = await open(answer);
    const read = await http.fetch(question, 1000);
    expect(read.ok ? '' : JSON.stringify(read.error)).toMatch(words);
  });

  it('answers several questions with one nonce, counted', async () => {
    const http = await open((request, response) => {
      const nc = /nc=(\d+)/.exec(request.headers.authorization ?? '')?.[1];
      if (nc === undefined)
        response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end();
      else response.end(nc);
    });
    const counts: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      const read = await http.fetch(question, 1000);
      counts.push(read.ok ? read.value.body.toString() : 'refused');
    }
    expect(counts).toEqual(['00000001', '00000002', '00000003']);
    expect(asked).toHaveLength(4);
  });
});
