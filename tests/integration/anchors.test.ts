import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorSigner, readAnchor } from '../../station/ledger/anchor.ts';
import { checkLedger } from '../../station/ledger/verifyLedger.ts';
import { storedKeys } from '../../native/keys/keyRing.ts';
import { startPlatform } from '../../platform/server.ts';
import { canMount, mountSmallDisk } from '../support/smallDisk.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let root: string;
let stick: string;
let yard: TestYard | null = null;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-anchors-'));
  stick = join(root, 'stick');
  mkdirSync(stick);
});

afterEach(async () => {
  await yard?.close();
  yard = null;
  rmSync(root, { recursive: true, force: true });
});

async function open(
  folders: readonly string[] = [stick],
  more: Record<string, unknown> = {},
): Promise<TestYard> {
  yard = await openYard((settings) => {
    settings.copies = { anchors: folders.map((path) => ({ path })) };
    Object.assign(settings, more);
  });
  return yard;
}

function lines(folder = stick): string[] {
  return readFileSync(join(folder, 'anchors-YQ-7.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

async function anchor({ station, screen }: TestYard): Promise<void> {
  expect(await screen.call('copies.checkpoint', {})).toMatchObject({ ok: true });
  await station.desk.copies?.settled();
}

function codes({ screen }: TestYard): string[] {
  return (screen.view?.faults ?? []).map(({ code }) => code);
}

function typesOf({ station }: TestYard, type: string): number {
  const { db } = station.desk.deps.stores;
  return Number(db.prepare('SELECT count(*) FROM ledger WHERE type = ?').pluck().get(type));
}

async function weigh(at: TestYard, plate: string, kg: number): Promise<number> {
  await driveOn(at, { plate, kg, facts: sixAxles, kind: 'gross' });
  const saved = await save(at);
  await driveOff(at);
  return saved.number;
}

/** What somebody does who puts an old copy back by hand: the program is off, the files are exchanged. */
async function putBack(at: TestYard, copy: string): Promise<void> {
  at.screen.close();
  await at.station.close();
  for (const name of ['yuanheng.db', 'yuanheng.db-wal', 'yuanheng.db-shm'])
    rmSync(join(at.dir, name), { force: true });
  cpSync(join(copy, 'yuanheng.db'), join(at.dir, 'yuanheng.db'));
}

async function copyStore(at: TestYard): Promise<string> {
  const copy = join(root, 'copy');
  mkdirSync(copy);
  await at.station.desk.deps.stores.db.backup(join(copy, 'yuanheng.db'));
  return copy;
}

describe('anchors', () => {
  it('are laid down when asked and at the end, signed, each provable by itself', async () => {
    const here = await open();
    await weigh(here, '晋C12345', 40_000);
    await anchor(here);
    const keys = storedKeys(here.station.desk.deps.stores);
    await here.restart();
    const anchors = lines().map((line) => readAnchor(line));
    expect(anchors.map((each) => each?.number)).toEqual([1, 1]);
    for (const each of anchors) expect(anchorSigner(each!, keys)).toBe('ours');
    // The second one covers the end of the run.
    const { db } = here.station.desk.deps.stores;
    const stop = db.prepare(`SELECT max(sequence) FROM ledger WHERE sequence <= ?`).pluck();
    expect(stop.get(anchors[1]!.sequence)).toBe(anchors[1]!.sequence);
    const before = here.station.desk.deps.stores.ledger.link(anchors[1]!.sequence - 1);
    expect(before?.text).toContain('program-stopped');
    expect(codes(here)).toEqual([]);
  });

  it('whose stick is missing are said so once, hold nothing up, and follow when it is back', async () => {
    rmSync(stick, { recursive: true });
    const here = await open();
    expect(await weigh(here, '晋C12345', 40_000)).toBe(1);
    await anchor(here);
    await anchor(here);
    await here.screen.until('fault', () => codes(here).includes('anchor-failed'));
    expect(typesOf(here, 'anchor-failed')).toBe(1);
    const view = await here.screen.call('copies.get', {});
    expect(view).toMatchObject({
      ok: true,
      value: { anchors: [{ laid: null, problem: { kind: 'missing' } }] },
    });
    mkdirSync(stick);
    await anchor(here);
    expect(lines()).toHaveLength(1);
    await here.screen.until('no fault', () => codes(here).length === 0);
  });

  it('go on behind half a line that a pulled stick left', async () => {
    const here = await open();
    await anchor(here);
    appendFileSync(join(stick, 'anchors-YQ-7.jsonl'), '{"format":"yuanheng-anc');
    await anchor(here);
    expect(lines()).toHaveLength(3);
    expect(lines().map((line) => readAnchor(line) !== null)).toEqual([true, false, true]);
  });

  it.runIf(canMount)('on a full and on a read-only disk are a fault with its reason', async () => {
    const full = mountSmallDisk(16);
    const readOnly = mountSmallDisk(64);
    try {
      writeFileSync(join(full.path, 'film'), Buffer.alloc(16 * 1024 - 4096));
      readOnly.makeReadOnly();
      const here = await open([full.path, readOnly.path]);
      for (let round = 0; round < 8; round += 1) await anchor(here);
      const view = await here.screen.call('copies.get', {});
      expect(view.ok && view.value.anchors.map(({ problem }) => problem?.kind)).toEqual([
        'full',
        'read-only',
      ]);
      expect(await weigh(here, '晋C12345', 40_000)).toBe(1);
    } finally {
      await yard?.close();
      yard = null;
      full.close();
      readOnly.close();
    }
  });

  it('of another station, or that nobody signed, say nothing', async () => {
    const here = await open();
    await anchor(here);
    const line = JSON.parse(lines()[0]!) as Record<string, unknown>;
    writeFileSync(
      join(stick, 'anchors-YQ-7.jsonl'),
      [
        JSON.stringify({ ...line, signature: null, keyId: null, sequence: 9000 }),
        JSON.stringify({ ...line, station: 'YQ-8' }),
        'not an anchor',
        '',
      ].join('\n'),
    );
    await here.restart();
    expect(codes(here)).toEqual([]);
  });
});

/** A shift is handed over; its report prints this event and hash. */
async function closeShift({ station, screen }: TestYard): Promise<{ sequence: number; hash: string }> {
  const closed = await screen.call('shift.close', { next: null });
  if (!closed.ok) throw new Error(closed.error.detail);
  await station.desk.copies?.settled();
  const { sequence } = closed.value;
  return { sequence, hash: station.desk.deps.stores.ledger.link(sequence)?.hash ?? '' };
}

describe('the head that a shift report prints', () => {
  it('is laid down with the other anchors, and beside the papers by itself', async () => {
    const here = await open();
    await weigh(here, '晋C12345', 40_000);
    const printed = await closeShift(here);
    expect(readAnchor(lines().at(-1) ?? '')?.sequence).toBe(printed.sequence + 1);
    const kept = lines(join(here.dir, 'papers')).map((line) => readAnchor(line));
    expect(kept).toMatchObject([{ ...printed, number: 1, epoch: 0 }]);
    expect(anchorSigner(kept[0]!, storedKeys(here.station.desk.deps.stores))).toBe('ours');
    expect(await here.screen.call('copies.get', {})).toMatchObject({
      ok: true,
      value: { printed: { sequence: printed.sequence } },
    });
    await here.restart();
    expect(codes(here)).toEqual([]);
  });

  it('alone shows at the next start that the last events are gone', async () => {
    const here = await open([]);
    await weigh(here, '晋C00001', 40_000);
    const copy = await copyStore(here);
    await weigh(here, '晋C00002', 41_000);
    const printed = await closeShift(here);
    await putBack(here, copy);
    await reopen(here);
    expect(codes(here)).toContain('ledger-contradicted');
    expect(await here.screen.call('copies.get', {})).toMatchObject({
      ok: true,
      value: { contradiction: { kind: 'ahead', toSequence: printed.sequence } },
    });
    // What the store writes meanwhile is no new word beside the papers.
    await closeShift(here);
    expect(lines(join(here.dir, 'papers'))).toHaveLength(1);
  });
});

describe('an old copy put back in silence', () => {
  it('decides nothing until a person accepts the loss; the lost numbers are never given out again', async () => {
    const here = await open();
    await weigh(here, '晋C00001', 40_000);
    const copy = await copyStore(here);
    await weigh(here, '晋C00002', 41_000);
    await weigh(here, '晋C00003', 42_000);
    await putBack(here, copy);
    const reopened = await reopen(here);
    expect(codes(reopened)).toContain('ledger-contradicted');
    const seen = await reopened.screen.call('copies.get', {});
    expect(seen).toMatchObject({ ok: true, value: { contradiction: { kind: 'ahead', place: stick } } });
    const kept = lines().length;
    expect(await reopened.screen.call('copies.checkpoint', {})).toMatchObject({ ok: false });
    const truck = await driveOn(reopened, { plate: '晋C00004', kg: 43_000, facts: sixAxles, kind: 'gross' });
    expect(truck.lane.decision).toMatchObject({
      outcome: 'cannot-decide',
      reasons: [{ code: 'ledger-contradicted' }],
    });
    expect(lines()).toHaveLength(kept);
    expect(await reopened.screen.call('copies.accept-loss', { reason: '旧盘坏了' })).toMatchObject({
      ok: true,
    });
    await reopened.screen.until('decided', (view) => view.lane.decision?.outcome === 'allow');
    expect((await save(reopened)).number).toBe(4);
    await driveOff(reopened);
    await reopened.station.desk.copies?.settled();
    expect(lines().length).toBeGreaterThan(kept);
    await reopened.restart();
    expect(codes(reopened)).toEqual([]);
    const checked = checkLedger(reopened.station.desk.deps.stores.ledger.links(), { every: true });
    expect(checked).toMatchObject({ summary: { weighings: 2 } });
  });

  it('and one that was written anew from some event on is seen by where it differs', async () => {
    const here = await open();
    await weigh(here, '晋C00001', 40_000);
    const copy = await copyStore(here);
    await anchor(here);
    await putBack(here, copy);
    // The forger works on without the stick, past where the anchor stands.
    const away = join(root, 'away');
    cpSync(stick, away, { recursive: true });
    writeFileSync(join(stick, 'anchors-YQ-7.jsonl'), '');
    const forged = await reopen(here);
    for (const plate of ['晋C00002', '晋C00003']) await weigh(forged, plate, 41_000);
    writeFileSync(join(stick, 'anchors-YQ-7.jsonl'), readFileSync(join(away, 'anchors-YQ-7.jsonl')));
    await forged.restart();
    const seen = await forged.screen.call('copies.get', {});
    expect(seen).toMatchObject({ ok: true, value: { contradiction: { kind: 'unlike' } } });
    expect(codes(forged)).toContain('ledger-contradicted');
  });

  it('is known by the platform, which takes the declared branch beside the old one', async () => {
    const platform = await startPlatform({ dataDir: join(root, 'platform'), port: 0, log: () => undefined });
    try {
      const here = await open([], { platform: { url: platform.url } });
      await weigh(here, '晋C00001', 40_000);
      const copy = await copyStore(here);
      await weigh(here, '晋C00002', 41_000);
      await here.screen.until('delivered', (view) => view.sync.waiting === 0);
      await putBack(here, copy);
      const reopened = await reopen(here);
      await reopened.screen.until('contradicted', () => codes(reopened).includes('ledger-contradicted'));
      await reopened.screen.until('refused as another', (view) => view.sync.setAside > 0);
      await reopened.screen.call('copies.accept-loss', { reason: '旧盘坏了' });
      expect(await weigh(reopened, '晋C00003', 42_000)).toBe(3);
      await reopened.screen.until('all taken', ({ sync }) => sync.waiting === 0 && sync.setAside === 0);
      const summary: unknown = await (await fetch(`${platform.url}/v1/stations/YQ-7/summary`)).json();
      expect(summary).toMatchObject({
        weighings: 3,
        chainBreaks: [],
        epochs: [{ epoch: 1, declared: true }],
      });
    } finally {
      await yard?.close();
      yard = null;
      await platform.close();
    }
  });
});

/** Opens the station again after its files were exchanged. */
async function reopen(at: TestYard): Promise<TestYard> {
  const db = new Database(join(at.dir, 'yuanheng.db'));
  db.close();
  await at.reopen();
  return at;
}
