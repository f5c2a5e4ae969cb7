import type { Db } from '../store/database.ts';
import type { DataFault } from './fault.ts';

interface Item {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/**
 * Every table, index and trigger against those this program's migrations make, word for word: a trigger that is there by
 * its name alone keeps nothing from being changed.
 */
export function* compareSchema(db: Db, made: Db): Generator<DataFault> {
  const items = (of: Db): Map<string, Item> => {
    const rows = of
      .prepare(`SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .all() as Item[];
    return new Map(rows.map((row) => [`${row.type} ${row.name}`, row]));
  };
  const here = items(db);
  const there = items(made);
  for (const [name, { type, sql }] of there) {
    if (here.get(name)?.sql === sql) continue;
    yield { code: type === 'trigger' ? 'triggers' : 'schema', sequence: null, detail: name };
  }
  for (const name of here.keys())
    if (!there.has(name)) yield { code: 'schema', sequence: null, detail: name };
}

interface Enrolled {
  readonly name: string;
  readonly role: string;
}

/** Who may sign is whom the ledger says was enrolled; their PINs are in no event, and a wrong one opens nothing. */
export function* comparePeople(db: Db): Generator<DataFault> {
  const events = db
    .prepare(
      `SELECT json_extract(text, '$.body.name') AS name, json_extract(text, '$.body.role') AS role
       FROM ledger WHERE type = 'person-enrolled' ORDER BY sequence`,
    )
    .all() as Enrolled[];
  const said = new Map(events.map(({ name, role }) => [name, role]));
  const rows = db.prepare('SELECT name, role FROM people ORDER BY name').all() as Enrolled[];
  for (const { name, role } of rows) {
    if (said.get(name) === role) continue;
    const how = said.has(name) ? 'role' : 'follows from no event';
    yield { code: 'derived', sequence: null, detail: `people ${name}: ${how}` };
  }
  const here = new Set(rows.map(({ name }) => name));
  for (const name of said.keys())
    if (!here.has(name)) yield { code: 'derived', sequence: null, detail: `people ${name}: is missing` };
}
