import { suspiciousExits } from '../../station/exits/matchExit.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

/** Which pictures a weighing has, and who was seen leaving. */
export function projectPictures(
  db: Db,
  event: LedgerEvent & { readonly type: 'pictures-taken' | 'exit-seen' },
): void {
  if (event.type === 'pictures-taken') {
    prepared(db, 'INSERT OR IGNORE INTO shots (number, sequence) VALUES (?, ?)').run(
      event.body.number,
      event.sequence,
    );
    return;
  }
  const { plate, found, number } = event.body;
  const suspicious = suspiciousExits.has(found);
  prepared(
    db,
    'INSERT INTO exits (sequence, time_ms, plate, found, number, suspicious) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(event.sequence, event.timeMs, plate, found, number, suspicious ? 1 : 0);
  // The platform hears of a truck that left without leave before anything else that waits.
  if (suspicious) prepared(db, 'UPDATE outbox SET urgent = 1 WHERE sequence = ?').run(event.sequence);
}
