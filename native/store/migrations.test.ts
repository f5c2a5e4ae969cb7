import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgeLink, genesisHash } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import { handClock } from '../handClock.ts';
import { migration001 } from './migrations/001-ledger.ts';
import { openStores } from './stores.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-migration-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The facts of a vehicle as program 0.1 wrote them. */
const oldFacts = {
  airSuspension: false,
  axles: 6,
  driveAxles: 2,
  layout: '1+2+3',
  registeredGrossKg: null,
  singleTyredAxles: 0,
  trailerAxleSpacingMm: null,
  vehicleClass: 'articulated',
  wideTyres: false,
};

/** A store as program 0.1 left it: one vehicle stated and one tare weighed. */
function writeStoreOfVersion1(): void {
  const db = new Database(join(dir, 'yuanheng.db'));
  db.exec(migration001);
  db.pragma('user_version = 1');
  const envelope = {
    v: 1,
    station: 'YQ-1',
    mode: 'real',
    sequence: 1,
    timeMs: 1_790_000_000_000,
    bootId: 'boot',
    monotonicMs: 1,
    clockSource: 'system',
  } as const;
  const event = {
    ...envelope,
    type: 'vehicle-stated',
    body: { plate: '晋C12345', colour: 'yellow', facts: oldFacts, operator: null },
  };
  const link = forgeLink(genesisHash, event as LedgerEvent);
  db.prepare(
    'INSERT INTO ledger (sequence, time_ms, type, number, text, previous_hash, hash) VALUES (1, ?, ?, NULL, ?, ?, ?)',
  ).run(envelope.timeMs, 'vehicle-stated', link.text, link.previousHash, link.hash);
  db.prepare(`INSERT INTO outbox (sequence, state) VALUES (1, 'waiting')`).run();
  db.prepare('INSERT INTO vehicles (plate, colour, facts, sequence) VALUES (?, ?, ?, 1)').run(
    '晋C12345',
    'yellow',
    JSON.stringify(oldFacts),
  );
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?), (?, ?)').run('mode', 'real', 'station', 'YQ-1');
  db.close();
}

it('a store of program 0.1 keeps its vehicles, its chain and what it still owes the platform', () => {
  writeStoreOfVersion1();
  const stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
  try {
    expect(stores.register.vehicle('晋C12345', 'yellow')).toMatchObject({
      plate: '晋C12345',
      unit: 'whole',
      axles: 6,
      layout: '1+2+3',
      emission: null,
      licenceExpires: null,
    });
    expect(stores.ledger.checkTail(10)).toBeNull();
    expect(stores.outbox.nextWaiting()).toMatchObject({ sequence: 1 });
  } finally {
    stores.close();
  }
});
