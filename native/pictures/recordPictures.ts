import type { LedgerEvent } from '../../station/ledger/event.ts';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';
import { eventAt } from '../store/records.ts';

type Source = Pick<Records, 'db'> & { readonly ledger: Pick<Records['ledger'], 'link'> };

/** The events that name pictures of a weighing, its own first. */
export function pictureEvents(records: Source, number: number): readonly LedgerEvent[] {
  const sequences = prepared(
    records.db,
    `SELECT sequence FROM passages WHERE number = ? UNION SELECT sequence FROM shots WHERE number = ?
     UNION SELECT sequence FROM releases WHERE number = ? UNION SELECT sequence FROM exits WHERE number = ?
     UNION SELECT sequence FROM late_plates WHERE number = ? ORDER BY sequence LIMIT 200`,
  )
    .pluck()
    .all(number, number, number, number, number) as number[];
  return sequences.flatMap((sequence) => eventAt(records, sequence) ?? []);
}

/** Every picture that is evidence of a weighing: of its plate, of its cameras, of its exit, and the paper it left by. */
export function recordPictures(records: Source, number: number): readonly string[] {
  return [...new Set(pictureEvents(records, number).flatMap((event) => picturesOf(event).pictures))];
}

/** Whether retention took it away: the list says so, and the ledger that what was as old of its kind went. */
export function wasRemoved(db: Db, sha256: string): boolean {
  const found = prepared(
    db,
    `SELECT 1 FROM pictures p WHERE p.sha256 = ? AND p.removed_ms IS NOT NULL AND EXISTS (
       SELECT 1 FROM ledger l WHERE l.type = 'pictures-removed' AND json_extract(l.text, '$.body.beforeMs') > p.kept_ms
         AND coalesce(json_extract(l.text, '$.body.kind'), p.kind) = p.kind)`,
  )
    .pluck()
    .get(sha256);
  return found !== undefined;
}
