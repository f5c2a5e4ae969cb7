import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runServe } from '../../cli/serve.ts';
import type { Station } from '../../native/host.ts';
import { openStation } from '../../native/host.ts';
import { Settings } from '../../native/settings.ts';
import { openStores } from '../../native/store/stores.ts';
import { handClock } from '../../native/handClock.ts';
import { checkLedger } from '../../station/ledger/verifyLedger.ts';
import { Screen } from '../support/screen.ts';
import { startScale } from '../support/scale.ts';
import { canMount, mountLostDisk, mountSmallDisk } from '../support/smallDisk.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, pressSave, save, sixAxles } from '../support/yard.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-disk-test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What `yuanheng serve` says when it cannot start. */
async function startup(dir: string): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const code = await runServe(['--data', dir, '--port', '0'], {
    out: () => undefined,
    error: (line) => said.push(line),
    stopped: Promise.resolve(),
  });
  return { code, said: said.join('\n') };
}

describe('a store', () => {
  it('that another program holds is not opened, and the message says what to do', async () => {
    const stores = openStores(root, { station: 'YH-1', mode: 'real' }, handClock(), false);
    const { code, said } = await startup(root);
    stores.close();
    expect(code).toBe(1);
    expect(said).toContain('另一个程序正在使用这些记录');
  });

  it('that a station in another process weighs into is not opened a second time, and that one goes on unharmed', async () => {
    const child = resolve(import.meta.dirname, '../support/weighsUntilKilled.ts');
    const args = [child, root, String(Date.UTC(2026, 10, 23)), '1'];
    const first = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(first, 'close');
    let lines = 0;
    first.stdout.on('data', (bytes: Buffer) => {
      lines += bytes.toString('utf8').split('\n').length - 1;
    });
    const committed = (more: number): Promise<void> => {
      const from = lines;
      return vi.waitFor(
        () => {
          expect(lines).toBeGreaterThan(from + more);
        },
        { timeout: 60_000 },
      );
    };
    try {
      await committed(20);
      const { code, said } = await startup(root);
      expect(code).toBe(1);
      expect(said).toContain('另一个程序正在使用这些记录');
      await committed(20);
    } finally {
      first.kill('SIGKILL');
      await ended;
    }
    // The lock went with the process that held it.
    const stores = openStores(root, { station: 'KILL-1', mode: 'real' }, handClock(), false);
    const { head } = stores.ledger;
    expect(checkLedger(stores.ledger.links(), { every: true })).toMatchObject({
      summary: { events: head.sequence },
    });
    stores.close();
  });

  it('that is no store any more says so, and names the way out', async () => {
    mkdirSync(join(root, 'data'));
    writeFileSync(
      join(root, 'data', 'yuanheng.db'),
      'not a database at all, and long enough to be read as one'.repeat(50),
    );
    const { code, said } = await startup(join(root, 'data'));
    expect(code).toBe(1);
    expect(said).toContain('从备份恢复');
  });

  it.runIf(canMount)('on a read-only disk is not opened, and the message says what to do', async () => {
    const disk = mountSmallDisk(8000);
    try {
      openStores(disk.path, { station: 'YH-1', mode: 'real' }, handClock(), false).close();
      disk.makeReadOnly();
      const { code, said } = await startup(disk.path);
      expect(code).toBe(1);
      expect(said).toContain('磁盘只读或没有权限');
    } finally {
      disk.close();
    }
  });

  it.runIf(canMount)(
    'on a disk that fills up refuses the record, prints nothing, and goes on with the same number',
    async () => {
      const disk = mountSmallDisk(16_000);
      const yard = await yardOn(disk.path);
      const { station, screen } = yard;
      try {
        await driveOn(yard, { plate: '晋C00001', kg: 40_000, facts: sixAxles, kind: 'gross' });
        expect((await save(yard)).number).toBe(1);
        await driveOff(yard);
        const first = await driveOn(yard, { plate: '晋C00001', kg: 41_000, kind: 'gross' });
        // What the log may still take without growing is used up by signing in.
        fill(disk.path);
        let refused = false;
        for (let n = 0; n < 400 && !refused; n += 1)
          refused = !(await screen.call('operator.sign-in', { name: `司磅员${String(n)}` })).ok;
        const saved = await pressSave(screen);
        expect(saved).toMatchObject({ ok: false, error: { code: 'store-failed' } });
        expect(!saved.ok && saved.error.detail).toContain('磁盘已满');
        await screen.until('fault', (view) =>
          view.faults.some(({ code, detail }) => code === 'store-failed' && detail.includes('磁盘已满')),
        );
        expect(station.desk.lane.view().saved).toBeNull();
        // It is sent away, and the next one drives on: neither is forgotten.
        await driveOff(yard);
        const second = await driveOn(yard, { plate: '晋C00001', kg: 42_000, kind: 'gross' });
        expect(await screen.call('paper.print', { number: 1 })).toMatchObject({ ok: false });
        const eventsBefore = station.desk.deps.stores.ledger.head.sequence;
        rmSync(join(disk.path, 'film'));
        await screen.until('recovered', (view) => !view.faults.some(({ code }) => code === 'store-failed'));
        expect(lateEvents(station, eventsBefore)).toEqual([
          ['writing-failed', null],
          ['crossing-closed', first.lane.crossingId],
          ['crossing-begun', second.lane.crossingId],
        ]);
        expect(await pressSave(screen)).toMatchObject({ ok: true, value: { number: 2, paper: 'slip' } });
        await driveOff(yard);
        expect(checkLedger(station.desk.deps.stores.ledger.links(), { every: true })).toMatchObject({
          summary: { weighings: 2 },
        });
      } finally {
        await yard.close();
        disk.close();
      }
    },
  );

  it.runIf(canMount)(
    'on a disk that is pulled lets nobody go and crashes nothing, and is opened again once the disk is back',
    async ({ skip }) => {
      const disk = mountLostDisk();
      if (disk === null) {
        skip('no loop devices here');
        return;
      }
      let restarted = false;
      const yard = await yardOn(disk.path, () => {
        restarted = true;
      });
      const { screen } = yard;
      try {
        await driveOn(yard, { plate: '晋C00001', kg: 40_000, facts: sixAxles, kind: 'gross' });
        await save(yard);
        await driveOff(yard);
        const on = await driveOn(yard, { plate: '晋C00001', kg: 41_000, kind: 'gross' });
        disk.lose();
        expect((await pressSave(screen)).ok).toBe(false);
        const said = await screen.until('what to do', (view) =>
          view.faults.some(({ code, detail }) => code === 'store-failed' && detail.includes('检查磁盘')),
        );
        expect(said.lane).toMatchObject({ saved: null, decision: null });
        expect(await screen.call('paper.print', { number: 1 })).toMatchObject({ ok: false });
        expect(restarted).toBe(false);
        disk.bringBack();
        await vi.waitFor(
          () => {
            expect(restarted).toBe(true);
          },
          { timeout: 60_000 },
        );
        await yard.close();
        // What it weighed stands; the truck whose weighing was refused is known to be there.
        const again = await yardOn(disk.path);
        try {
          const { ledger } = again.station.desk.deps.stores;
          expect(checkLedger(ledger.links(), { every: true })).toMatchObject({ summary: { weighings: 1 } });
          expect(again.station.desk.lane.view()).toMatchObject({
            crossingId: on.lane.crossingId,
            saved: null,
          });
        } finally {
          await again.close();
        }
      } finally {
        disk.close();
      }
    },
  );
});

