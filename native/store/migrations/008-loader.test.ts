import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleWeighing } from '../../../station/ledger/sampleWeighing.ts';
import { noLoad } from '../../../station/vehicles/load.ts';
import { handClock } from '../../handClock.ts';
import { openRecords } from '../records.ts';
import type { Stores } from '../stores.ts';
import { openStores } from '../stores.ts';
import { migration008 } from './008-loader.ts';

function weigh({ ledger }: Stores, crossingId: string, loader: string | null): void {
  const load = { ...noLoad, driver: '王师傅', loader };
  ledger.append((number) => ({
    type: 'weighing',
    body: sampleWeighing({ number: number(), crossingId, load }),
  }));
}

it('a store of before keeps its passages, whose loader nobody stated, and takes the next with theirs', () => {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-008-'));
  const open = (): Stores => openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
  let stores = open();
  try {
    weigh(stores, 'a', null);
    stores.close();
    const old = new Database(join(dir, 'yuanheng.db'));
    old.exec('ALTER TABLE passages DROP COLUMN loader');
    expect(() => openRecords(dir)).toThrow('start the station on it once');
    old.exec(migration008);
    old.close();
    stores = open();
    weigh(stores, 'b', '2号铲车');
    const loads = stores.passages.list({ beforeNumber: null, limit: 9, plate: null, outcome: null });
    expect(loads.rows.map(({ load }) => load)).toEqual([
      { ...noLoad, driver: '王师傅', loader: '2号铲车' },
      { ...noLoad, driver: '王师傅' },
    ]);
    expect(stores.visits.lastLoad('晋C12345', 'yellow')).toMatchObject({ loader: '2号铲车' });
  } finally {
    stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
