import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heard } from '../heard.ts';
import { hikvisionPush } from '../hikvision/push.ts';
import { huaxiaPush } from '../huaxia/push.ts';
import { jsonPush } from '../json/push.ts';
import { testJpeg } from '../testJpeg.ts';
import { vzenithPush } from '../vzenith/push.ts';
import type { PushListener } from './pushListener.ts';
import { listenForPushes } from './pushListener.ts';

const brands = { vzenith: vzenithPush, hikvision: hikvisionPush, huaxia: huaxiaPush, json: jsonPush };
type Brand = keyof typeof brands;

let listener: PushListener | null = null;
let heard: { readonly id: string; readonly what: Heard }[] = [];
let sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await listener?.close();
  listener = null;
});

async function open(requestTimeoutMs?: number): Promise<number> {
  heard = [];
  listener = await listenForPushes({
    host: '127.0.0.1',
    port: 0,
    monotonicMs: () => 0,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    cameras: [
      ...Object.entries(brands).map(([id, brand]) => ({
        id,
        brand,
        allowFrom: ['127.0.0.1'],
        onHeard: (what: Heard) => heard.push({ id, what }),
      })),
      {
        id: 'elsewhere',
        brand: jsonPush,
        allowFrom: ['10.0.0.9'],
        onHeard: (what: Heard) => heard.push({ id: 'elsewhere', what }),
      },
    ],
  });
  return listener.port;
}

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

function push(
  port: number,
  to: string,
  body: Uint8Array | string,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Answer | string> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: `/cameras/${to}`, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
      });
      answer.on('error', () => {
        resolve('broken off');
      });
    });
    asked.on('error', (problem: NodeJS.ErrnoException) => {
      resolve(problem.code ?? 'error');
    });
    asked.end(body);
  });
}

const good = JSON.stringify({ eventId: '1', plate: '晋C12845', colour: 'yellow' });

/** The next truck is heard whatever came before it. */
async function stillHears(port: number): Promise<void> {
  expect(await push(port, 'json', good)).toMatchObject({ status: 200 });
  expect(heard.at(-1)).toMatchObject({ id: 'json', what: { kind: 'plate' } });
}

const cut = testJpeg().subarray(0, 200);
const form = (xml: string, picture: Buffer, boundary = 'B', twice = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`${twice}--${boundary}\r\nContent-Type: application/xml\r\n\r\n${xml}\r\n`),
    Buffer.from(`--${boundary}\r\nContent-Type: image/jpeg\r\n\r\n`),
    picture,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
const alert =
  '<EventNotificationAlert><eventType>ANPR</eventType><ANPR><licensePlate>晋C12845</licensePlate></ANPR></EventNotificationAlert>';
const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY b${n} "&a;&a;">`).join('')}]><l>&b29;</l>`;
const multipart = { 'content-type': 'multipart/form-data; boundary=B' };

