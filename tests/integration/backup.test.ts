import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runBackup } from '../../cli/backup.ts';
import { runRestore } from '../../cli/restore.ts';
import type { Station } from '../../native/host.ts';
import { openStation } from '../../native/host.ts';
import { checkLedger } from '../../station/ledger/verifyLedger.ts';
import { Screen } from '../support/screen.ts';
import { canMount, mountSmallDisk } from '../support/smallDisk.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, save, sixAxles } from '../support/yard.ts';

const picture = readFileSync(new URL('../../simulator/pictures/c83n16.jpg', import.meta.url));
let root: string;
let place: string;
let dir: string;
let scale: TestScale;
let yard: TestYard | null = null;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-backup-'));
  place = join(root, 'disk');
  dir = join(root, 'data');
  mkdirSync(place);
  mkdirSync(dir);
  scale = await startScale();
});

afterEach(async () => {
  await closeYard();
  await scale.close();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function writeSettings(dataDir: string, copies: object): void {
  const settings = {
    station: { id: 'YQ-7', name: '阳泉测试煤场' },
    lane: { weighing: { stableWindowMs: 500, zeroFrames: 3 } },
    instrument: {
      profile: 'yaohua-continuous',
      transport: { kind: 'tcp', host: '127.0.0.1', port: scale.port },
      divisionKg: 20,
      maxKg: 100_000,
    },
    copies,
  };
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify(settings));
}

async function openAt(dataDir: string): Promise<TestYard> {
  const open = (): Promise<Station> => openStation({ dataDir });
  const station = await open();
  const here: TestYard = {
    dir: dataDir,
    scale,
    station,
    screen: new Screen(station.connect),
    restart: async () => {
      here.screen.close();
      await here.station.close();
      await here.reopen();
    },
    reopen: async () => {
      here.station = await open();
      here.screen = new Screen(here.station.connect);
    },
    close: async () => {
      here.screen.close();
      await here.station.close();
    },
  };
  yard = here;
  return here;
}

async function closeYard(): Promise<void> {
  await yard?.close();
  yard = null;
}

async function weigh(at: TestYard, plate: string, kg: number): Promise<number> {
  await driveOn(at, { plate, kg, facts: sixAxles, kind: 'gross' });
  const { number } = await save(at);
  await driveOff(at);
  return number;
}

async function backUp(at: TestYard): Promise<void> {
  expect(await at.screen.call('copies.backup', { place: null })).toMatchObject({ ok: true });
  await at.station.desk.copies?.settled();
}

async function cli(
  run: (
    args: readonly string[],
    io: Parameters<typeof runBackup>[1] & Parameters<typeof runRestore>[1],
  ) => Promise<number>,
  ...args: readonly string[]
): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const io = { out: say, err: say, env: process.env, signal: new AbortController().signal };
  const code = await run(args, io);
  return { code, said: lines.join('\n') };
}

function backupsAt(at: string): string[] {
  const base = join(at, 'yuanheng-YQ-7');
  return existsSync(base)
    ? readdirSync(base)
        .filter((name) => name !== 'pictures')
        .sort()
    : [];
}

function faults(at: TestYard): string[] {
  return (at.screen.view?.faults ?? []).map(({ code }) => code);
}

function sound(at: TestYard): ReturnType<typeof checkLedger> {
  return checkLedger(at.station.desk.deps.stores.ledger.links(), { every: true });
}

