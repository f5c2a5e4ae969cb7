import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handClock } from '../../handClock.ts';
import type { Stores } from '../stores.ts';
import { openStores } from '../stores.ts';
import { migration011 } from './011-crossing-curves.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-011-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const closed = {
  crossingId: 'c1',
  outcome: 'unexplained',
  number: null,
  plate: null,
  peakKg: 30_000,
  durationMs: 5_000,
  interrupted: false,
  from: 'zero',
  to: 'zero',
  note: null,
  operator: null,
} as const;

function curvesOf({ db }: Stores): unknown {
  return db.prepare('SELECT crossing_id, curve FROM crossings ORDER BY sequence').all();
}

it('a store of before keeps its crossings, without a curve; those that come have theirs', () => {
  const open = (): Stores => openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
  let stores = open();
  const close = (crossingId: string, curveSha256: string | null): void => {
    const body = { ...closed, crossingId, curveSha256 };
    expect(stores.ledger.append(() => ({ type: 'crossing-closed', body })).ok).toBe(true);
  };
  close('c1', null);
  const newest = Number(stores.db.pragma('user_version', { simple: true }));
  stores.close();
  const old = new Database(join(dir, 'yuanheng.db'));
  old.exec('ALTER TABLE crossings DROP COLUMN curve');
  // As the program before left it.
  old.exec(migration011);
  old.pragma(`user_version = ${String(newest)}`);
  old.close();
  stores = open();
  close('c2', 'a'.repeat(64));
  expect(curvesOf(stores)).toEqual([
    { crossing_id: 'c1', curve: null },
    { crossing_id: 'c2', curve: 'a'.repeat(64) },
  ]);
  stores.close();
});
