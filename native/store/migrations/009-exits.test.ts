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
import { migration007 } from './007-pictures.ts';
import { migration009 } from './009-exits.ts';

let dir: string;
let stores: Stores;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-009-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Every list the migration makes or fills, as it stands. */
function lists(db: Stores['db']): unknown {
  return {
    exits: db.prepare('SELECT * FROM exits ORDER BY sequence').all(),
    passages: db.prepare('SELECT number, picture FROM passages ORDER BY number').all(),
    manual: db.prepare('SELECT * FROM manual_weighings').all(),
  };
}

it('a store of before has the same lists as one that wrote them as they came', () => {
  const append = (body: EventBody): void => {
    expect(stores.ledger.append(() => body).ok).toBe(true);
  };
  const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;
  const weigh = (number: number, pictures: readonly string[]): void => {
    append({
      type: 'weighing',
      body: sampleWeighing({ number, crossingId: `c${String(number)}`, pictures: [...pictures] }),
    });
  };
  const shot = (sha256: string | null) => ({
    ...{ camera: 'x', view: 'front' as const, sha256, missed: sha256 === null ? 'dark' : null, afterMs: 1 },
    ...{ origin: 'asked' as const, seenMs: null },
  });
  weigh(1, [a]);
  weigh(2, []);
  weigh(3, []);
  append({ type: 'pictures-taken', body: { number: 1, crossingId: 'c1', shots: [shot(b)] } });
  append({ type: 'pictures-taken', body: { number: 2, crossingId: 'c2', shots: [shot(null), shot(c)] } });
  append({ type: 'pictures-taken', body: { number: 3, crossingId: 'c3', shots: [shot(null)] } });
  const seen: (EventBody & { type: 'exit-seen' })['body'] = {
    ...{ camera: 'exit', plate: '晋C10003', colour: 'yellow', rearPlate: null, found: 'not-weighed' },
    ...{ number: null, probably: false, seenMs: null, late: false, again: null, settles: null, doubts: null },
    pictures: [c],
  };
  append({ type: 'exit-seen', body: seen });
  append({ type: 'exit-seen', body: { ...seen, found: 'slip', number: 2, pictures: [] } });
  const written = lists(stores.db);
  expect(written).toMatchObject({
    exits: [
      { plate: '晋C10003', suspicious: 1, settled: null, picture: c },
      { found: 'slip', number: 2, suspicious: 0, picture: null },
    ],
    passages: [{ picture: a }, { picture: c }, { picture: null }],
  });
  stores.close();

  const old = new Database(join(dir, 'yuanheng.db'));
  old.exec(`DROP TABLE exits; ALTER TABLE manual_weighings DROP COLUMN shots;
    UPDATE passages SET picture = NULL WHERE number > 1; DROP INDEX pictures_removed`);
  // As the program before left it.
  old.exec(migration007.slice(migration007.indexOf('CREATE TABLE exits')));
  old.exec(migration009);
  expect(lists(old)).toEqual(written);
  old.close();
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, handClock(), true);
});
