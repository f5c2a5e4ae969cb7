import { join } from 'node:path';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Clock } from '../clock.ts';
import { CurveStore, PictureStore } from './blobStore.ts';
import type { Db } from './database.ts';
import { lockStore, openDatabase } from './database.ts';
import type { LedgerIdentity } from './ledgerStore.ts';
import { LedgerStore } from './ledgerStore.ts';
import { OutboxStore } from './outboxStore.ts';
import { PassagesStore } from './passagesStore.ts';
import { project } from './projections.ts';
import { RegisterStore } from './registerStore.ts';
import { RuleSetStore } from './ruleSetStore.ts';
import { VisitsStore } from './visitsStore.ts';

export interface Stores {
  /** Where everything lies. */
  readonly dir: string;
  /** For readers of one kind of list that live beside their own part. */
  readonly db: Db;
  readonly ledger: LedgerStore;
  readonly outbox: OutboxStore;
  readonly passages: PassagesStore;
  readonly register: RegisterStore;
  readonly visits: VisitsStore;
  readonly ruleSets: RuleSetStore;
  readonly pictures: PictureStore;
  readonly curves: CurveStore;
  readonly close: () => void;
}

/**
 * Opens everything a station remembers, for this process alone.
 * Throws when another program holds the store, when it belongs to another station, or when a drill's
 * store is opened as a real one: a simulated truck can never become a real record.
 */
export function openStores(
  dir: string,
  identity: LedgerIdentity,
  clock: Clock,
  synced: boolean,
  signer: Signer | null = null,
): Stores {
  const lock = lockStore(dir);
  try {
    const db = openDatabase(dir);
    try {
      claim(db.prepare('SELECT value FROM meta WHERE key = ?').pluck(), identity);
      db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?), (?, ?)').run(
        'mode',
        identity.mode,
        'station',
        identity.station,
      );
      return {
        dir,
        db,
        ledger: new LedgerStore(db, identity, clock, project, signer),
        outbox: new OutboxStore(db),
        passages: new PassagesStore(db, {
          drill: identity.mode === 'drill',
          stationId: identity.station,
          synced,
        }),
        register: new RegisterStore(db),
        visits: new VisitsStore(db),
        ruleSets: new RuleSetStore(db),
        pictures: new PictureStore(join(dir, 'pictures'), db, clock.nowMs),
        curves: new CurveStore(db),
        close: () => {
          db.close();
          lock.release();
        },
      };
    } catch (problem) {
      db.close();
      throw problem;
    }
  } catch (problem) {
    lock.release();
    throw problem;
  }
}

function claim(read: { readonly get: (key: string) => unknown }, identity: LedgerIdentity): void {
  for (const [key, expected] of [
    ['mode', identity.mode],
    ['station', identity.station],
  ] as const) {
    const found = read.get(key);
    if (found !== undefined && found !== expected) {
      throw new Error(`This store is of ${key} ${JSON.stringify(found)}, not ${expected}`);
    }
  }
}
