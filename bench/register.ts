import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../native/clock.ts';
import { changed } from '../native/register/entries.ts';
import { planImport } from '../native/register/importPlan.ts';
import { readSheet } from '../native/register/readSheet.ts';
import { writeSheet } from '../native/register/writeSheet.ts';
import type { Stores } from '../native/store/stores.ts';
import { openStores } from '../native/store/stores.ts';
import { plateKey } from '../station/vehicles/register/entries.ts';
import { percentile, report } from './figures.ts';

const vehicles = 100_000;
const fileRows = 10_000;
const lookups = 20_000;

const plate = (nth: number): string =>
  `晋${'CDEFGHJKLM'[Math.floor(nth / 90_000)] ?? 'C'}${String(10_000 + (nth % 90_000))}`;

/** Register lookup by plate, and a spreadsheet's way into the register, against bare SQLite with the same rows. */
export async function benchRegister(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
  const stores = openStores(join(dir, 'store'), { station: 'B', mode: 'real' }, systemClock(), true);
  const bare = new Database(join(dir, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE rows (key TEXT PRIMARY KEY, entry TEXT NOT NULL)');
  try {
    const rates: { readonly own: number; readonly base: number }[] = [];
    for (let from = 0; from < vehicles; from += fileRows) rates.push(await importOne(stores, bare, from));
    const own = percentile(
      rates.map((each) => each.own),
      0.5,
    );
    const base = percentile(
      rates.map((each) => each.base),
      0.5,
    );
    report(
      `register import of ${String(fileRows)} rows, file to ledger`,
      `${own.toFixed(0)} rows/s`,
      `${base.toFixed(0)} rows/s`,
      own / base,
    );
    benchLookup(stores, bare);
  } finally {
    bare.close();
    stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function importOne(stores: Stores, bare: Database.Database, from: number) {
  const rows = Array.from({ length: fileRows }, (_, nth) => [plate(from + nth), '黄', 6, '1+2+3', '一队']);
  const heads = ['车牌号', '车牌颜色', '轴数', '轴组', '车队'];
  const file = await writeSheet(
    '车辆',
    heads.map((heading) => ({ heading, widthCharacters: 12 })),
    rows,
  );
  const start = performance.now();
  const sheet = await readSheet(file);
  if (!sheet.ok) throw new Error(sheet.error);
  const plan = await planImport('vehicle', sheet.value, (kind, key) => stores.register.get(kind, key));
  const stored = stores.ledger.appendAll(
    plan.changes.map((each) => changed(each, { reason: '', operator: null, importId: 'bench' })),
  );
  const ownMs = performance.now() - start;
  if (!stored.ok || plan.changes.length !== fileRows) throw new Error('the import failed');
  const texts = plan.changes.map(({ entry }) => JSON.stringify(entry));
  const insert = bare.prepare('INSERT INTO rows (key, entry) VALUES (?, ?)');
  const bareStart = performance.now();
  bare.transaction(() => {
    for (const [nth, text] of texts.entries()) insert.run(plateKey(plate(from + nth), 'yellow'), text);
  })();
  const bareMs = performance.now() - bareStart;
  return { own: (fileRows / ownMs) * 1000, base: (fileRows / bareMs) * 1000 };
}

function benchLookup(stores: Stores, bare: Database.Database): void {
  const select = bare.prepare('SELECT entry FROM rows WHERE key = ?').pluck();
  const ownMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < lookups; round += 1) {
    const asked = plate((round * 7919) % vehicles);
    bareMs.push(timed(() => select.get(plateKey(asked, 'yellow'))));
    ownMs.push(timed(() => stores.register.vehicle(asked, 'yellow')));
  }
  for (const p of [0.5, 0.99]) {
    const own = percentile(ownMs, p) * 1000;
    const name = `register lookup by plate of ${String(vehicles)} p${String(p * 100)}`;
    const base = percentile(bareMs, p) * 1000;
    report(name, `${own.toFixed(1)} us`, `${base.toFixed(1)} us`, own / base);
  }
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
