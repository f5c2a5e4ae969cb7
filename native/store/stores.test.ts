import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WeighingBody } from '../../station/ledger/event.ts';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import { handClock } from '../handClock.ts';
import type { Stores } from './stores.ts';
import { openStores } from './stores.ts';

const identity = { station: 'YQ-1', mode: 'real' } as const;
let dir: string;
let clock: ReturnType<typeof handClock>;
let stores: Stores;

function open(): Stores {
  return openStores(dir, identity, clock, true);
}

function weigh(crossingId: string, plate = '晋C12345'): number {
  const appended = stores.ledger.append((number) => ({
    type: 'weighing',
    body: weighing(number(), crossingId, plate),
  }));
  if (!appended.ok) throw new Error(appended.error.detail);
  if (appended.value.event.type !== 'weighing') throw new Error('not a weighing');
  return appended.value.event.body.number;
}

function weighing(number: number, crossingId: string, plate: string): WeighingBody {
  return sampleWeighing({ number, crossingId, plate });
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-store-'));
  clock = handClock();
  stores = open();
});

afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the store', () => {
  it('numbers weighings without gaps, over restarts and failed writes', () => {
    expect(weigh('a')).toBe(1);
    expect(() => weigh('a')).toThrow(/UNIQUE/);
    expect(weigh('b')).toBe(2);
    stores.close();
    stores = open();
    expect(weigh('c')).toBe(3);
    expect(stores.ledger.checkTail(1000)).toBeNull();
  });

  it('writes event, outbox row and list row together or not at all', () => {
    weigh('a');
    expect(() => weigh('a')).toThrow();
    expect(stores.ledger.head.sequence).toBe(1);
    expect(stores.outbox.waitingCount()).toBe(1);
    expect(
      stores.passages.list({ beforeNumber: null, limit: 10, plate: null, outcome: null }).rows,
    ).toHaveLength(1);
  });

  it('keeps a ledger row from being changed or taken away through the database', () => {
    weigh('a');
    const other = new Database(join(dir, 'yuanheng.db'));
    expect(() => other.exec('UPDATE ledger SET time_ms = 0')).toThrow(/append only/);
    expect(() => other.exec('DELETE FROM ledger')).toThrow(/append only/);
    other.close();
  });

  it('sees a row that somebody changed behind the program', () => {
    weigh('a');
    const other = new Database(join(dir, 'yuanheng.db'));
    other.exec(`DROP TRIGGER ledger_never_changes; UPDATE ledger SET text = replace(text, '15000', '14000')`);
    other.close();
    expect(stores.ledger.checkTail(1000)).toEqual({ kind: 'hash', sequence: 1 });
  });

  it('is of one program at a time', () => {
    expect(() => open()).toThrow();
  });

  it('never opens a drill as real, nor another station as this one', () => {
    stores.close();
    expect(() => openStores(dir, { ...identity, mode: 'drill' }, clock, true)).toThrow(/mode "real"/);
    expect(() => openStores(dir, { ...identity, station: 'YQ-2' }, clock, true)).toThrow(/YQ-1/);
    stores = open();
  });

  it('knows a clock that ran backwards until a person confirms it', () => {
    weigh('a');
    clock.setNow(clock.nowMs() - 3_600_000);
    expect(stores.ledger.clockBehindMs()).toBe(3_600_000);
    weigh('b');
    expect(stores.ledger.clockBehindMs()).toBe(3_600_000);
    stores.ledger.append(() => ({ type: 'clock-confirmed', body: { behindMs: 3_600_000, operator: null } }));
    expect(stores.ledger.clockBehindMs()).toBe(0);
    stores.close();
    stores = open();
    expect(stores.ledger.clockBehindMs()).toBe(0);
  });

  it('takes any text as text', () => {
    const nasty = `'; DROP TABLE ledger; --%_"`;
    weigh('a', nasty);
    expect(
      stores.passages.list({ beforeNumber: null, limit: 10, plate: nasty, outcome: null }).rows,
    ).toHaveLength(1);
    expect(
      stores.passages.list({ beforeNumber: null, limit: 10, plate: '%', outcome: null }).rows,
    ).toHaveLength(1);
    expect(
      stores.passages.list({ beforeNumber: null, limit: 10, plate: 'x%', outcome: null }).rows,
    ).toHaveLength(0);
  });

  it('delivers in order, sets aside without blocking, and takes back what was set aside', () => {
    weigh('a');
    weigh('b');
    weigh('c');
    expect(stores.outbox.nextWaiting()?.sequence).toBe(1);
    stores.outbox.setAside(1, 'schema', clock.nowMs());
    expect(stores.outbox.nextWaiting()?.sequence).toBe(2);
    stores.outbox.delivered(2, { accepted: true, sequence: 2, hash: '0'.repeat(64) }, clock.nowMs());
    expect(stores.outbox.listSetAside()).toMatchObject([{ sequence: 1, number: 1, error: 'schema' }]);
    stores.outbox.retry(1);
    expect(stores.outbox.nextWaiting()?.sequence).toBe(1);
  });
});
