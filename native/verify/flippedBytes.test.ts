import Database from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SampleStore } from '../evidence/store.testStore.ts';
import { twoDays } from '../evidence/store.testStore.ts';
import type { Db } from '../store/database.ts';
import { openDatabase, openForReading } from '../store/database.ts';
import { derivedTables } from './derived.ts';
import { verifyData } from './verifyData.ts';

/** Set higher for the long run. */
const flips = Number(process.env.YUANHENG_FLIPS ?? '120');
const pageHeadBytes = 12;
let store: SampleStore;
beforeEach(() => {
  ({ store } = twoDays());
  store.append({ type: 'person-enrolled', body: { name: '站长', role: 'manager', operator: null } });
  store.stores.db
    .prepare('INSERT INTO people (name, role, salt, pin_hash) VALUES (?, ?, ?, ?)')
    .run('站长', 'manager', Buffer.alloc(16, 1), Buffer.alloc(32, 2));
  store.close();
  // The last one to close writes the log back: what is changed below is the whole store.
  openDatabase(store.dir).close();
});
afterEach(() => {
  store.remove();
});

/**
 * What is looked at of tables that hold more than the ledger says: a changed PIN opens nothing, and how often a
 * delivery was tried or when a picture was kept is nobody's evidence.
 */
const columns: Readonly<Record<string, string>> = {
  people: 'name, role',
  outbox: 'sequence, state, acknowledgement',
  pictures: 'sha256',
};

interface Page {
  /** The table or index it belongs to. */
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Every page of the file, by what it holds: SQLite's own account of it. */
function pages(db: Db): Page[] {
  return db
    .prepare('SELECT name, pgoffset AS "offset", pgsize AS bytes FROM dbstat ORDER BY pageno')
    .all() as Page[];
}

/** All that anybody can read in the store, table by table; null where a table cannot be read any more. */
function contents(): ReadonlyMap<string, string> | null {
  let db: Db | null = null;
  try {
    db = openForReading(store.dir);
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all() as {
      type: string;
      name: string;
      sql: string;
    }[];
    const read = new Map([['schema', JSON.stringify(schema)]]);
    for (const { name } of schema.filter(({ type }) => type === 'table'))
      read.set(
        name,
        JSON.stringify(db.prepare(`SELECT ${columns[name] ?? '*'} FROM "${name}" ORDER BY 1`).all()),
      );
    return read;
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

/** Small and always the same: a failing byte can be looked at again. */
function* draws(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

it(
  'any byte changed in any page of any table or index is named, or changes nothing that anybody reads',
  async () => {
    const path = join(store.dir, 'yuanheng.db');
    const whole = readFileSync(path);
    const db = new Database(path, { readonly: true });
    const byName = new Map<string, Page[]>();
    for (const page of pages(db)) byName.set(page.name, [...(byName.get(page.name) ?? []), page]);
    db.close();
    expect([...byName.keys()]).toEqual(
      expect.arrayContaining(['ledger', 'outbox', 'meta', ...Object.keys(derivedTables)]),
    );
    const before = contents();
    const names = [...byName.keys()].sort();
    const draw = draws(7);
    const next = (below: number): number => Number(draw.next().value) % below;
    const silent: string[] = [];
    let named = 0;
    for (let nth = 0; nth < flips; nth += 1) {
      const name = names[nth % names.length] ?? '';
      const own = byName.get(name) ?? [];
      const page = own[next(own.length)];
      if (page === undefined) continue;
      // Most of a page of a young store is empty: what is zero and no page's head says nothing.
      const used = Array.from({ length: page.bytes }, (_, into) => page.offset + into).filter(
        (place) => place - page.offset < pageHeadBytes || whole[place] !== 0,
      );
      const at = used[next(used.length)] ?? page.offset;
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 + next(255));
      writeFileSync(path, changed);
      const { faults } = await verifyData({
        ...{ dir: store.dir, every: true, all: false, anchors: [], published: null },
        onProgress: () => undefined,
      });
      if (faults.length > 0) {
        named += 1;
        continue;
      }
      const after = contents();
      const tables = [...(before ?? [])]
        .filter(([table, text]) => after?.get(table) !== text)
        .map(([table]) => table);
      if (tables.length > 0) silent.push(`${tables.join()} (page of ${name}, byte ${String(at)})`);
    }
    console.log(
      `${String(flips)} bytes changed: ${String(named)} named, ${String(flips - named)} read by nobody`,
    );
    expect(silent).toEqual([]);
    expect(named).toBeGreaterThan(flips / 3);
  },
  60_000 + flips * 4_000,
);
