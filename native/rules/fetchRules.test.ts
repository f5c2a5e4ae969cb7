import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../station/result.ts';
import { fetchRules, watchRules } from './fetchRules.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closers.splice(0)) close();
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

async function platform(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    answer(response, request);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const says =
  (body: string, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { location: '/elsewhere' }).end(body);
  };

describe('what a platform may answer', () => {
  it('its rule files, under its own address, with the token', async () => {
    const seen: (string | undefined)[] = [];
    const baseUrl = await platform((response, { url, headers }) => {
      seen.push(url, headers.authorization);
      response.end('{"files":["a","b"],"more":1}');
    });
    expect(await fetchRules({ baseUrl: `${baseUrl}/city/`, token: 't' })).toEqual(ok(['a', 'b']));
    expect(seen).toEqual(['/city/v1/rules', 'Bearer t']);
  });

  it.each<readonly [string, Answer]>([
    ['no JSON', says('<html>')],
    ['no list', says('{"files":"a"}')],
    ['something that is no text', says('{"files":[1]}')],
    ['more files than there are rules', says(JSON.stringify({ files: Array<string>(21).fill('') }))],
    ['a file longer than rules can be', says(JSON.stringify({ files: ['x'.repeat(2_000_001)] }))],
    ['an address elsewhere', says('{"files":[]}', 302)],
    ['an error', says('{"files":[]}', 500)],
    ['nothing, closed', (response) => response.destroy()],
    ['half', (response) => response.writeHead(200, { 'content-length': '100' }).write('{"files"')],
    ['nothing, open', () => undefined],
    [
      'bytes without end',
      (response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(' '.repeat(1 << 20))) void 0;
        };
        response.on('drain', more);
        more();
      },
    ],
  ])('%s is no rules, and no exception', async (_what, answer) => {
    const baseUrl = await platform(answer);
    expect(await fetchRules({ baseUrl, token: null, timeoutMs: 1_000 })).toMatchObject({ ok: false });
  });

  it('an address that cannot be asked keeps its password to itself', async () => {
    const said = await fetchRules({ baseUrl: 'http://user:secret@127.0.0.1:1', token: 'bad\ntoken' });
    expect(JSON.stringify(said)).not.toMatch(/secret|token/);
  });
});

describe('the watch', () => {
  it('offers each file once, however often it is asked for, and again where the store would not write', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let asked = 0;
    const baseUrl = await platform((response) => {
      asked += 1;
      response.end('{"files":["good","bad","full","bug"]}');
    });
    const taken: string[] = [];
    const watch = watchRules({ baseUrl, token: null }, (text) => {
      taken.push(text);
      if (text === 'bug') throw new Error('a bug');
      if (text === 'good') return ok(null);
      return err({ code: text === 'full' ? 'store-failed' : 'rules-unsigned', detail: '' });
    });
    closers.push(watch.stop);
    await vi.waitFor(
      () => {
        expect(taken).toEqual(['good', 'bad', 'full', 'bug']);
      },
      { timeout: 30_000 },
    );
    vi.advanceTimersByTime(6 * 3_600_000);
    await vi.waitFor(
      () => {
        expect([asked, taken.slice(4)]).toEqual([2, ['full']]);
      },
      { timeout: 30_000 },
    );
  });

  it('stopped, lets go of a platform that does not answer, and takes nothing more', async () => {
    let closed = false;
    let asked = false;
    const baseUrl = await platform((response) => {
      asked = true;
      response.on('close', () => {
        closed = true;
      });
    });
    const watch = watchRules({ baseUrl, token: null }, () => ok(null));
    await vi.waitFor(
      () => {
        expect(asked).toBe(true);
      },
      { timeout: 30_000 },
    );
    watch.stop();
    await vi.waitFor(
      () => {
        expect(closed).toBe(true);
      },
      { timeout: 30_000 },
    );
  });
});