describe('a backup', () => {
  it('made while the station weighs holds a whole chain, its settings and pictures, and no secret', async () => {
    writeSettings(dir, { backups: [{ path: place }], backupHour: null });
    const here = await openAt(dir);
    const sha256 = here.station.desk.deps.stores.pictures.keep(picture);
    await weigh(here, '晋C12345', 40_000);
    await backUp(here);
    const [name = ''] = backupsAt(place);
    const folder = join(place, 'yuanheng-YQ-7', name);
    expect(readdirSync(folder).sort()).toEqual([
      'config.json',
      'manifest.json',
      'station-key.pem',
      'yuanheng.db',
    ]);
    expect(readFileSync(join(folder, 'station-key.pem'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
    // Another program reads it, from a folder it may not write to.
    const count = execFileSync(
      'sqlite3',
      [
        `file:${join(folder, 'yuanheng.db')}?immutable=1`,
        'SELECT max(number) FROM ledger; PRAGMA integrity_check',
      ],
      { encoding: 'utf8' },
    );
    expect(count).toBe('1\nok\n');
    const kept = join(place, 'yuanheng-YQ-7', 'pictures', sha256.slice(0, 2), `${sha256}.jpg`);
    expect(readFileSync(kept)).toEqual(picture);
    const view = await here.screen.call('copies.get', {});
    expect(view).toMatchObject({ ok: true, value: { backups: [{ problem: null, made: { pictures: 1 } }] } });
    // The next one leaves every picture where it is.
    const before = statSync(kept).ino;
    await backUp(here);
    expect(statSync(kept).ino).toBe(before);
    expect(backupsAt(place)).toHaveLength(2);
    await here.restart();
    const again = await here.screen.call('copies.get', {});
    expect(again).toMatchObject({ ok: true, value: { backups: [{ made: { pictures: 1 } }] } });
  });

  it('keeps as many as asked for, the newest', async () => {
    writeSettings(dir, { backups: [{ path: place }], backupHour: null, keep: 2 });
    const here = await openAt(dir);
    for (let round = 0; round < 4; round += 1) await backUp(here);
    const heads = backupsAt(place).map((name) => Number(name.split('-').at(-1)));
    expect(heads).toHaveLength(2);
    const made = here.station.desk.deps.stores.db
      .prepare(
        `SELECT json_extract(text, '$.body.headSequence') FROM ledger WHERE type = 'backup-made' ORDER BY sequence`,
      )
      .pluck()
      .all();
    expect(heads).toEqual(made.slice(-2));
  });

  it('to a folder that is not there makes none, says so once, and is made when it is', async () => {
    rmSync(place, { recursive: true });
    writeSettings(dir, { backups: [{ path: place }], backupHour: null });
    const here = await openAt(dir);
    await backUp(here);
    await backUp(here);
    await here.screen.until('fault', () => faults(here).includes('backup-failed'));
    expect(existsSync(place)).toBe(false);
    mkdirSync(place);
    await backUp(here);
    await here.screen.until('no fault', () => faults(here).length === 0);
    const { db } = here.station.desk.deps.stores;
    const count = db.prepare('SELECT count(*) FROM ledger WHERE type = ?').pluck();
    expect([count.get('backup-failed'), count.get('backup-made')]).toEqual([1, 1]);
  });

  it.runIf(canMount)(
    'to a disk too small, read-only, or pulled leaves what was there untouched',
    async () => {
      writeSettings(dir, { backupHour: null });
      const here = await openAt(dir);
      await weigh(here, '晋C12345', 40_000);
      await closeYard();
      const disk = mountSmallDisk(12_000);
      try {
        expect((await cli(runBackup, '--data', dir, '--to', disk.path)).code).toBe(0);
        const [first = ''] = backupsAt(disk.path);
        // Room for the store, and not for the pictures that came since.
        const again = await openAt(dir);
        for (let n = 0; n < 14; n += 1)
          again.station.desk.deps.stores.pictures.keep(Buffer.concat([picture, Buffer.alloc(1_000_000, n)]));
        await closeYard();
        const full = await cli(runBackup, '--data', dir, '--to', disk.path);
        expect(full).toMatchObject({ code: 1, said: expect.stringContaining('full: ') as string });
        expect(backupsAt(disk.path)).toEqual([first]);
        const parts = readdirSync(disk.path, { recursive: true, encoding: 'utf8' });
        expect(parts.filter((name) => name.includes('part'))).toEqual([]);
        disk.makeReadOnly();
        const readOnly = await cli(runBackup, '--data', dir, '--to', disk.path);
        expect(readOnly).toMatchObject({ code: 1, said: expect.stringContaining('read-only: ') as string });
        expect(backupsAt(disk.path)).toEqual([first]);
        disk.pull();
        const pulled = await cli(runBackup, '--data', dir, '--to', disk.path);
        expect(pulled).toMatchObject({ code: 1, said: expect.stringContaining('missing: ') as string });
      } finally {
        disk.close();
      }
      expect(readdirSync(dir).filter((name) => name.includes('part'))).toEqual([]);
    },
  );

  it('of a ledger that does not check out is refused, and the good one before it stays', async () => {
    writeSettings(dir, { backupHour: null });
    const here = await openAt(dir);
    await weigh(here, '晋C12345', 40_000);
    await closeYard();
    await cli(runBackup, '--data', dir, '--to', place);
    const good = backupsAt(place);
    execFileSync('sqlite3', [
      join(dir, 'yuanheng.db'),
      `DROP TRIGGER ledger_never_changes; UPDATE ledger SET text = replace(text, '40000', '39000') WHERE number = 1`,
    ]);
    const tampered = await cli(runBackup, '--data', dir, '--to', place);
    expect(tampered.code).toBe(1);
    expect(tampered.said).toContain('the ledger does not check out: hash');
    expect(backupsAt(place)).toEqual(good);
  });

  it('is made by the command while the station runs and goes on weighing', async () => {
    writeSettings(dir, { backupHour: null });
    const here = await openAt(dir);
    await weigh(here, '晋C12345', 40_000);
    const [made, number] = await Promise.all([
      cli(runBackup, '--data', dir, '--to', place),
      weigh(here, '晋C12346', 41_000),
    ]);
    expect(number).toBe(2);
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('not noted') as string });
    expect(backupsAt(place)).toHaveLength(1);
  });
});

describe('a restore', () => {
  it('on a new computer: the backup, a new key, and the numbers go on', async () => {
    const anchors = join(root, 'stick');
    mkdirSync(anchors);
    writeSettings(dir, { backups: [{ path: place }], anchors: [{ path: anchors }], backupHour: null });
    const old = await openAt(dir);
    const sha256 = old.station.desk.deps.stores.pictures.keep(picture);
    await weigh(old, '晋C12345', 40_000);
    await weigh(old, '晋C12346', 41_000);
    await old.restart();
    await backUp(old);
    // The computer dies; nothing came after the backup but its own note.
    const dead = join(root, 'dead');
    await closeYard();
    renameSync(dir, dead);
    const lines = readFileSync(join(anchors, 'anchors-YQ-7.jsonl'), 'utf8').trim().split('\n');
    // The last anchor is of the stop; a computer that died laid none.
    writeFileSync(join(anchors, 'anchors-YQ-7.jsonl'), `${lines.slice(0, -1).join('\n')}\n`);

    vi.stubEnv('YUANHENG_KEY_SECRET', 'another computer');
    const restored = await cli(runRestore, '--from', place, '--data', dir);
    expect(restored.code, restored.said).toBe(0);
    expect(restored.said).toContain('next weighing number: 3');
    expect(restored.said).toContain('cannot open the key');
    const here = await openAt(dir);
    expect(here.station.desk.deps.stores.pictures.read(sha256)).toEqual(picture);
    expect(faults(here)).toEqual(['key-unusable']);
    const truck = await driveOn(here, { plate: '晋C12347', kg: 42_000, facts: sixAxles, kind: 'gross' });
    expect(truck.lane.decision?.outcome).toBe('cannot-decide');
    expect(await here.screen.call('key.introduce', { reason: 'new-computer' })).toMatchObject({ ok: true });
    await here.screen.until('decided', (view) => view.lane.decision?.outcome === 'allow');
    expect((await save(here)).number).toBe(3);
    await driveOff(here);
    expect(sound(here)).toMatchObject({
      summary: {
        weighings: 3,
        unsignedTail: 0,
        keys: [{ reason: 'first' }, { reason: 'new-computer', vouched: false }],
      },
    });
    await here.restart();
    expect(faults(here)).toEqual([]);
  });

  it('refuses while something newer is known, names it, and with the loss accepted never reuses a number', async () => {
    const anchors = join(root, 'stick');
    mkdirSync(anchors);
    writeSettings(dir, { backups: [{ path: place }], anchors: [{ path: anchors }], backupHour: null });
    const here = await openAt(dir);
    await weigh(here, '晋C00001', 40_000);
    await backUp(here);
    const { sequence } = here.station.desk.deps.stores.ledger.head;
    await weigh(here, '晋C00002', 41_000);
    await weigh(here, '晋C00003', 42_000);
    await closeYard();
    const refusedThere = await cli(runRestore, '--from', place, '--data', dir);
    expect(refusedThere).toMatchObject({ code: 1, said: expect.stringContaining('move it aside') as string });
    renameSync(dir, join(root, 'before'));
    const refused = await cli(runRestore, '--from', place, '--data', dir);
    expect(refused.code).toBe(3);
    // `backup-made` itself stands behind the head the backup holds.
    expect(refused.said).toMatch(new RegExp(`第 ${String(sequence)}–\\d+ 条`));
    expect(refused.said).toContain('weighings 过磅 2–3');
    expect(existsSync(dir)).toBe(false);
    const accepted = await cli(
      runRestore,
      '--from',
      place,
      '--data',
      dir,
      '--accept-loss',
      '--last-number',
      '5',
    );
    expect(accepted.code, accepted.said).toBe(0);
    const again = await openAt(dir);
    expect(faults(again)).toEqual([]);
    expect(await weigh(again, '晋C00004', 43_000)).toBe(6);
    expect(sound(again)).toMatchObject({ summary: { weighings: 2 } });
    const first = again.station.desk.deps.stores.ledger.link(sequence);
    expect(first?.text).toContain('"type":"store-restored"');
    // A second restart finds the anchors of both branches and is content.
    await again.restart();
    expect(faults(again)).toEqual([]);
  });

  it('of a backup somebody changed puts nothing in place', async () => {
    writeSettings(dir, { backupHour: null });
    const here = await openAt(dir);
    await weigh(here, '晋C00001', 40_000);
    await closeYard();
    await cli(runBackup, '--data', dir, '--to', place);
    const [name = ''] = backupsAt(place);
    const store = join(place, 'yuanheng-YQ-7', name, 'yuanheng.db');
    execFileSync('sqlite3', [
      store,
      `DROP TRIGGER ledger_never_changes; UPDATE ledger SET text = replace(text, '40000', '39000') WHERE number = 1`,
    ]);
    const target = join(root, 'new');
    const changed = await cli(runRestore, '--from', place, '--data', target);
    expect(changed).toMatchObject({ code: 1, said: expect.stringContaining('does not check out') as string });
    // Also where the manifest was made to fit.
    const manifest = join(place, 'yuanheng-YQ-7', name, 'manifest.json');
    const sha256 = execFileSync('sha256sum', [store], { encoding: 'utf8' }).slice(0, 64);
    const text = readFileSync(manifest, 'utf8').replace(/"sha256": "[0-9a-f]+"/, `"sha256": "${sha256}"`);
    writeFileSync(manifest, text);
    const fitted = await cli(runRestore, '--from', place, '--data', target);
    expect(fitted).toMatchObject({ code: 1, said: expect.stringContaining('hash at event') as string });
    expect(existsSync(target)).toBe(false);
  });

  it('of an older backup is refused by a newer one beside it', async () => {
    writeSettings(dir, { backupHour: null });
    await openAt(dir);
    await closeYard();
    await cli(runBackup, '--data', dir, '--to', place);
    const again = await openAt(dir);
    await weigh(again, '晋C00001', 40_000);
    await closeYard();
    await cli(runBackup, '--data', dir, '--to', place);
    const [older = '', newer = ''] = backupsAt(place);
    const base = join(place, 'yuanheng-YQ-7');
    const target = join(root, 'new');
    const refused = await cli(runRestore, '--from', join(base, older), '--data', target);
    expect(refused).toMatchObject({ code: 3, said: expect.stringContaining(newer) as string });
  });
});
