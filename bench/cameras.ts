/** How soon a plate is on the screen, by protocol; and what reading the bytes costs. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readCapture } from '../native/cameras/readCapture.ts';
import { suggestPlate } from '../station/vehicles/suggestPlate.ts';
import { cameraKinds } from '../simulator/cameras/camera.ts';
import { anprXml, hikvisionForm } from '../simulator/cameras/hikvision.ts';
import { alarmInfoPlate } from '../simulator/cameras/vzenithPush.ts';
import { visitByName } from '../simulator/trucks.ts';
import { openCameraYard, picture } from '../tests/support/cameraYard.ts';
import { percentile, report } from './figures.ts';

const trucks = 60;
/** Not counted: code that is run for the first time. */
const warmUp = 5;
const kg = 46_640;

/** As many bytes as a push with its picture, over a bare socket and one byte back, ms. */
async function benchEcho(): Promise<readonly number[]> {
  const bytes = Buffer.alloc(Math.ceil((picture.length * 4) / 3) + 1000);
  const server = createServer((socket) => {
    let size = 0;
    socket.on('data', (chunk) => {
      size += chunk.length;
      if (size < bytes.length) return;
      size = 0;
      socket.write('x');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const times: number[] = [];
  for (let nth = 0; nth < warmUp + trucks; nth += 1) {
    const startMs = performance.now();
    const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    socket.write(bytes);
    await once(socket, 'data');
    times.push(performance.now() - startMs);
    socket.destroy();
  }
  server.close();
  return times.slice(warmUp);
}

/** From the camera's first byte to the plate on the view, its picture on the disk, ms. */
async function benchToView(kind: (typeof cameraKinds)[number]): Promise<readonly number[]> {
  const yard = await openCameraYard(kind);
  const { screen, scale } = yard;
  await screen.until('open', ({ devices }) =>
    devices.some(
      ({ kind: device, state }) => device === 'camera' && (state === 'ok' || yard.camera.port === null),
    ),
  );
  const times: number[] = [];
  while (times.length < warmUp + trucks) {
    await screen.until('empty', ({ lane }, weight) => lane.phase === 'zero' && weight.kind === 'live');
    scale.put(kg);
    await screen.until('on the scale', ({ lane }) => lane.crossingId !== null);
    // No two pictures alike, so that each is written: a few bytes after the end, as some cameras leave them.
    const own = Buffer.concat([picture, randomBytes(16)]);
    const startMs = performance.now();
    // One brand tells whole seconds only, and one plate once in each; behind, it would be of the truck before.
    const atMs = Date.now() + times.length * 1000;
    const told = await yard.sees('legal', { picture: own, atMs });
    if (told === 'taken') {
      await screen.until('plate', ({ lane }) => lane.truck !== null && lane.truck.pictureSha256.length > 0);
      times.push(performance.now() - startMs);
    }
    scale.put(0);
  }
  await yard.close();
  return times.slice(warmUp);
}

function ms(times: readonly number[], p: number): string {
  return `${percentile(times, p).toFixed(1)} ms`;
}

/** Seconds one run takes, over enough of them to tell. */
function timed(run: () => void): number {
  const runs = 200;
  for (let nth = 0; nth < 20; nth += 1) run();
  const startMs = performance.now();
  for (let nth = 0; nth < runs; nth += 1) run();
  return (performance.now() - startMs) / runs;
}

function benchReading(): void {
  const visit = visitByName('legal');
  if (visit === null) throw new Error('no such truck');
  const snapshot = { visit, plateId: 1, atMs: Date.now(), picture };
  const xml = Buffer.from(anprXml(snapshot, 1));
  const part = (type: string, body: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`--boundary\r\nContent-Type: ${type}\r\nContent-Length: ${String(body.length)}\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ]);
  const cases = [
    ['vzenith-push', Buffer.from(alarmInfoPlate(snapshot))],
    ['hikvision-push', hikvisionForm(snapshot, 'none').body],
    ['hikvision-stream', Buffer.concat([part('application/xml', xml), part('image/jpeg', picture)])],
  ] as const;
  for (const [kind, bytes] of cases) {
    const own = timed(() => readCapture(kind, bytes));
    const hash = timed(() => createHash('sha256').update(bytes).digest());
    const rate = (each: number): string => `${(bytes.length / 1000 / each).toFixed(0)} MB/s`;
    report(`read ${kind} against its SHA-256`, rate(own), rate(hash), own / hash);
  }
}

/** The plate that was meant among twenty thousand; against walking once through their names. */
function benchSuggestion(): void {
  const known = Array.from({ length: 20_000 }, (_, nth) => ({
    plate: `晋C${String(nth).padStart(5, '0')}`,
    colour: 'yellow' as const,
    trailerPlate: null,
  }));
  const read = { text: '晋C1Z3B5', colour: 'yellow' as const, characterPercents: [] };
  const own = timed(() => suggestPlate({ read, rearPlate: null, known, inYard: () => false }));
  const walk = timed(() => known.filter(({ plate }) => plate === read.text));
  report('suggest among 20,000 plates', `${own.toFixed(2)} ms`, `${walk.toFixed(2)} ms`, own / walk);
}

export async function benchCameras(): Promise<void> {
  const echo = await benchEcho();
  for (const kind of cameraKinds) {
    const times = await benchToView(kind);
    for (const [name, p] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      report(
        `${kind} to the plate on the view, ${name}`,
        ms(times, p),
        ms(echo, p),
        percentile(times, p) / percentile(echo, p),
      );
    }
  }
  benchReading();
  benchSuggestion();
}
