import type { Restore } from '../../station/ledger/epochs.ts';
import { epochOf } from '../../station/ledger/epochs.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { Stores } from './stores.ts';

interface Row extends Omit<Restore, 'lostTo'> {
  readonly lostSequence: number | null;
  readonly lostHash: string | null;
}

/** How often this ledger was put back from a backup, and what each time says of it; oldest first. */
export function restoresOf(db: Db): Restore[] {
  const rows = prepared(
    db,
    `SELECT json_extract(text, '$.body.epoch') AS epoch, json_extract(text, '$.body.headSequence') AS headSequence,
       json_extract(text, '$.body.lostTo.sequence') AS lostSequence, json_extract(text, '$.body.lostTo.hash') AS lostHash,
       json_extract(text, '$.body.numbersUsedTo') AS numbersUsedTo
     FROM ledger WHERE type = 'store-restored' ORDER BY sequence`,
  ).all() as Row[];
  return rows.map(({ lostSequence, lostHash, ...row }) => ({
    ...row,
    lostTo: lostSequence === null || lostHash === null ? null : { sequence: lostSequence, hash: lostHash },
  }));
}

/** The highest weighing number that was given out: by this ledger, or elsewhere as a restore declared. */
export function lastNumber(db: Db): number {
  const row = prepared(db, 'SELECT max(number) AS last FROM ledger').get() as { last: number | null };
  const used = restoresOf(db).map(({ numbersUsedTo }) => numbersUsedTo ?? 0);
  return Math.max(row.last ?? 0, ...used);
}

/** What an event that stands for the ledger's head says besides its hash: the branch it is on, and the last number. */
export function headNow({ db, ledger }: Pick<Stores, 'db' | 'ledger'>): {
  readonly epoch: number;
  readonly number: number;
} {
  return { epoch: epochOf(ledger.head.sequence + 1, restoresOf(db)), number: lastNumber(db) };
}
