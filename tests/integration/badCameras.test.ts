import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { testJpeg } from '../../native/cameras/testJpeg.ts';
import type { CameraRow } from '../../station/contract.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOn, openYard, save, sixAxles } from '../support/yard.ts';

/** What answers where a camera should; given each connection once its question is there. */
let server: Server | null = null;
let yard: TestYard | null = null;
const sockets = new Set<Socket>();

afterEach(async () => {
  await yard?.close();
  for (const socket of sockets) socket.destroy();
  server?.close();
  yard = null;
  server = null;
});

async function answering(answer: (socket: Socket) => void): Promise<number> {
  let answered = false;
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      // Once: what comes of calling again is another matter.
      if (!answered) answer(socket);
      answered = true;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const stream = 'HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=boundary\r\n\r\n';

function part(type: string, body: string | Buffer, length: number | null = Buffer.byteLength(body)): Buffer {
  return Buffer.concat([
    Buffer.from(`--boundary\r\nContent-Type: ${type}\r\n`),
    Buffer.from(length === null ? '\r\n' : `Content-Length: ${String(length)}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n--boundary\r\n'),
  ]);
}

const plate = (text: string): string =>
  '<EventNotificationAlert><eventType>ANPR</eventType><eventState>active</eventState><ANPR>' +
  `<licensePlate>${text}</licensePlate></ANPR><UUID>u-1</UUID><picNum>1</picNum></EventNotificationAlert>`;
const bomb =
  '<!DOCTYPE a [<!ENTITY a "hahahahaha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
  '<EventNotificationAlert><eventType>&b;</eventType></EventNotificationAlert>';
const half = testJpeg(40_000).subarray(0, 20_000);

/** What a camera that is called may answer, the word it is counted under, and whether it stays on the line. */
const answers: readonly (readonly [string, (socket: Socket) => void, string])[] = [
  [
    'a web page',
    (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><html>login</html>'),
    'html-answer',
  ],
  [
    'a bomb of XML',
    (socket) => socket.write(stream + String(part('application/xml', bomb))),
    'xml-with-entities',
  ],
  [
    'half a picture',
    (socket) => {
      socket.write(stream);
      socket.write(Buffer.concat([part('application/xml', plate('晋C83N16')), part('image/jpeg', half)]));
    },
    'bad-picture',
  ],
  [
    'fifty megabytes',
    (socket) => {
      socket.write(stream);
      socket.write(part('image/jpeg', Buffer.alloc(50_000_000, 0x61)));
    },
    'too-large',
  ],
  [
    'bytes of no charset',
    (socket) => {
      socket.write(stream);
      socket.write(part('application/xml', Buffer.from([0x3c, 0xff, 0xfe, 0xfd, 0x80, 0x81])));
    },
    'bad-charset',
  ],
  [
    'something packed',
    (socket) => {
      socket.write(stream);
      socket.write(part('application/xml', gzipSync(Buffer.alloc(30_000_000, 0x3c))));
    },
    'bad-charset',
  ],
];

function pushes(plateRead: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: yard?.station.cameraPort, path: '/cameras/good', method: 'POST' },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify({ eventId: plateRead, plate: plateRead, colour: 'yellow' }));
  });
}

async function badRow(of: TestYard): Promise<CameraRow> {
  const listed = await of.screen.call('cameras.list', {});
  const row = listed.ok ? listed.value.cameras.find(({ id }) => id === 'bad') : undefined;
  if (row === undefined) throw new Error('no such camera');
  return row;
}

async function open(port: number, log: string[]): Promise<TestYard> {
  yard = await openYard(
    (raw) => {
      raw.cameraListener = { host: '127.0.0.1', port: 0 };
      raw.cameras = [
        { id: 'good', kind: 'json-push', allowFrom: ['127.0.0.1'] },
        {
          ...{ id: 'bad', kind: 'hikvision-stream', host: '127.0.0.1', port },
          ...{ user: 'admin', passwordVariable: 'P' },
        },
      ];
    },
    undefined,
    { secret: () => 'x', log: (line) => log.push(line) },
  );
  return yard;
}

describe('a camera that answers', () => {
  it.each(answers)(
    '%s: one line, one counter, and another camera names the truck',
    async (_, answer, fault) => {
      const log: string[] = [];
      const of = await open(await answering(answer), log);
      await expect.poll(async () => (await badRow(of)).faults, { timeout: 30_000 }).toEqual({ [fault]: 1 });
      expect((await badRow(of)).lastError?.what).toContain(fault === 'html-answer' ? 'web page' : fault);
      expect(log.filter((line) => line.startsWith(`camera bad: ${fault}`))).toHaveLength(1);
      of.scale.put(14_000);
      await of.screen.until('on the scale', (view) => view.lane.crossingId !== null);
      expect(await pushes('晋C77777')).toBe(200);
      const named = fault === 'bad-picture' ? /晋C/ : /晋C77777/;
      await of.screen.until('named', (view) => named.test(view.lane.truck?.plate ?? ''));
    },
  );

  it('a byte now and then, and never a head: the truck is weighed meanwhile', async () => {
    const log: string[] = [];
    const timers: NodeJS.Timeout[] = [];
    const port = await answering((socket) => {
      timers.push(setInterval(() => socket.write('H'), 50));
    });
    const of = await open(port, log);
    await driveOn(of, { plate: '晋C12345', kg: 15_600, facts: sixAxles, kind: 'tare' });
    expect(await save(of)).toMatchObject({ number: 1 });
    for (const timer of timers) clearInterval(timer);
    expect((await badRow(of)).counts.plates).toBe(0);
  });
});
