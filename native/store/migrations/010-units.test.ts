import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventBody } from '../../../station/ledger/event.ts';
import { sampleWeighing } from '../../../station/ledger/sampleWeighing.ts';
import { handClock } from '../../handClock.ts';
import type { Stores } from '../stores.ts';
import { openStores } from '../stores.ts';
import { migration010 } from './010-units.ts';

let dir: string;
let stores: Stores;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-010-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

function lists(db: Stores['db']): unknown {
  return {
    tares: db.prepare('SELECT * FROM tares ORDER BY plate, trailer').all(),
    corrections: db.prepare('SELECT * FROM corrections').all(),
  };
}

it('a store of before believes the same tares of the same combinations as one that wrote them as they came', () => {
  const append = (body: EventBody): void => {
    expect(stores.ledger.append(() => body).ok).toBe(true);
  };
  const tare = (number: number, plate: string, trailerPlate: string | null, kg: number): void => {
    const of = { number, plate, trailerPlate, weighedKg: kg, tareKg: kg, crossingId: `c${String(number)}` };
    append({ type: 'weighing', body: sampleWeighing(of) });
  };
  tare(1, '晋C10001', null, 15_000);
  tare(2, '晋C10001', '晋C1234挂', 16_000);
  tare(3, '晋C10001', '晋C5678挂', 17_000);
  tare(4, '晋C10001', '晋C1234挂', 16_020);
  tare(5, '晋C10002', null, 14_000);
  tare(6, '晋C10003', null, 13_000);
  tare(7, '晋C10004', null, 12_000);
  const said = { reason: '看错', operator: null };
  append({ type: 'weighing-voided', body: { number: 3, ...said } });
  append({ type: 'weighing-voided', body: { number: 2, ...said } });
  append({
    type: 'record-corrected',
    body: { number: 6, field: 'plate', before: '晋C10003', now: '晋C10008', ...said },
  });
  append({
    type: 'record-corrected',
    body: { number: 7, field: 'goods', before: null, now: '原煤', ...said },
  });
  const written = lists(stores.db);
  expect(written).toMatchObject({
    tares: [
      { plate: '晋C10001', trailer: '', number: 1, kg: 15_000 },
      { plate: '晋C10001', trailer: '晋C1234挂', number: 4, kg: 16_020 },
      { plate: '晋C10002', number: 5 },
      { plate: '晋C10004', number: 7 },
    ],
  });
  expect(stores.register.tare('晋C10001', 'yellow', '晋C5678挂')).toBeNull();
  expect(stores.register.tareHistory('晋C10001', 'yellow', '晋C1234挂').map(({ kg }) => kg)).toEqual([
    16_020,
  ]);
  expect(stores.register.tareHistory('晋C10003', 'yellow', null)).toEqual([]);
  stores.close();

  const old = new Database(join(dir, 'yuanheng.db'));
  // As the program before left it: one tare a plate, whatever was behind it.
  old.exec(`ALTER TABLE corrections DROP COLUMN of_vehicle; DROP TABLE tares;
    CREATE TABLE tares (plate TEXT NOT NULL, colour TEXT NOT NULL, number INTEGER NOT NULL, kg INTEGER NOT NULL,
      time_ms INTEGER NOT NULL, PRIMARY KEY (plate, colour)) STRICT, WITHOUT ROWID`);
  old.exec(migration010);
  expect(lists(old)).toEqual(written);
  old.close();
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