describe('what a camera may send wrong is one fault, and the next truck is heard', () => {
  it.each<[string, Brand, Uint8Array | string, Record<string, string>, Partial<Heard>]>([
    ['a web page', 'vzenith', '<!doctype html><html>', {}, { kind: 'bad', fault: 'html-answer' }],
    ['a web page to Hikvision', 'hikvision', '<html></html>', {}, { kind: 'bad', fault: 'html-answer' }],
    [
      'billion laughs',
      'hikvision',
      form(laughs, cut),
      multipart,
      { kind: 'bad', fault: 'xml-with-entities' },
    ],
    ['no parts', 'hikvision', 'hello', multipart, { kind: 'bad', fault: 'not-multipart' }],
    ['nothing', 'hikvision', '', multipart, { kind: 'bad', fault: 'not-multipart' }],
    ['a form of nothing', 'huaxia', '', {}, { kind: 'bad', fault: 'not-a-form' }],
    [
      'bytes of no charset',
      'json',
      Uint8Array.of(0xff, 0xff, 0xff),
      {},
      { kind: 'bad', fault: 'bad-charset' },
    ],
    ['half an object', 'vzenith', '{"AlarmInfoPlate":', {}, { kind: 'bad', fault: 'not-json' }],
  ])('%s', async (_, to, body, headers, fault) => {
    const port = await open();
    await push(port, to, body, headers);
    expect(heard).toHaveLength(1);
    expect(heard[0]!.what).toMatchObject(fault);
    await stillHears(port);
  });

  it.each([
    ['the boundary twice', form(alert, testJpeg(), 'B', '--B\r\n'), multipart, 1],
    [
      'another boundary than named',
      form(alert, testJpeg(), 'X'),
      { 'content-type': 'multipart/form-data' },
      1,
    ],
    ['a picture cut off', form(alert, cut), multipart, 0],
  ] as const)('%s is a plate all the same', async (_, body, headers, pictures) => {
    const port = await open();
    await push(port, 'hikvision', body, headers);
    expect(heard).toMatchObject([
      {
        what: {
          kind: 'plate',
          event: { plate: { text: '晋C12845' } },
          flaws: pictures === 0 ? ['bad-picture'] : [],
        },
      },
    ]);
    await stillHears(port);
  });

  it('fifty megabytes are refused at the length they state, and again when they state none', async () => {
    const port = await open();
    const much = Buffer.alloc(50 * 1024 * 1024, 0x20);
    // Refused before it is read: the sender sees the answer or a closed connection.
    await push(port, 'vzenith', much);
    expect(heard).toMatchObject([{ what: { kind: 'bad', fault: 'too-large' } }]);
    await push(port, 'vzenith', much, { 'transfer-encoding': 'chunked' });
    expect(heard).toMatchObject([{ what: { fault: 'too-large' } }, { what: { fault: 'too-large' } }]);
    await stillHears(port);
  });

  it('what is no HTTP at all', async () => {
    const port = await open();
    const socket = connect({ port, host: '127.0.0.1' });
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('\u0000\u0001 hello camera\r\n\r\n');
    await expect
      .poll(() => heard, { timeout: 30_000 })
      .toMatchObject([{ what: { kind: 'bad', fault: 'bad-frame' } }]);
    await stillHears(port);
  });

  it('what is packed is never unpacked', async () => {
    const port = await open();
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    expect(await push(port, 'json', bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
    expect(heard).toMatchObject([{ what: { fault: 'compressed' } }]);
    await stillHears(port);
  });

  it('a sender that gives a byte at a time is cut off, and meanwhile others are heard', async () => {
    const port = await open(1000);
    const slow = connect({ port, host: '127.0.0.1' });
    sockets.push(slow);
    slow.on('error', () => undefined);
    slow.write('POST /cameras/json HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => slow.write('x'), 50);
    await stillHears(port);
    await new Promise((resolve) => {
      slow.on('close', resolve);
      slow.resume();
    });
    clearInterval(drip);
    await expect
      .poll(() => heard.at(-1), { timeout: 30_000 })
      .toMatchObject({ what: { kind: 'bad', fault: 'cut-off' } });
    await stillHears(port);
  });

  it('one that opens connection after connection leaves room for its own next plate', async () => {
    const port = await open();
    const closed: Promise<unknown>[] = [];
    for (let count = 0; count < 100; count += 1) {
      const socket = connect({ port, host: '127.0.0.1' });
      sockets.push(socket);
      socket.on('error', () => undefined);
      if (count >= 8) closed.push(new Promise((resolve) => socket.on('close', resolve)));
    }
    await Promise.all(closed);
    sockets[0]!.destroy();
    await expect.poll(() => push(port, 'json', good), { timeout: 30_000 }).toMatchObject({ status: 200 });
  });

  it('more than four plates a second are too many', async () => {
    const port = await open();
    for (let count = 0; count < 240; count += 1) await push(port, 'json', good);
    expect(await push(port, 'json', good)).toMatchObject({ status: 429 });
    expect(heard.at(-1)).toMatchObject({ what: { fault: 'too-many' } });
    // Its own limit: another camera is heard.
    expect(await push(port, 'huaxia', 'type=heartbeat')).toMatchObject({ status: 200 });
  });
});

describe('who is heard', () => {
  it('only the configured address, and the installer reads which one tried', async () => {
    const port = await open();
    expect(await push(port, 'elsewhere', good)).toMatchObject({ status: 403 });
    expect(heard).toEqual([
      { id: 'elsewhere', what: { kind: 'bad', fault: 'wrong-sender', detail: '127.0.0.1' } },
    ]);
  });

  it.each([
    ['nobody', 'POST'],
    ['json/../../etc', 'POST'],
    ['json', 'GET'],
    ['JSON', 'POST'],
  ])('%s %s: 404, and nothing is heard', async (to, method) => {
    const port = await open();
    expect(await push(port, to, method === 'GET' ? '' : good, {}, method)).toMatchObject({ status: 404 });
    expect(heard).toEqual([]);
  });
});

describe('what each brand wants to hear', () => {
  it.each<[Brand, string, RegExp]>([
    ['vzenith', '{}', /"info":"no","content":"retransfer_stop"/],
    ['huaxia', 'type=heartbeat', /^\{"error_num":"0","error_str":"no error"\}$/],
    ['json', good, /^\{"ok":true\}$/],
    ['hikvision', '<a/>', /^$/],
  ])('%s, whole and with its length', async (to, body, reply) => {
    const port = await open();
    const answer = await push(port, to, body);
    if (typeof answer === 'string') throw new Error(answer);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(reply);
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.body)));
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    // No answer of this station ever moves a barrier.
    expect(answer.body).not.toMatch(/"info":"ok"|gpio|ivs_ioctrl|"on"/);
  });

  it('the station’s own push says what is wrong, so that whoever writes a sender can put it right', async () => {
    const port = await open();
    const answer = await push(port, 'json', '{"plate":"晋C12845"}');
    expect(answer).toMatchObject({ status: 400 });
    expect(typeof answer === 'object' && answer.body).toMatch(/eventId/);
  });
});
