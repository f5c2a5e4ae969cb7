import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { CurveStore, PictureStore } from './blobStore.ts';
import type { Db } from './database.ts';
import { linkOfNumberIn, linksIn } from './ledgerLinks.ts';
import { PassagesStore } from './passagesStore.ts';

/** What can be read of a station's store, by whoever writes nothing. A station's own `Stores` is one. */
export interface Records {
  readonly db: Db;
  readonly ledger: {
    readonly link: (sequence: number) => SignedLink | null;
    readonly linkOfNumber: (number: number) => SignedLink | null;
  };
  readonly passages: PassagesStore;
  readonly pictures: Pick<PictureStore, 'read'>;
  readonly curves: Pick<CurveStore, 'read'>;
}

export interface OpenRecords extends Records {
  readonly stationId: string;
  readonly mode: 'real' | 'drill';
  readonly close: () => void;
}

/** Opens a store beside a running station, for reading alone. Throws when there is none, or it is of another version. */
export function openRecords(dir: string): OpenRecords {
  const db = new Database(join(dir, 'yuanheng.db'), { readonly: true, fileMustExist: true });
  try {
    const meta = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
    const named: unknown = meta.get('station');
    const stationId = typeof named === 'string' ? named : '';
    const mode = meta.get('mode') === 'drill' ? 'drill' : 'real';
    if (db.prepare(`SELECT 1 FROM pragma_table_info('passages') WHERE name = 'loader'`).get() === undefined) {
      throw new Error('the store is of an earlier program: start the station on it once');
    }
    return {
      db,
      ledger: {
        link: (sequence) => linksIn(db, sequence, 1)[0] ?? null,
        linkOfNumber: (number) => linkOfNumberIn(db, number),
      },
      passages: new PassagesStore(db, { drill: mode === 'drill', stationId, synced: true }),
      pictures: new PictureStore(join(dir, 'pictures'), db, () => 0),
      curves: new CurveStore(db),
      stationId,
      mode,
      close: () => db.close(),
    };
  } catch (problem) {
    db.close();
    throw problem;
  }
}
