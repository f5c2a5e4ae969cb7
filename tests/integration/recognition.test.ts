import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, emptyScale, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

const pictureOf = (name: string): Buffer =>
  readFileSync(resolve(import.meta.dirname, '../../simulator/pictures', name));
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function yardThatReads(change: (camera: Record<string, unknown>) => void = () => undefined) {
  const camera = await serveJpeg();
  camera.answer = { status: 200, type: 'image/jpeg', body: pictureOf('c83n16.jpg') };
  closers.push(camera.close);
  const side: Record<string, unknown> = {
    id: 'front',
    kind: 'picture',
    recognise: true,
    picture: { host: '127.0.0.1', port: camera.port, path: '/snap' },
  };
  change(side);
  const lines: string[] = [];
  const yard = await openYard(
    (settings) => {
      settings.cameras = [
        side,
        { id: 'entry', kind: 'json-push', allowFrom: ['127.0.0.1'], recognise: true },
      ];
    },
    undefined,
    { log: (line) => lines.push(line) },
  );
  closers.push(yard.close);
  return { yard, camera, lines };
}

async function stands(yard: TestYard, kg = 40_000): Promise<string> {
  await emptyScale(yard);
  yard.scale.put(kg);
  const view = await yard.screen.until('stands', ({ lane }) => lane.stableKg === kg);
  return view.lane.crossingId ?? '';
}

describe('a truck that no camera named', () => {
  it('is read in a picture and offered to a person, who takes it; the record says both', async () => {
    const { yard } = await yardThatReads();
    await yard.screen.call('vehicle.state', {
      plate: '晋C83N16',
      colour: 'yellow',
      facts: sixAxles,
      papers: papersInOrder,
    });
    const crossingId = await stands(yard);
    const view = await yard.screen.until('offered', ({ lane }) => lane.suggestion !== null);
    expect(view.lane.truck).toBeNull();
    expect(view.lane.suggestion).toMatchObject({
      read: '晋C83N16',
      plate: '晋C83N16',
      colour: 'yellow',
      why: ['picture'],
      registered: true,
    });
    expect(view.lane.suggestion?.percent).toBeGreaterThan(80);
    // Not before a person took it.
    const refused = await yard.screen.call('weighing.save', { crossingId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'plate-missing' } });
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C83N16', colour: 'yellow' });
    await yard.screen.until('named', ({ lane }) => lane.phase === 'identified');
    const { number } = await save(yard);
    const detail = await yard.screen.call('passages.detail', { number });
    if (!detail.ok) throw new Error(detail.error.code);
    expect(detail.value.row.plate).toBe('晋C83N16');
    expect(detail.value.moments.find(({ what }) => what === 'read')?.detail).toMatch(/^晋C83N16 \d+%$/);
    const picture = view.lane.suggestion?.picture ?? '';
    expect(detail.value.moments).toContainEqual(
      expect.objectContaining({ what: 'picture', detail: picture }),
    );
    const got = await yard.screen.call('picture.get', { sha256: picture });
    expect(got.ok && Buffer.from(got.value.base64, 'base64').equals(pictureOf('c83n16.jpg'))).toBe(true);
  });

  it('is offered as the register has it, where what was read is only near to it', async () => {
    const { yard } = await yardThatReads();
    await yard.screen.call('vehicle.state', {
      plate: '晋C88N16',
      colour: 'yellow',
      facts: sixAxles,
      papers: papersInOrder,
    });
    await stands(yard);
    const view = await yard.screen.until('offered', ({ lane }) => lane.suggestion !== null);
    expect(view.lane.suggestion).toMatchObject({
      read: '晋C83N16',
      plate: '晋C88N16',
      why: ['picture', 'similar'],
      differs: [3],
    });
  });

  it('is read in the picture of a camera that saw it and could not read it', async () => {
    const { yard } = await yardThatReads((camera) => (camera.recognise = false));
    await pushUnread(yard, pictureOf('c90b20.jpg'));
    await stands(yard);
    const view = await yard.screen.until('offered', ({ lane }) => lane.suggestion !== null);
    expect(view.lane.suggestion?.plate).toBe('晋C90B20');
  });
});

describe('nothing is offered', () => {
  it('of a picture without a plate, of a camera that answers with a web page, and the truck is weighed', async () => {
    const { yard, camera, lines } = await yardThatReads();
    camera.answer = { status: 200, type: 'image/jpeg', body: pictureOf('unread.jpg') };
    const first = await stands(yard);
    await asked(camera, 1);
    await yard.screen.call('plate.enter', { crossingId: first, plate: '晋C12345', colour: 'yellow' });
    await yard.screen.call('kind.choose', { crossingId: first, kind: 'tare' });
    await yard.screen.until('named', ({ lane }) => lane.phase === 'identified');
    await save(yard);
    await driveOff(yard);
    camera.answer = { status: 200, type: 'text/html', body: Buffer.from('<html>login</html>') };
    const before = camera.asked();
    await stands(yard);
    await asked(camera, before + 1);
    expect(yard.screen.view?.lane.suggestion).toBeNull();
    expect(lines.filter((line) => line.includes('no plate can be read'))).toEqual([]);
  });

  it('where nobody asked for it: it is off unless a camera is set to be read', async () => {
    const { yard, camera } = await yardThatReads((each) => delete each.recognise);
    await stands(yard);
    await yard.screen.until('still nobody', ({ lane }) => lane.phase === 'stable' && lane.truck === null);
    expect(camera.asked()).toBe(0);
  });
});

async function asked(camera: JpegServer, times: number): Promise<void> {
  await expect.poll(() => camera.asked(), { timeout: 60_000 }).toBeGreaterThanOrEqual(times);
}

function pushUnread(yard: TestYard, jpeg: Buffer): Promise<number> {
  const body = JSON.stringify({
    eventId: '1',
    plate: null,
    colour: 'other',
    pictures: [{ role: 'full', base64: jpeg.toString('base64') }],
  });
  return new Promise((answered, reject) => {
    const ask = request(
      { host: '127.0.0.1', port: yard.station.cameraPort, path: '/cameras/entry', method: 'POST' },
      (answer) => {
        answer.resume();
        answered(answer.statusCode ?? 0);
      },
    );
    ask.on('error', reject);
    ask.end(body);
  });
}
