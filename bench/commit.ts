import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../native/clock.ts';
import { recordWeighing } from '../native/desk/recorder.ts';
import { openStores } from '../native/store/stores.ts';
import { sampleWeighing } from '../station/ledger/sampleWeighing.ts';
import { percentile, report } from './figures.ts';

const rounds = 500;
const row = Buffer.alloc(1500, 'x').toString();

/** One durable weighing (event, chain, outbox, curve, lists, read-back) against one bare insert of 1.5 kB. */
export function benchCommit(): void {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
  const bare = new Database(join(dir, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  const insert = bare.prepare('INSERT INTO rows (text) VALUES (?)');
  const stores = openStores(join(dir, 'store'), { station: 'B', mode: 'real' }, systemClock(), true);
  const bareMs: number[] = [];
  const weighingMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bareMs.push(timed(() => insert.run(row)));
    weighingMs.push(
      timed(() => {
        weigh(stores, round);
      }),
    );
  }
  bare.close();
  stores.close();
  rmSync(dir, { recursive: true, force: true });
  for (const p of [0.5, 0.99]) {
    const own = percentile(weighingMs, p);
    const base = percentile(bareMs, p);
    report(
      `durable weighing commit p${String(p * 100)}`,
      `${own.toFixed(3)} ms`,
      `${base.toFixed(3)} ms`,
      own / base,
    );
  }
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const sample = sampleWeighing();

function weigh(stores: ReturnType<typeof openStores>, round: number): void {
  const frames = Array.from({ length: 31 }, () => '022b30343832303030313703');
  const stored = recordWeighing(
    stores,
    { ...sample, crossingId: `crossing-${String(round)}`, weighedKg: 48_200, tareKg: 48_200, frames },
    { instrument: sample.instrument, operator: null },
    frames.map((raw, index) => `${String(index * 100 + round)} ${raw}`).join('\n'),
  );
  if (!stored.ok) throw new Error(stored.error.detail);
}
