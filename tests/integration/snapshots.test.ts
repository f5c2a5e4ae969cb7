import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openStation } from '../../native/host.ts';
import { removeAged } from '../../native/pictures/keepRetention.ts';
import { Settings } from '../../native/settings.ts';
import { SnapshotDesk } from '../../native/snapshots/snapshotDesk.ts';
import type { SnapshotSource } from '../../native/snapshots/takeSnapshots.ts';
import { recordPictures } from '../../native/pictures/recordPictures.ts';
import { answerQuestion } from '../../native/trace/answerQuestion.ts';
import type { PassageDetail, Recheck } from '../../station/contract.ts';
import { ok } from '../../station/result.ts';
import { sees } from '../support/exitGate.ts';
import { truckJpeg } from '../support/jpegServer.ts';
import { runningClock } from '../support/runningClock.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, save, sixAxles } from '../support/yard.ts';

const monthMs = 31 * 24 * 3_600_000;
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function yardWith(...open: Parameters<typeof openYard>): Promise<TestYard> {
  const yard = await openYard(...open);
  closers.push(yard.close);
  return yard;
}

/** A camera of the lane that gives a picture of its own. */
function gives(camera: string, view: SnapshotSource['view']): SnapshotSource {
  let nth = 0;
  return {
    camera,
    view,
    take: () => {
      nth += 1;
      return Promise.resolve(ok(Buffer.concat([truckJpeg, Buffer.from(`${camera} ${String(nth)}`)])));
    },
  };
}

async function weigh(yard: TestYard, plate: string, kind: 'tare' | 'gross' = 'gross'): Promise<number> {
  await driveOn(yard, { plate, kg: kind === 'tare' ? 15_000 : 48_000, facts: sixAxles, kind });
  const { number } = await save(yard);
  await driveOff(yard);
  await yard.station.desk.snapshots?.idle();
  return number;
}

async function detailOf(yard: TestYard, number: number): Promise<PassageDetail> {
  const detail = await yard.screen.call('passages.detail', { number });
  if (!detail.ok) throw new Error(detail.error.code);
  return detail.value;
}

async function checkOf(yard: TestYard, number: number): Promise<Recheck> {
  const around = await yard.screen.call('trace.around', { number });
  if (!around.ok) throw new Error(around.error.code);
  return around.value.check;
}

const pushes = { kind: 'json-push', allowFrom: ['127.0.0.1'] };

