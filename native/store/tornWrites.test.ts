import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import { handClock } from '../handClock.ts';
import type { Db } from './database.ts';
import type { Stores } from './stores.ts';
import { openStores } from './stores.ts';

const identity = { station: 'YQ-1', mode: 'real' } as const;
const weighings = 16;
/** SQLite's write-ahead log: https://sqlite.org/fileformat2.html, section 4.1. */
const walHeaderBytes = 32;
const frameHeaderBytes = 24;
/** Set for the long run; some ten thousand starts. */
const everyByte = process.env.YUANHENG_EVERY_BYTE === '1';
let root: string;
let original: Stores;
/** Of the log, after each commit; index 0 before the first. */
let ends: number[];

function store(name: string): string {
  return join(root, name, 'yuanheng.db');
}

function openAt(name: string): Stores {
  return openStores(join(root, name), identity, handClock(), true);
}

function weigh(stores: Stores, crossing: number): void {
  const appended = stores.ledger.append((number) => ({
    type: 'weighing',
    body: sampleWeighing({ number: number(), crossingId: `crossing-${String(crossing)}` }),
  }));
  if (!appended.ok) throw new Error(appended.error.detail);
}

/** The store as the original was, with another log behind it. */
function withLog(name: string, wal: Buffer, db = readFileSync(store('original'))): Stores {
  rmSync(join(root, name), { recursive: true, force: true });
  const made = openAt(name);
  made.close();
  writeFileSync(store(name), db);
  writeFileSync(`${store(name)}-wal`, wal);
  return openAt(name);
}

/** How many events were committed within the first `bytes` of the log. */
function committedWithin(bytes: number): number {
  return ends.findLastIndex((end) => end <= bytes);
}

function hashesIn(db: Db): unknown[] {
  return db.prepare('SELECT hash FROM ledger ORDER BY sequence').pluck().all();
}

function expectWhole(stores: Stores, events: number): void {
  expect(stores.ledger.head.sequence).toBe(events);
  expect(stores.ledger.checkTail(Number.MAX_SAFE_INTEGER)).toBeNull();
  expect(stores.db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(stores.outbox.waitingCount()).toBe(events);
  expect(stores.ledger.nextNumber()).toBe(events + 1);
  // And it goes on from there.
  weigh(stores, 1000 + events);
  expect(stores.ledger.checkTail(Number.MAX_SAFE_INTEGER)).toBeNull();
  stores.close();
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-torn-'));
  original = openAt('original');
  original.db.pragma('wal_checkpoint(TRUNCATE)');
  original.db.pragma('wal_autocheckpoint = 0');
  ends = [walHeaderBytes];
  for (let n = 1; n <= weighings; n += 1) {
    weigh(original, n);
    ends.push(statSync(`${store('original')}-wal`).size);
  }
});

afterEach(() => {
  original.close();
  rmSync(root, { recursive: true, force: true });
});

describe('a write that tore', () => {
  it('at any byte of the log leaves every event committed before it, and a whole store', () => {
    const wal = readFileSync(`${store('original')}-wal`);
    const last = ends.at(-2) ?? 0;
    // All over it, at every end of a commit, and closely within the last one.
    const cuts = new Set<number>([0, 1, walHeaderBytes, ...ends, ...ends.map((end) => end - 1)]);
    for (let cut = 0; cut < wal.length; cut += 19_973) cuts.add(cut);
    for (let cut = last; cut < wal.length; cut += 1811) cuts.add(cut);
    for (const cut of cuts)
      expectWhole(withLog('cut', wal.subarray(0, cut)), Math.max(0, committedWithin(cut)));
  });

  it(
    `at ${everyByte ? 'every byte' : 'one byte in 97, and each within 26 of a frame,'} of the last transaction loses nothing committed before it: the same events, to the hash, as were said to be written`,
    { timeout: everyByte ? 3_600_000 : 60_000 },
    () => {
      const wal = readFileSync(`${store('original')}-wal`);
      const frameBytes = frameHeaderBytes + Number(original.db.pragma('page_size', { simple: true }));
      const hashes = hashesIn(original.db);
      const last = ends.at(-2) ?? 0;
      const cuts = new Set<number>();
      for (let cut = walHeaderBytes; cut <= wal.length; cut += frameBytes) cuts.add(cut);
      for (let cut = last; cut <= wal.length; cut += 1) {
        const intoFrame = (cut - walHeaderBytes) % frameBytes;
        if (everyByte || cut % 97 === 0 || intoFrame < 26 || frameBytes - intoFrame < 26) cuts.add(cut);
      }
      mkdirSync(join(root, 'cut'));
      writeFileSync(store('cut'), readFileSync(store('original')));
      writeFileSync(`${store('cut')}-wal`, wal);
      // Shorter and shorter; a reader changes nothing in what was left.
      for (const cut of [...cuts].sort((one, other) => other - one)) {
        truncateSync(`${store('cut')}-wal`, cut);
        rmSync(`${store('cut')}-shm`, { force: true });
        const left = new Database(store('cut'), { readonly: true });
        const found = hashesIn(left);
        left.close();
        expect(found, String(cut)).toEqual(hashes.slice(0, committedWithin(cut)));
      }
    },
  );

  it('and left other bytes than were meant in the tail loses nothing committed before them', () => {
    const wal = readFileSync(`${store('original')}-wal`);
    const frameBytes = frameHeaderBytes + Number(original.db.pragma('page_size', { simple: true }));
    const from = ends[weighings - 3] ?? 0;
    for (let at = from; at < wal.length; at += 1777) {
      const flipped = Buffer.from(wal);
      flipped[at] = (flipped[at] ?? 0) ^ 0x40;
      const frameStart = at - ((at - walHeaderBytes) % frameBytes);
      expectWhole(withLog('flipped', flipped), committedWithin(frameStart));
    }
  });

  it('while the log was brought into the store, page by page, is made good from the log', () => {
    const wal = readFileSync(`${store('original')}-wal`);
    const before = readFileSync(store('original'));

    original.db.pragma('wal_checkpoint(PASSIVE)');
    const after = readFileSync(store('original'));
    for (let part = 0; part <= 20; part += 1) {
      // Up to here the new bytes, behind it the old ones, the boundary in the middle of a page.
      const boundary = Math.floor((after.length * part) / 20) - (part % 2 === 0 ? 0 : 1234);
      const torn = Buffer.concat([after.subarray(0, boundary), before.subarray(boundary)]);
      expectWhole(withLog('torn', wal, torn), weighings);
    }
  });
});
