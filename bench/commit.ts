import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../native/clock.ts';
import { recordWeighing } from '../native/recorder.ts';
import { openStores } from '../native/store/stores.ts';
import { unknownFacts } from '../station/contract.ts';
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

function weigh(stores: ReturnType<typeof openStores>, round: number): void {
  const frames = Array.from({ length: 31 }, () => '022b30343832303030313703');
  const stored = recordWeighing(
    stores,
    {
      crossingId: `crossing-${String(round)}`,
      lane: '1',
      kind: 'tare',
      plate: '晋C12345',
      colour: 'yellow',
      plateSource: 'operator',
      cameraPlate: null,
      facts: unknownFacts,
      factsSource: 'register',
      weighedKg: 48_200,
      grossKg: null,
      tareKg: 48_200,
      tareNumber: null,
      netKg: null,
      decision: null,
      pictures: [],
      frames,
    },
    {
      instrument: {
        profile: 'yaohua-continuous',
        unit: 'kg',
        divisionKg: 20,
        minKg: 400,
        maxKg: 100_000,
        verificationExpires: null,
      },
      operator: null,
    },
    frames.map((raw, index) => `${String(index * 100 + round)} ${raw}`).join('\n'),
  );
  if (!stored.ok) throw new Error(stored.error.detail);
}
