import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../native/store/database.ts';
import type { Db } from '../native/store/database.ts';
import { gateRows } from '../native/gate/gateRows.ts';
import { findPassages } from '../native/trace/findPassages.ts';
import type { TraceQuery } from '../station/contract.ts';
import { percentile, report } from './figures.ts';

const trucks = 5000;
const rounds = 60;
const fromMs = Date.UTC(2021, 10, 24);
const fiveYearsMs = 5 * 365 * 24 * 3_600_000;

/** 倒查 over five years of passages: each question against a bare look-up by primary key in the same store. */
export function benchTrace(long = false): void {
  for (const passages of [10_000, 1_000_000, ...(long ? [5_000_000] : [])]) benchSize(passages);
}

function benchSize(passages: number): void {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
  try {
    const db = openDatabase(dir);
    fill(db, passages);
    const bare = db.prepare('SELECT time_ms, plate FROM passages WHERE number = ?');
    const size = `of ${String(passages)} passages`;
    const questions: Readonly<Record<string, (nth: number) => TraceQuery>> = {
      'trace plate and time': (nth) => query(plate(nth * 7919), timeOf(nth * 1013, passages), false),
      'trace one misread character': (nth) => query(misread(nth * 7919), timeOf(nth * 1013, passages), true),
      'trace part of a plate, any time': (nth) => query(plate(nth * 7919).slice(3), null, false),
      'trace driver, any time': (nth) => ({
        ...query('', null, false),
        by: 'driver',
        text: `司机${String((nth * 31) % trucks)}`,
      }),
    };
    for (const [name, ask] of Object.entries(questions)) {
      const ownMs: number[] = [];
      const bareMs: number[] = [];
      for (let nth = 0; nth < rounds; nth += 1) {
        bareMs.push(timed(() => bare.get(1 + ((nth * 99_991) % passages))));
        ownMs.push(timed(() => findPassages(db, ask(nth), 'YQ-1')));
      }
      say(`${name} ${size}`, ownMs, bareMs);
    }
    benchGate(db, passages, bare, size);
    db.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A page of the emission-gate ledger of one fleet, searched over all five years. */
function benchGate(db: Db, passages: number, bare: { get: (key: number) => unknown }, size: string): void {
  const book = { db, stationId: 'YQ-1', drill: false, visitMs: 12 * 3_600_000 };
  const ownMs: number[] = [];
  const bareMs: number[] = [];
  for (let nth = 0; nth < 10; nth += 1) {
    bareMs.push(timed(() => bare.get(1 + ((nth * 99_991) % passages))));
    ownMs.push(
      timed(() => {
        let rows = 0;
        const span = { from: '2021-01-01', to: '2027-01-01', plate: null, emission: null };
        for (const row of gateRows(book, { ...span, fleet: `车队${String(nth)}号` }, null))
          if (row !== null && (rows += 1) === 100) break;
      }),
    );
  }
  say(`gate ledger, first 100 of a fleet ${size}`, ownMs, bareMs);
}

function say(name: string, ownMs: readonly number[], bareMs: readonly number[]): void {
  for (const p of [0.5, 0.99]) {
    const own = percentile(ownMs, p);
    const base = percentile(bareMs, p);
    report(
      `${name} p${String(p * 100)}`,
      `${own.toFixed(2)} ms`,
      `${(base * 1000).toFixed(1)} us`,
      own / base,
    );
  }
}

function query(text: string, atMs: number | null, near: boolean): TraceQuery {
  return { by: 'plate', text, atMs, windowMs: 12 * 3_600_000, near };
}

function plate(nth: number): string {
  return `晋C${String(10_000 + (nth % trucks))}`;
}

function misread(nth: number): string {
  return `${plate(nth).slice(0, 6)}Z`;
}

function timeOf(nth: number, passages: number): number {
  return fromMs + Math.floor(((nth % passages) / passages) * fiveYearsMs);
}

/** Lists as five years leave them; the ledger behind them is cut short, since no question here reads it. */
function fill(db: Db, passages: number): void {
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  db.exec('BEGIN');
  const vehicle = db.prepare(
    `INSERT INTO register (kind, key, entry, search, sequence) VALUES ('vehicle', ?, ?, ?, 1)`,
  );
  for (let nth = 0; nth < trucks; nth += 1) {
    const entry = { plate: plate(nth), colour: 'yellow', fleet: `车队${String(nth % 100)}号`, emission: '6' };
    vehicle.run(`${plate(nth)} yellow`, JSON.stringify(entry), plate(nth));
  }
  const row = db.prepare(
    `INSERT INTO passages (number, sequence, crossing_id, time_ms, kind, plate, colour, axles, weighed_kg, tare_kg,
       net_kg, limit_kg, over_kg, outcome, trailer, goods, consignee, driver, tare_number)
     VALUES (?, ?, ?, ?, ?, ?, 'yellow', 6, 48000, 15000, 33000, 49000, 0, ?, ?, '原煤', ?, ?, ?)`,
  );
  const name = db.prepare(
    `INSERT INTO other_names (field, name, time_ms, number, how) VALUES ('plate', ?, ?, ?, ?)`,
  );
  for (let number = 1; number <= passages; number += 1) {
    const gross = number % 2 === 0;
    const truck = (Math.ceil(number / 2) * 2654435761) % trucks;
    const timeMs = timeOf(number - 1, passages);
    const trailer = truck % 2 === 0 ? `晋C${String(1000 + (truck % 9000))}挂` : null;
    row.run(
      ...[number, number, `c${String(number)}`, timeMs, gross ? 'gross' : 'tare', plate(truck)],
      gross ? 'allow' : null,
      trailer,
      `收货${String(truck % 40)}`,
      `司机${String(truck)}`,
      gross ? number - 1 : null,
    );
    if (trailer !== null) name.run(trailer, timeMs, number, 'trailer');
    if (number % 200 === 0) name.run(misread(truck + 3), timeMs, number, 'camera');
  }
  db.exec('COMMIT');
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