describe('a camera of the lane that cannot be asked for a picture', () => {
  it('is written down as such at every weighing, or gives the picture of its own plate of this crossing', async () => {
    const yard = await yardWith(
      (settings) => {
        settings.cameras = [
          { id: 'entry', ...pushes },
          { id: 'tcp', kind: 'vzenith-tcp', host: '127.0.0.1', port: 1, view: 'rear' },
          {
            ...{ id: 'mqtt', kind: 'vzenith-mqtt', host: '127.0.0.1', port: 1, serialNumbers: ['x'] },
            ...{ user: 'u', passwordVariable: 'P', view: 'side' },
          },
          { id: 'exit', ...pushes, place: 'exit' },
        ];
      },
      undefined,
      { secret: () => 'password' },
    );
    await yard.screen.until('view', () => true);
    // None of them has a live picture either.
    expect(yard.screen.view?.live).toEqual([]);
    await driveOn(yard, { plate: '晋C10001', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await sees(yard, 'entry', '晋C10001', { direction: 'approaching' });
    const { number } = await save(yard);
    await yard.station.desk.snapshots?.idle();
    const detail = await detailOf(yard, number);
    const missed = { sha256: null, missed: 'no picture address', origin: 'asked' };
    expect(detail.shots).toMatchObject([
      { camera: 'entry', sha256: detail.pictureSha256[0], missed: null, origin: 'plate-event' },
      { camera: 'tcp', view: 'rear', ...missed },
      { camera: 'mqtt', view: 'side', ...missed },
    ]);
    expect(detail.pictureSha256).toHaveLength(1);
    // How a lane is built is no fault of today.
    expect(yard.station.desk.view().faults.map(({ code }) => code)).not.toContain('pictures-missed');
    await driveOff(yard);
    const next = await weigh(yard, '晋C20002');
    expect((await detailOf(yard, next)).shots?.[0]).toMatchObject({ camera: 'entry', ...missed });
  });

  it('gives the picture of a truck it could not read, while that stands there without a name', async () => {
    const yard = await yardWith((settings) => {
      settings.cameras = [{ id: 'entry', ...pushes }];
    });
    await emptyScale(yard);
    yard.scale.put(40_000);
    const on = await yard.screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await sees(yard, 'entry', null);
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C10001', colour: 'yellow' });
    await yard.screen.call('kind.choose', { crossingId, kind: 'tare' });
    await yard.screen.until('identified', (view) => view.lane.phase === 'identified');
    // What it sees now may be the next one in the queue.
    await sees(yard, 'entry', null);
    const { number } = await save(yard);
    await yard.station.desk.snapshots?.idle();
    const [shot] = (await detailOf(yard, number)).shots ?? [];
    expect(shot).toMatchObject({ camera: 'entry', origin: 'plate-event', missed: null });
    const { db } = yard.station.desk.deps.stores;
    const kept = db.prepare('SELECT sha256 FROM pictures ORDER BY kept_ms').pluck().all();
    expect(kept).toHaveLength(2);
    expect(shot?.sha256).toBe(kept[0]);
  });
});

it('killed between the record and its pictures, the next start writes down that they are missing', async () => {
  const killed = spawnSync(
    process.execPath,
    [resolve(import.meta.dirname, '../support/killedAtSnapshot.ts')],
    { encoding: 'utf8', timeout: 60_000 },
  );
  expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
  const { dir, number } = JSON.parse(killed.stdout) as { dir: string; number: number };
  closers.push(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const settings = Settings.parse({ station: { id: 'YQ-7', name: '阳泉测试煤场' } });
  for (const start of ['first', 'second']) {
    const station = await openStation({ dataDir: dir, settings });
    const detail = await station.desk.handlers['passages.detail']({ number });
    expect(detail.ok && detail.value.shots, start).toMatchObject([
      {
        camera: 'entry',
        view: 'front',
        sha256: null,
        missed: 'the station stopped before it was written down',
      },
    ]);
    const written = station.desk.deps.stores.db
      .prepare(`SELECT count(*) FROM ledger WHERE type = 'pictures-taken'`)
      .pluck()
      .get();
    expect(written).toBe(1);
    await station.close();
  }
});

it('a weight typed by hand has the pictures of what stood there', async () => {
  const yard = await yardWith();
  const { desk } = yard.station;
  desk.snapshots = new SnapshotDesk(desk, [gives('front', 'front')]);
  const put = await yard.screen.call('manual.put', {
    ...{ weighedAtMs: 1, plate: '晋C00009', colour: 'yellow', kind: 'gross', statedKg: 40_000 },
    ...{ source: '手写单', reason: '停电' },
  });
  expect(put.ok).toBe(true);
  await desk.snapshots.idle();
  const listed = await yard.screen.call('manual.list', { limit: 5 });
  const [row] = listed.ok ? listed.value.rows : [];
  expect(row?.shots).toMatchObject([{ camera: 'front', missed: null }]);
  const got = await yard.screen.call('picture.get', { sha256: row?.shots?.[0]?.sha256 ?? '' });
  expect(got.ok).toBe(true);
});

describe('the pictures of the moment of weighing are evidence', () => {
  async function threeCameras(change: Parameters<typeof openYard>[0] = () => undefined) {
    const clock = runningClock();
    const yard = await yardWith((settings) => {
      settings.cameras = [{ id: 'exit', ...pushes, place: 'exit' }];
      settings.papers = { form: 'A4' };
      change(settings);
    }, clock);
    const { desk } = yard.station;
    desk.snapshots = new SnapshotDesk(desk, [gives('cam-front', 'front'), gives('cam-top', 'top')]);
    const tare = await weigh(yard, '晋C83N16', 'tare');
    const gross = await weigh(yard, '晋C83N16');
    await sees(yard, 'exit', '晋C83N16');
    return { yard, desk, clock, tare, gross };
  }

  it('for whoever checks a record: one that is lost makes it doubtful, in the sample and in the figures', async () => {
    const { yard, desk, tare, gross } = await threeCameras();
    expect((await checkOf(yard, gross)).pictures).toEqual({ named: 3, kept: 3, removed: 0 });
    const gone = (await detailOf(yard, tare)).shots?.[1]?.sha256 ?? '';
    rmSync(join(yard.dir, 'pictures', gone.slice(0, 2), `${gone}.jpg`));
    expect((await checkOf(yard, tare)).pictures).toEqual({ named: 2, kept: 1, removed: 0 });
    const sample = await yard.screen.call('inspection.sample', { count: 2, seed: 'x' });
    const doubtful = sample.ok ? sample.value.rows.filter((row) => row.doubtful) : [];
    expect(doubtful.map(({ check }) => check.number)).toEqual([tare]);
    const look = await yard.screen.call('inspection.look', {});
    expect(look.ok && look.value.figures.oldestPicture).toMatchObject({ number: tare, kept: false });
    expect(recordPictures(desk.deps.stores, tare)).toContain(gone);
  });

  it('for the gate ledger, and for a city that asks after the truck', async () => {
    const { yard, desk, gross, tare } = await threeCameras();
    const rows = await yard.screen.call('gate.list', {
      ...{ from: '2020-01-01', to: '2099-12-31', plate: null, fleet: null, emission: null },
      ...{ before: null, limit: 5 },
    });
    const [row] = rows.ok ? rows.value.rows : [];
    expect(row?.missing).not.toContain('pictures');
    const [exit] = (await detailOf(yard, gross)).exits;
    expect(row?.exitPicture).toBe(exit?.pictures[0]);
    expect(row?.entryPicture).toBe((await detailOf(yard, tare)).shots?.[0]?.sha256);
    const question = {
      id: 'q-1',
      by: 'plate',
      text: '晋C83N16',
      atMs: null,
      windowMs: 0,
      near: false,
    } as const;
    const answer = await answerQuestion(desk, question);
    const told = JSON.parse(answer?.answer ?? '{}') as { passages: { number: number; passage: unknown }[] };
    const shots = (await detailOf(yard, gross)).shots?.map(({ camera, sha256 }) => ({ camera, sha256 }));
    expect(told.passages.find(({ number }) => number === gross)).toMatchObject({
      passage: { shots, exits: [{ found: 'slip', pictures: exit?.pictures }] },
      check: { pictures: { named: 3, kept: 3, removed: 0 } },
    });
  });

  it('in the trace report, empty and loaded, each view with its plate, weight, station, time and number', async () => {
    const { yard, gross, tare } = await threeCameras();
    const report = await yard.screen.call('trace.report', { number: gross, print: false });
    if (!report.ok) throw new Error(report.error.detail);
    const pdf = join(yard.dir, 'trace.pdf');
    writeFileSync(pdf, Buffer.from(report.value.base64, 'base64'));
    if (process.env.YUANHENG_SHOTS !== undefined)
      writeFileSync(
        join(process.env.YUANHENG_SHOTS, 'trace-shots.pdf'),
        Buffer.from(report.value.base64, 'base64'),
      );
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    for (const [kind, kg, number] of [
      ['皮重', '15,000', tare],
      ['毛重', '48,000', gross],
    ] as const) {
      expect(text).toContain(`${kind}时照片`);
      expect(text.split(`晋C83N16 ${kind} ${kg} kg`)).toHaveLength(3);
      expect(text).toContain(`YQ-7-${String(number).padStart(8, '0')}`);
    }
    for (const words of ['车头 cam-front', '车顶 cam-top', '阳泉测试煤场', '出口 exit 有装载单'])
      expect(text).toContain(words);
    const images = execFileSync('pdfimages', ['-list', pdf], { encoding: 'utf8' });
    expect(images.match(/jpeg/g)).toHaveLength(5);
  });

  it('until their time is over: what retention took away is accounted for, and makes no record doubtful', async () => {
    const { yard, desk, clock, gross } = await threeCameras((settings) => {
      settings.retention = { pictureMonths: 2, leastPictureMonths: 1, classMonths: { exit: 12 } };
    });
    desk.deps.stores.db.prepare('UPDATE pictures SET kept_ms = kept_ms - ?').run(3 * monthMs);
    yard.scale.put(30_000);
    await yard.screen.until('a truck', (view) => view.lane.crossingId !== null);
    expect(await removeAged(desk, () => false)).toBe('the-rest-waits');
    await driveOff(yard);
    clock.set(24 * monthMs);
    // A clock that jumped is no measure of age.
    await removeAged(desk, () => false);
    expect((await checkOf(yard, gross)).pictures).toEqual({ named: 3, kept: 3, removed: 0 });
    clock.set(-24 * monthMs);
    expect(await removeAged(desk, () => false)).toBe('all');
    // Of the exit they are kept for longer.
    expect((await checkOf(yard, gross)).pictures).toEqual({ named: 3, kept: 1, removed: 2 });
    const sample = await yard.screen.call('inspection.sample', { count: 2, seed: 'x' });
    expect(sample.ok && sample.value.rows.some((row) => row.doubtful)).toBe(false);
    // A list that claims more than the ledger accounts for convinces nobody.
    const exit = (await detailOf(yard, gross)).exits[0]?.pictures[0] ?? '';
    desk.deps.stores.pictures.drop([exit], clock.nowMs());
    await desk.deps.stores.pictures.erase(exit);
    expect((await checkOf(yard, gross)).pictures).toEqual({ named: 3, kept: 0, removed: 2 });
  });
});

describe('a disk that has no room for pictures', () => {
  it('is told early, and the truck is weighed all the same', async () => {
    const yard = await yardWith((settings) => {
      settings.cameras = [{ id: 'entry', ...pushes }];
      settings.retention = { warnBelowGb: 10_000 };
    });
    const { desk } = yard.station;
    desk.snapshots = new SnapshotDesk(desk, [gives('front', 'front')], [{ camera: 'entry', view: 'plate' }]);
    await yard.screen.until('disk low', (view) => view.faults.some(({ code }) => code === 'disk-low'));
    const number = await weigh(yard, '晋C10001');
    expect((await detailOf(yard, number)).shots).toMatchObject([{ camera: 'front', missed: null }, {}]);
    // No room at all: the folder takes nothing any more.
    rmSync(join(yard.dir, 'pictures'), { recursive: true, force: true });
    writeFileSync(join(yard.dir, 'pictures'), '');
    await driveOn(yard, { plate: '晋C20002', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await sees(yard, 'entry', '晋C20002');
    const saved = await save(yard);
    expect(saved.outcome).toBe('allow');
    await desk.snapshots.idle();
    const [shot] = (await detailOf(yard, saved.number)).shots ?? [];
    expect(shot?.missed).toMatch(/^not stored: /);
    await yard.screen.until('said', (view) => view.faults.some(({ code }) => code === 'pictures-not-stored'));
    const papers = await yard.screen.call('passages.detail', { number: saved.number });
    expect(papers.ok && papers.value.papers).toHaveLength(1);
  });
});

it('many old pictures go in small batches, each accounted for before it is gone', async () => {
  const yard = await yardWith((settings) => {
    settings.retention = { pictureMonths: 1, leastPictureMonths: 1 };
  });
  const { desk } = yard.station;
  const { stores } = desk.deps;
  for (let nth = 0; nth < 120; nth += 1) stores.pictures.keep(Buffer.from(`picture ${String(nth)}`));
  stores.db.prepare('UPDATE pictures SET kept_ms = 1').run();
  expect(await removeAged(desk, () => false)).toBe('all');
  const told = stores.db
    .prepare(
      `SELECT json_extract(text, '$.body.pictures') FROM ledger WHERE type = 'pictures-removed' ORDER BY sequence`,
    )
    .pluck()
    .all();
  expect(told).toEqual([50, 50, 20]);
});

it('what a killed removal left on the disk goes at the next start', async () => {
  const yard = await yardWith();
  const { stores } = yard.station.desk.deps;
  const sha256 = stores.pictures.keep(Buffer.from('old'));
  stores.pictures.drop([sha256], 1);
  expect(stores.pictures.read(sha256)).not.toBeNull();
  await yard.restart();
  await expect
    .poll(() => yard.station.desk.deps.stores.pictures.read(sha256), { timeout: 30_000 })
    .toBeNull();
});
