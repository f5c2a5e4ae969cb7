import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeOnce } from '../../native/pictures/keepRetention.ts';
import { SnapshotDesk } from '../../native/snapshots/snapshotDesk.ts';
import type { Platform } from '../../platform/server.ts';
import { startPlatform } from '../../platform/server.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { openLink } from '../../station/ledger/chain.ts';
import { err, ok } from '../../station/result.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

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

describe('the exit camera', () => {
  const exitCamera = { id: 'exit', kind: 'vzenith-push', allowFrom: ['127.0.0.1'], place: 'exit' };
  const withExit = (settings: Record<string, unknown>): void => {
    settings.cameras = [exitCamera];
  };
  const push = async (yard: TestYard, license: string, plateid: number): Promise<void> => {
    await fetch(`http://127.0.0.1:${String(yard.station.cameraPort)}/cameras/exit`, {
      method: 'POST',
      body: JSON.stringify({
        AlarmInfoPlate: {
          serialno: 's-1',
          deviceName: 'exit',
          result: {
            PlateResult: {
              license,
              colorType: 2,
              type: 3,
              confidence: 95,
              plateid,
              isoffline: 0,
              imageFile: jpeg.toString('base64'),
            },
          },
        },
      }),
    });
  };

  it('knows the truck with a slip, and points at the refused one and the one nobody weighed', async () => {
    const yard = await yardWith(withExit);
    const exits = async () => {
      const listed = await yard.screen.call('exits.list', {
        beforeSequence: null,
        limit: 10,
        suspiciousOnly: false,
      });
      return listed.ok
        ? listed.value.rows.map(({ plate, found, suspicious }) => [plate, found, suspicious])
        : [];
    };
    await driveOn(yard, { plate: '晋C10001', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await save(yard);
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C10002', kg: 52_000, facts: sixAxles, kind: 'gross' });
    const refused = await save(yard);
    await driveOff(yard);

    await push(yard, '晋C10001', 1);
    await push(yard, '晋C10001', 2);
    await push(yard, '晋C10002', 3);
    await push(yard, '晋C10003', 4);
    expect(await exits()).toEqual([
      ['晋C10003', 'not-weighed', true],
      ['晋C10002', 'refused', true],
      ['晋C10001', 'slip', false],
    ]);
    expect(lastOf(yard, 'exit-seen')).toMatchObject({ body: { plate: '晋C10003', number: null } });
    const { stores } = yard.station.desk.deps;
    expect(stores.db.prepare('SELECT number FROM exits WHERE found = ?').pluck().get('refused')).toBe(
      refused.number,
    );
    // An exit camera names nobody on the scale.
    expect(yard.screen.view?.lane.truck).toBeNull();
    const warned = await yard.screen.until('warning', (view) =>
      view.faults.some(({ code }) => code === 'left-without-leave'),
    );
    expect(warned.faults.find(({ code }) => code === 'left-without-leave')?.detail).toBe('2');
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
    expect(removeOnce(yard.station.desk)).toBe(1);
    expect(lastOf(yard, 'pictures-removed')).toMatchObject({ body: { why: 'age', pictures: 1 } });
    expect(stores.pictures.read(sha256)).toBeNull();
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
