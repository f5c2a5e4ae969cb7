import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
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

/** A camera that takes one user's answers, each nonce count once and in rising order. */
function strict(response: (answered: string) => boolean): RequestListener {
  let last = 0;
  return (request, answer) => {
    const given = request.headers.authorization ?? '';
    const nc = parseInt(/nc=([0-9a-f]{8})/.exec(given)?.[1] ?? '0', 16);
    if (nc > last && response(given)) {
      last = nc;
      answer.end('ok');
    } else {
      answer.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="of the day", qop="auth"' }).end();
    }
  };
}

const many = Array.from({ length: 8 }, (_, nth) => nth);

describe('a camera asked by several at once', () => {
  it('is sent a wrong password once, however many ask', async () => {
    let tried = 0;
    const http = await open(
      strict(() => {
        tried += 1;
        return false;
      }),
    );
    const answers = await Promise.all(many.map(() => http.fetch(question, 1000)));
    expect(answers.every((each) => !each.ok && each.error.kind === 'login-refused')).toBe(true);
    expect(tried).toBe(1);
  });

  it('answers all of them, though it keeps one nonce and hears each count once', async () => {
    const http = await open(strict(() => true));
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(many.map(() => http.fetch(question, 1000)));
      expect(answers.map((each) => each.ok)).toEqual(many.map(() => true));
    }
  });

  it('and that makes its nonce anew for every question answers all of them', async () => {
    let nonce = 0;
    const http = await open((request, answer) => {
      const given = /nonce="(\d+)"/.exec(request.headers.authorization ?? '')?.[1];
      if (given === String(nonce)) return void answer.end('ok');
      nonce += 1;
      answer.writeHead(401, { 'WWW-Authenticate': `Digest realm="r", nonce="${String(nonce)}", qop="auth"` });
      answer.end();
    });
    const answers = await Promise.all(many.map(() => http.fetch(question, 1000)));
    expect(answers.map((each) => each.ok)).toEqual(many.map(() => true));
  });

  it('and that holds one nonce, makes it anew at every 401 and never calls it too old, answers all of them', async () => {
    const held: (() => void)[] = [];
    const bystanders: (() => void)[] = [];
    let nonce = 1;
    let expired = false;
    const refuse = (answer: ServerResponse): void => {
      nonce += 1;
      answer.writeHead(401, { 'WWW-Authenticate': `Digest realm="r", nonce="${String(nonce)}", qop="auth"` });
      answer.end();
    };
    const http = await open((request, answer) => {
      const given = /nonce="(\d+)"/.exec(request.headers.authorization ?? '')?.[1];
      if (!expired) {
        if (given === String(nonce)) answer.end('ok');
        else refuse(answer);
        return;
      }
      // Two come with the nonce of before; the second hears so only after the first has answered its new one.
      if (given === '2') {
        if (
          held.push(() => {
            refuse(answer);
          }) === 2
        )
          held[0]?.();
      } else if (bystanders.length === 0 && given === '3') {
        bystanders.push(() => {
          refuse(answer);
        });
        held[1]?.();
        setImmediate(() => bystanders[0]?.());
      } else if (given === String(nonce)) answer.end('ok');
      else refuse(answer);
    });
    expect((await http.fetch(question, 1000)).ok).toBe(true);
    expired = true;
    const answers = await Promise.all([http.fetch(question, 1000), http.fetch(question, 1000)]);
    expect(answers.map((each) => each.ok)).toEqual([true, true]);
  });

  it('whose password was changed hears the old one twice at most, however it makes its nonces', async () => {
    let right = true;
    const http = await open((request, answer) => {
      if (right && request.headers.authorization !== undefined) return void answer.end('ok');
      answer.writeHead(401, { 'WWW-Authenticate': digest() }).end();
    });
    expect((await http.fetch(question, 1000)).ok).toBe(true);
    right = false;
    asked = [];
    for (let nth = 0; nth < 5; nth += 1) {
      const answer = await http.fetch(question, 1000);
      expect(answer).toMatchObject({ ok: false, error: { kind: 'login-refused' } });
    }
    // The first came with the nonce of before.
    expect(asked).toHaveLength(3);
  });

  it('keeps nobody waiting who gave up', async () => {
    const http = await open(() => undefined);
    const first = http.fetch(question, 1000);
    const gaveUp = await http.fetch({ ...question, signal: AbortSignal.abort() }, 1000);
    expect(gaveUp.ok).toBe(false);
    await first;
  });
});

describe('a camera asked over HTTP', () => {
  it('that names its next nonce is answered with that', async () => {
    const http = await open((request, response) => {
      const nonce = /nonce="(\w+)"/.exec(request.headers.authorization ?? '')?.[1];
      if (nonce === undefined)
        response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n1", qop="auth"' }).end();
      else response.writeHead(200, { 'Authentication-Info': 'qop=auth, nextnonce="n2"' }).end(nonce);
    });
    const first = await http.fetch(question, 1000);
    const second = await http.fetch(question, 1000);
    expect([first, second].map((read) => (read.ok ? read.value.body.toString() : ''))).toEqual(['n1', 'n2']);
    expect(asked).toHaveLength(3);
  });

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
