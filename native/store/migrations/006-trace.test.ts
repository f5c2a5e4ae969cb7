import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleWeighing } from '../../../station/ledger/sampleWeighing.ts';
import { handClock } from '../../handClock.ts';
import type { Stores } from '../stores.ts';
import { openStores } from '../stores.ts';
import { migration006 } from './006-trace.ts';

let dir: string;
let stores: Stores;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-006-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Every table the migration makes or fills, as it stands. */
function lists(db: Stores['db']): unknown {
  return {
    names: db.prepare('SELECT * FROM other_names ORDER BY field, name, how').all(),
    passages: db.prepare('SELECT number, tare_number, picture FROM passages ORDER BY number').all(),
  };
}

it('a store of before finds its passages by the same names as one that wrote them as they came', () => {
  const weigh = (crossingId: string, change: object): void => {
    stores.ledger.append((number) => ({
      type: 'weighing',
      body: sampleWeighing({ number: number(), crossingId, ...change }),
    }));
  };
  weigh('a', { cameraPlate: '晋C12345' });
  weigh('b', {
    ...{ kind: 'gross', grossKg: 40_000, tareNumber: 1, trailerPlate: '晋C1234挂', cameraPlate: '晋C1Z345' },
    pictures: ['a'.repeat(64), 'b'.repeat(64)],
  });
  const correct = (field: 'plate' | 'driver' | 'trailerPlate' | 'goods', now: string | null): void => {
    stores.ledger.append(() => ({
      type: 'record-corrected',
      body: { number: 2, field, before: null, now, reason: '认错', operator: null },
    }));
  };
  correct('plate', '晋C99999');
  correct('trailerPlate', '晋C9999挂');
  correct('driver', '王师傅');
  correct('driver', null);
  correct('goods', '焦炭');
  const written = lists(stores.db);
  expect(written).toMatchObject({
    passages: [
      { number: 1, tare_number: null, picture: null },
      { number: 2, tare_number: 1, picture: 'a'.repeat(64) },
    ],
  });
  stores.close();

  const old = new Database(join(dir, 'yuanheng.db'));
  old.exec(`DROP TABLE other_names; DROP INDEX passages_by_plate_time; DROP INDEX passages_by_driver;
    DROP INDEX passages_by_consignee; ALTER TABLE passages DROP COLUMN tare_number;
    ALTER TABLE passages DROP COLUMN picture`);
  old.exec(migration006);
  expect(lists(old)).toEqual(written);
  old.close();
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
