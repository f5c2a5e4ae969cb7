import { entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { RegisterKind } from '../../station/vehicles/register/entries.ts';
import type { Db } from '../store/database.ts';
import type { DataFault } from './fault.ts';

/**
 * Every table of the store: those that follow from the ledger, with their keys, and those that do not. A test holds
 * this list to the schema, so that a new table has to say which it is.
 */
export const derivedTables: Readonly<Record<string, readonly string[]>> = {
  passages: ['number'],
  register: ['kind', 'key'],
  papers: ['number', 'copy'],
  tares: ['plate', 'colour', 'trailer'],
  crossings: ['crossing_id'],
  voids: ['number'],
  corrections: ['sequence'],
  manual_weighings: ['manual_number'],
  station_keys: ['key_id'],
  rule_sets: ['sha256'],
  releases: ['number'],
  shots: ['number'],
  exits: ['sequence'],
  late_plates: ['sequence'],
  other_names: ['field', 'name', 'time_ms', 'number', 'how'],
};
export const otherTables: ReadonlySet<string> = new Set([
  'meta',
  'ledger',
  'outbox',
  'curves',
  'people',
  'pictures',
]);

/** Compares the tables of a store with the same tables worked out from its ledger, row by row, in either direction. */
export function* compareDerived(db: Db, again: string): Generator<DataFault> {
  db.prepare('ATTACH DATABASE ? AS again').run(again);
  for (const [table, keys] of Object.entries(derivedTables)) yield* compareTable(db, table, keys);
}

function* compareTable(db: Db, table: string, keys: readonly string[]): Generator<DataFault> {
  const columns = db.prepare(`SELECT name FROM pragma_table_info(?)`).pluck().all(table) as string[];
  const same = keys.map((key) => `a.${key} = m.${key}`).join(' AND ');
  const differs = columns.map((column) => `m.${column} IS NOT a.${column}`).join(' OR ');
  const sequence = columns.includes('sequence');
  const select = (one: string, other: string, where: string): string =>
    `SELECT m.*${sequence ? '' : ', NULL AS sequence'} FROM ${one}.${table} m
     LEFT JOIN ${other}.${table} a ON ${same} WHERE ${where} ORDER BY ${keys.map((key) => `m.${key}`).join(', ')}`;
  const [first = ''] = keys;
  const name = (row: Row): string => `${table} ${keys.map((key) => String(row[key])).join(' ')}`;
  for (const found of db.prepare(select('main', 'again', `a.${first} IS NULL`)).iterate()) {
    const row = found as Row;
    yield fault(row, `${name(row)}: follows from no event`);
  }
  for (const found of db.prepare(select('again', 'main', `a.${first} IS NULL`)).iterate()) {
    const row = found as Row;
    yield fault(row, `${name(row)}: is missing`);
  }
  const joined = `SELECT m.*${sequence ? '' : ', NULL AS sequence'} FROM main.${table} m JOIN again.${table} a ON ${same}
    WHERE ${differs} ORDER BY ${keys.map((key) => `m.${key}`).join(', ')}`;
  const other = db.prepare(
    `SELECT * FROM again.${table} m WHERE ${keys.map((key) => `m.${key} = ?`).join(' AND ')}`,
  );
  for (const found of db.prepare(joined).iterate()) {
    const row = found as Row;
    const now = other.get(...keys.map((key) => row[key])) as Row;
    const changed = columns.filter((column) => row[column] !== now[column]);
    if (table === 'register' && sameEntry(row, now)) continue;
    yield fault(row, `${name(row)}: ${changed.join(', ')}`);
  }
}

type Row = Readonly<Record<string, string | number | null>>;

function fault({ sequence }: Row, detail: string): DataFault {
  return { code: 'derived', sequence: typeof sequence === 'number' ? sequence : null, detail };
}

/** Entries of program 0.1 were carried over with fewer names; what they say has to be the same. */
function sameEntry(one: Row, other: Row): boolean {
  if (one.sequence !== other.sequence) return false;
  const [plate] = String(one.key).split(' ');
  if (one.search !== other.search && one.search !== plate) return false;
  try {
    const schema = entrySchemas[String(one.kind) as RegisterKind];
    const [left, right] = [one, other].map((row) => {
      const entry = schema.parse(JSON.parse(String(row.entry))) as Record<string, unknown>;
      return JSON.stringify({ ...entry, unit: null });
    });
    return left === right;
  } catch {
    return false;
  }
}
