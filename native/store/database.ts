import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migration001 } from './migrations/001-ledger.ts';
import { migration002 } from './migrations/002-register.ts';
import { migration003 } from './migrations/003-signatures.ts';
import { migration006 } from './migrations/006-trace.ts';
import { migration007 } from './migrations/007-pictures.ts';
import { migration008 } from './migrations/008-loader.ts';
import { migration009 } from './migrations/009-exits.ts';
import { migration010 } from './migrations/010-units.ts';
import { migration011 } from './migrations/011-crossing-curves.ts';
import { migration012 } from './migrations/012-stated.ts';
import { migration013 } from './migrations/013-late-plates.ts';

import { storeProblem } from './storeProblem.ts';

export type Db = Database.Database;

/** One numbered file each; a store is brought from any earlier version to the last. */
const migrations: readonly string[] = [
  migration001,
  migration002,
  migration003,
  migration006,
  migration007,
  migration008,
  migration009,
  migration010,
  migration011,
  migration012,
  migration013,
];

/**
 * Opens `yuanheng.db` in `dir`, creating or migrating it.
 * WAL with synchronous=FULL: a committed weighing survives the plug being pulled.
 * Throws when the file cannot be opened, is locked by another station, or is from a newer program.
 */
export function openDatabase(dir: string): Db {
  const db = said(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return new Database(join(dir, 'yuanheng.db'), { timeout: 2000 });
  });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    migrate(db);
    return db;
  } catch (problem) {
    db.close();
    throw new Error(storeProblem(problem), { cause: problem });
  }
}

/** The version of store this program writes. */
export const storeVersion = migrations.length;

/** An empty store in a file of its own, to work things out in; what it holds need not outlast the program. */
export function scratchDatabase(file: string): Db {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  migrate(db);
  return db;
}

/** A store for reading alone, beside a running station too. Throws when there is none or it cannot be read. */
export function openForReading(dir: string): Db {
  const db = new Database(join(dir, 'yuanheng.db'), { readonly: true, fileMustExist: true, timeout: 5000 });
  db.pragma('trusted_schema = OFF');
  return db;
}

export interface StoreLock {
  readonly release: () => void;
}

/**
 * Holds the store for this process alone: two stations on one store would both hand out the next
 * number. The lock goes with the process, however it ends. Throws when another one holds it.
 */
export function lockStore(dir: string): StoreLock {
  const lock = said(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return new Database(join(dir, 'station.lock'), { timeout: 500 });
  });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (problem) {
    lock.close();
    throw new Error(storeProblem(problem), { cause: problem });
  }
  return { release: () => lock.close() };
}

function said<T>(open: () => T): T {
  try {
    return open();
  } catch (problem) {
    throw new Error(storeProblem(problem), { cause: problem });
  }
}

function migrate(db: Db): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new Error(
      `The store is of version ${String(version)}, this program knows ${String(migrations.length)}`,
    );
  }
  db.transaction(() => {
    for (const [index, sql] of migrations.entries()) {
      if (index < version) continue;
      db.exec(sql);
      db.pragma(`user_version = ${String(index + 1)}`);
    }
  }).immediate();
}
