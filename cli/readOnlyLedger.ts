import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../native/clock.ts';
import { LedgerStore } from '../native/store/ledgerStore.ts';
import type { Stores } from '../native/store/stores.ts';

export interface ReadOnlyLedger extends Pick<Stores, 'db' | 'ledger'> {
  readonly station: string;
  readonly close: () => void;
}

/** A store as it lies there, beside a station that may be running on it. Throws when there is none. */
export function openReadOnlyLedger(dataDir: string): ReadOnlyLedger {
  const db = new Database(join(dataDir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
  try {
    const station = String(db.prepare(`SELECT value FROM meta WHERE key = 'station'`).pluck().get());
    const mode = db.prepare(`SELECT value FROM meta WHERE key = 'mode'`).pluck().get();
    const identity = { station, mode: mode === 'drill' ? ('drill' as const) : ('real' as const) };
    const ledger = new LedgerStore(db, identity, systemClock(), () => undefined, null);
    return {
      db,
      ledger,
      station,
      close: () => {
        db.close();
      },
    };
  } catch (problem) {
    db.close();
    throw problem;
  }
}