/** The events after this one, each with its crossing, that say they were written late. */
function lateEvents({ desk }: Station, after: number): [string, string | null][] {
  return [...desk.deps.stores.ledger.links()].slice(after).flatMap(({ text }) => {
    const event = JSON.parse(text) as { type: string; lateMs?: number; body: { crossingId?: string } };
    return event.lateMs === undefined ? [] : [[event.type, event.body.crossingId ?? null]];
  });
}

/** A station whose records lie on a disk of its own, for what the disk does under it. */
async function yardOn(dir: string, onRestart: () => void = () => undefined): Promise<TestYard> {
  const scale = await startScale();
  const nothing = (): Promise<void> => Promise.resolve();
  const station = await openStation({
    dataDir: dir,
    onRestart,
    settings: Settings.parse({
      station: { id: 'YQ-7', name: '阳泉测试煤场' },
      lane: { weighing: { stableWindowMs: 500, zeroFrames: 3 } },
      instrument: {
        profile: 'yaohua-continuous',
        transport: { kind: 'tcp', host: '127.0.0.1', port: scale.port },
        divisionKg: 20,
        maxKg: 100_000,
      },
      copies: { anchors: [{ path: root }] },
    }),
  });
  const screen = new Screen(station.connect);
  const close = async (): Promise<void> => {
    screen.close();
    await station.close();
    await scale.close();
  };
  return { dir, scale, station, screen, restart: nothing, reopen: nothing, close };
}

/** Leaves no block free. */
function fill(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  writeFileSync(join(path, 'film'), Buffer.alloc(bavail * bsize));
}
