import type Database from 'better-sqlite3';
import type { Db } from './database.ts';

const byDb = new WeakMap<Db, Map<string, Database.Statement>>();

/** A statement of the program's own text, compiled once for each store that is open. */
export function prepared(db: Db, sql: string): Database.Statement {
  const known = byDb.get(db) ?? new Map<string, Database.Statement>();
  byDb.set(db, known);
  const found = known.get(sql) ?? db.prepare(sql);
  known.set(sql, found);
  return found;
}
