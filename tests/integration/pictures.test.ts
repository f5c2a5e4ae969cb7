import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recordPictures } from '../../native/pictures/recordPictures.ts';
import { removeAged } from '../../native/pictures/keepRetention.ts';
import { SnapshotDesk } from '../../native/snapshots/snapshotDesk.ts';
import type { Platform } from '../../platform/server.ts';
import { startPlatform } from '../../platform/server.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { openLink } from '../../station/ledger/chain.ts';
import { err, ok } from '../../station/result.ts';
import { lastExit, sees } from '../support/exitGate.ts';
import type { TestYard } from '../support/yard.ts';
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
    yard.station.desk.snapshots = new SnapshotDesk(yard.station.desk, [
      { camera: 'front', view: 'front', take: () => held.then(() => ok(jpeg)) },
      { camera: 'top', view: 'top', take: () => Promise.resolve(err('login refused')) },
    ]);
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

  it('those of the exit and of the moment of weighing go there, too, and the city sees who left', async () => {
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
    await sees(yard, 'exit', '晋C12345');
    await sees(yard, 'exit', '晋C66666');
    const named = [...recordPictures(desk.deps.stores, number), ...(await lastExit(yard)).pictures];
    expect(named).toHaveLength(3);
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
