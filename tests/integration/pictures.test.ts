import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recordPictures } from '../../native/pictures/recordPictures.ts';
import { removeAged } from '../../native/pictures/keepRetention.ts';
import { SnapshotDesk } from '../../native/snapshots/snapshotDesk.ts';
import type { SnapshotSource } from '../../native/snapshots/takeSnapshots.ts';
import type { Platform } from '../../platform/server.ts';
import { startPlatform } from '../../platform/server.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { openLink } from '../../station/ledger/chain.ts';
import { err, ok } from '../../station/result.ts';
import { lastExit, sees } from '../support/exitGate.ts';
import type { TestYard } from '../support/yard.ts';
import { readJsonPush } from '../../native/cameras/json/push.ts';
import type { StationView } from '../../station/contract.ts';
import { truckJpeg } from '../support/jpegServer.ts';
import { driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const jpeg = readFileSync(resolve(import.meta.dirname, '../../simulator/pictures/c4t729.jpg'));
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function yardWith(change: (settings: Record<string, unknown>) => void = () => undefined) {
  const yard = await openYard(change);
  closers.push(yard.close);
  return yard;
}

function lastOf<T extends EventBody['type']>(yard: TestYard, type: T): (EventBody & { type: T }) | null {
  const link = yard.station.desk.deps.stores.ledger.lastOfType(type);
  const opened = link === null ? null : openLink(link);
  return opened?.ok === true && isOf(opened.value, type) ? opened.value : null;
}
function isOf<T extends EventBody['type']>(body: EventBody, type: T): body is EventBody & { type: T } {
  return body.type === type;
}

describe('pictures of a weighing', () => {
  it('are those of all cameras of the lane, each there or written down as missed, and the slip waited for none', async () => {
    const yard = await yardWith();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const sources: readonly SnapshotSource[] = [
      { camera: 'front', view: 'front', take: () => held.then(() => ok(jpeg)) },
      { camera: 'top', view: 'top', take: () => Promise.resolve(err('login refused')) },
    ];
    // However long the slip takes here, no camera's time is up before it is looked at.
    const patient = { after: () => () => undefined };
    yard.station.desk.snapshots = new SnapshotDesk(yard.station.desk, sources, [], patient);
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    // The record and its slip are here while no camera has answered yet.
    const { number } = await save(yard);
    expect((await yard.screen.call('passages.detail', { number })).ok).toBe(true);
    const before = await yard.screen.call('passages.detail', { number });
    expect(before.ok && before.value.shots).toBeNull();
    release();
    await yard.station.desk.snapshots.idle();
    const after = await yard.screen.call('passages.detail', { number });
    expect(after.ok && after.value.shots).toMatchObject([
      { camera: 'front', view: 'front', missed: null },
      { camera: 'top', view: 'top', sha256: null, missed: 'login refused' },
    ]);
    const shown = await yard.screen.until('fault', (view) =>
      view.faults.some(({ code }) => code === 'pictures-missed'),
    );
    expect(shown.faults.find(({ code }) => code === 'pictures-missed')?.detail).toContain('top');
    const sha256 = after.ok ? (after.value.shots?.[0]?.sha256 ?? '') : '';
    const got = await yard.screen.call('picture.get', { sha256 });
    expect(got.ok && Buffer.from(got.value.base64, 'base64').equals(jpeg)).toBe(true);
  });
});

/** Its plate was typed, and the camera had kept its own reading of it back: what it says is written to the record. */
async function tellsLate(yard: TestYard, number: number): Promise<void> {
  const { desk } = yard.station;
  const timeMs = Date.now() - 100;
  const pictures = [{ role: 'full', base64: truckJpeg.toString('base64') }];
  const said = { eventId: 'kept-back', late: true, timeMs, confidencePercent: 71, pictures };
  await sees(yard, 'entry', '晋C12845', said);
  const warns = (view: StationView): boolean =>
    view.faults.some(({ code, detail }) => code === 'late-plate-differs' && detail === String(number));
  await yard.screen.until('warned', warns);
  // Told under another name; and as a station that was started anew would hear the very same again.
  await sees(yard, 'entry', '晋C12845', { ...said, serialNumber: 'BOX-7' });
  const again = readJsonPush(Buffer.from(JSON.stringify({ ...said, plate: '晋C12845' })));
  const receivedAtMs = Date.now();
  const around = { receivedAtMs, seenAtMs: timeMs, late: true, agoMs: receivedAtMs - timeMs };
  if (again.kind === 'plate')
    desk.onPlate({ cameraId: 'entry', event: again.event, clockAheadMs: null, ...around });
  const detail = await yard.screen.call('passages.detail', { number });
  const late = detail.ok ? detail.value.latePlates : [];
  expect(late).toMatchObject([
    {
      ...{ camera: 'entry', end: 'front', plate: '晋C12845', colour: 'yellow', percent: 71, rearPlate: null },
      ...{ deviceMs: timeMs, says: 'other' },
    },
  ]);
  expect(late[0]?.lateMs).toBe((late[0]?.receivedMs ?? 0) - (late[0]?.seenMs ?? 0));
  expect(desk.deps.stores.pictures.read(late[0]?.pictures[0] ?? '')?.length).toBe(truckJpeg.length);
  // The operator is told until somebody looks; whoever asks for what the camera read finds the passage.
  await yard.screen.until('looked at', (view) => !warns(view));
  const asked = { by: 'plate', text: '晋C12845', atMs: null, windowMs: 0, near: false } as const;
  const found = await yard.screen.call('trace.find', asked);
  expect(found.ok && found.value.hits).toMatchObject([{ number, how: 'camera' }]);
}

describe('pictures and the platform', () => {
  async function platformAt(port = 0): Promise<Platform> {
    const dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-platform-'));
    const platform = await startPlatform({ dataDir, port, log: () => undefined });
    closers.push(platform.close, () => {
      rmSync(dataDir, { recursive: true, force: true });
    });
    return platform;
  }

  it('every picture is brought there with its original bytes, and none is removed before', async () => {
    const platform = await platformAt();
    const yard = await yardWith((settings) => {
      settings.platform = { url: platform.url };
      settings.retention = { pictureMonths: 1, leastPictureMonths: 1 };
    });
    const { stores } = yard.station.desk.deps;
    const sha256 = stores.pictures.keep(jpeg);
    yard.station.desk.wakeSync();
    const url = `${platform.url}/v1/stations/YQ-7/pictures/${sha256}`;
    await expect.poll(async () => (await fetch(url)).status, { timeout: 20_000 }).toBe(200);
    const held = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(Buffer.from(held).equals(jpeg)).toBe(true);
    await expect
      .poll(() => stores.db.prepare('SELECT uploaded_ms FROM pictures').pluck().get(), { timeout: 20_000 })
      .not.toBeNull();
    stores.db.prepare('UPDATE pictures SET kept_ms = 1').run();
    expect(await removeAged(yard.station.desk, () => false)).toBe('all');
    expect(lastOf(yard, 'pictures-removed')).toMatchObject({
      body: { why: 'age', kind: 'weighing', pictures: 1 },
    });
    expect(stores.pictures.read(sha256)).toBeNull();
  });

  it('those of the exit, of the moment of weighing and of what was told late go there, too, and the city sees who left', async () => {
    const platform = await platformAt();
    const yard = await yardWith((settings) => {
      settings.platform = { url: platform.url };
      const pushes = { kind: 'json-push', allowFrom: ['127.0.0.1'] };
      settings.cameras = [
        { id: 'entry', ...pushes },
        { id: 'exit', ...pushes, place: 'exit' },
      ];
    });
    const { desk } = yard.station;
    const shot = Buffer.concat([jpeg, Buffer.from('top')]);
    desk.snapshots = new SnapshotDesk(desk, [
      { camera: 'top', view: 'top', take: () => Promise.resolve(ok(shot)) },
    ]);
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    const { number } = await save(yard);
    await desk.snapshots.idle();
    await tellsLate(yard, number);
    await sees(yard, 'exit', '晋C12345');
    await sees(yard, 'exit', '晋C66666');
    const named = [...recordPictures(desk.deps.stores, number), ...(await lastExit(yard)).pictures];
    expect(named).toHaveLength(4);
    for (const sha256 of named) {
      const url = `${platform.url}/v1/stations/YQ-7/pictures/${sha256}`;
      await expect.poll(async () => (await fetch(url)).status, { timeout: 20_000 }).toBe(200);
    }
    const open = `${platform.url}/v1/stations/YQ-7/exits?open=1`;
    await expect
      .poll(async () => (await (await fetch(open)).json()) as unknown, { timeout: 20_000 })
      .toMatchObject({ exits: [{ plate: '晋C66666', found: 'not-weighed', open: true }] });
  });

  it('a picture under another hash than its own is refused', async () => {
    const platform = await platformAt();
    const put = (sha256: string) =>
      fetch(`${platform.url}/v1/stations/YQ-7/pictures/${sha256}`, {
        method: 'PUT',
        body: new Uint8Array(jpeg),
      });
    expect((await put('0'.repeat(64))).status).toBe(422);
    expect((await put('../../etc/passwd')).status).toBe(404);
  });
});
