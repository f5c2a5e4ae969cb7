import { afterEach, describe, expect, it } from 'vitest';
import { systemTimers } from '../../native/city/timers.ts';
import { runFfmpeg, withLogin } from '../../native/live/ffmpeg.ts';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg, truckJpeg } from '../support/jpegServer.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function yardWithCamera(more: object = {}): Promise<{ yard: TestYard; camera: JpegServer }> {
  const camera = await serveJpeg();
  closers.push(camera.close);
  const yard = await openYard((settings) => {
    settings.cameras = [
      {
        id: 'side',
        kind: 'picture',
        label: '车身',
        view: 'side',
        picture: { host: '127.0.0.1', port: camera.port, path: '/snap' },
        ...more,
      },
    ];
  });
  closers.push(yard.close);
  return { yard, camera };
}

describe('a camera that only gives pictures', () => {
  it('is in the record of every weighing with its own bytes', async () => {
    const { yard } = await yardWithCamera();
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    const { number } = await save(yard);
    await yard.station.desk.snapshots?.idle();
    const detail = await yard.screen.call('passages.detail', { number });
    expect(detail.ok && detail.value.shots).toMatchObject([{ camera: 'side', view: 'side', missed: null }]);
    const sha256 = detail.ok ? (detail.value.shots?.[0]?.sha256 ?? '') : '';
    const got = await yard.screen.call('picture.get', { sha256 });
    expect(got.ok && Buffer.from(got.value.base64, 'base64').equals(truckJpeg)).toBe(true);
  });

  it.each([
    ['a web page', { status: 200, type: 'text/html', body: Buffer.from('<html>login</html>') }, 'web page'],
    ['half a picture', { status: 200, type: 'image/jpeg', body: truckJpeg.subarray(0, 5000) }, 'cut off'],
    ['an error', { status: 503, type: 'text/plain', body: Buffer.from('busy') }, '503'],
  ])('that answers with %s is missed, and the truck is weighed all the same', async (_, answer, why) => {
    const { yard, camera } = await yardWithCamera();
    camera.answer = answer;
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    const { number, outcome } = await save(yard);
    expect(outcome).toBe('allow');
    await yard.station.desk.snapshots?.idle();
    const detail = await yard.screen.call('passages.detail', { number });
    const shot = detail.ok ? detail.value.shots?.[0] : undefined;
    expect(shot?.sha256).toBeNull();
    expect(shot?.missed).toContain(why);
  });

  it('is shown live while somebody looks, and left alone when nobody does', async () => {
    const { yard, camera } = await yardWithCamera();
    expect(yard.screen.view?.live).toEqual([{ camera: 'side', label: '车身', view: 'side' }]);
    expect(camera.asked()).toBe(0);
    let afterMs = 0;
    for (let nth = 0; nth < 3; nth += 1) {
      const next = await yard.screen.call('live.next', { camera: 'side', afterMs });
      expect(next.ok && Buffer.from(next.value.base64, 'base64').equals(truckJpeg)).toBe(true);
      if (next.ok) {
        expect(next.value.atMs).toBeGreaterThan(afterMs);
        afterMs = next.value.atMs;
      }
    }
    camera.answer = { status: 500, type: 'text/plain', body: Buffer.from('') };
    const failed = await yard.screen.call('live.next', { camera: 'side', afterMs });
    expect(failed).toMatchObject({ ok: false, error: { code: 'no-picture' } });
    expect(await yard.screen.call('live.next', { camera: 'nobody', afterMs: 0 })).toMatchObject({
      ok: false,
      error: { code: 'no-picture' },
    });
  });

  it('gives a picture on the spot to whoever sets it up', async () => {
    const { yard, camera } = await yardWithCamera();
    const tried = await yard.screen.call('camera.try', { id: 'side' });
    expect(tried.ok && Buffer.from(tried.value.base64, 'base64').equals(truckJpeg)).toBe(true);
    camera.answer = { status: 404, type: 'text/plain', body: Buffer.from('') };
    expect(await yard.screen.call('camera.try', { id: 'side' })).toMatchObject({
      ok: false,
      error: { code: 'no-picture', detail: 'HTTP 404' },
    });
    const listed = await yard.screen.call('cameras.list', {});
    expect(listed.ok && listed.value.cameras).toMatchObject([
      { id: 'side', kind: 'picture', pictures: true },
    ]);
  });

  it('set wrongly is refused by the name of its field, and nothing is saved', async () => {
    const { yard } = await yardWithCamera();
    const saved = await yard.screen.call('cameras.save', {
      cameras: [{ id: 'side', kind: 'picture', picture: { host: 'http://x', path: 'snap' } }],
    });
    expect(saved.ok && saved.value.problems.map(({ field }) => field)).toEqual([
      '0.picture.host',
      '0.picture.path',
    ]);
  });
});

describe('a fluent view through ffmpeg', () => {
  it('reads the address from its standard input and gives whole pictures', async () => {
    const camera = await serveJpeg();
    closers.push(camera.close);
    const frame = await new Promise<Uint8Array>((resolve, reject) => {
      const source = runFfmpeg(
        '/usr/bin/ffmpeg',
        `http://127.0.0.1:${String(camera.port)}/stream.jpg`,
        {
          onFrame: resolve,
          onEnd: ({ problem }) => {
            reject(new Error(problem));
          },
        },
        systemTimers,
      );
      closers.push(source.close);
    });
    expect([frame[0], frame[1], frame.at(-2), frame.at(-1)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    expect(frame.length).toBeGreaterThan(1000);
  });

  it('puts the login into the address, however it is spelt', () => {
    expect(withLogin('rtsp://192.168.1.64:554/live', { user: 'admin', password: 'p@ss/word:1' })).toBe(
      'rtsp://admin:p%40ss%2Fword%3A1@192.168.1.64:554/live',
    );
    expect(withLogin('rtsp://192.168.1.64/live', null)).toBe('rtsp://192.168.1.64/live');
  });
});
