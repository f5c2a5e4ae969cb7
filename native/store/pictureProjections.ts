import { assertNever } from '../../station/assertNever.ts';
import { standsOut } from '../../station/exits/matchExit.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import type { Db } from './database.ts';
import { nameAlso } from './ledgerProjections.ts';
import { prepared } from './prepared.ts';

type Of<T extends LedgerEvent['type']> = LedgerEvent & { readonly type: T };

/** Which pictures a weighing has, who was seen leaving, and what was said of it. */
export function projectPictures(
  db: Db,
  event:
    | Of<'pictures-taken'>
    | Of<'manual-pictures-taken'>
    | Of<'exit-seen'>
    | Of<'exit-explained'>
    | Of<'plate-told-late'>,
): void {
  switch (event.type) {
    case 'pictures-taken': {
      const { number } = event.body;
      const put = prepared(db, 'INSERT OR IGNORE INTO shots (number, sequence) VALUES (?, ?)');
      const isFirst = put.run(number, event.sequence).changes === 1;
      const [first] = picturesOf(event).pictures;
      if (isFirst && first !== undefined)
        prepared(db, 'UPDATE passages SET picture = ? WHERE number = ? AND picture IS NULL').run(
          first,
          number,
        );
      return;
    }
    case 'manual-pictures-taken':
      prepared(db, 'UPDATE manual_weighings SET shots = ? WHERE manual_number = ? AND shots IS NULL').run(
        event.sequence,
        event.body.manualNumber,
      );
      return;
    case 'exit-seen':
      projectExit(db, event);
      return;
    case 'exit-explained':
      settle(db, event.body.sequence, event.sequence);
      return;
    case 'plate-told-late':
      projectLate(db, event);
      return;
    default:
      assertNever(event);
  }
}

/** The passage is found by what the camera read as well. */
function projectLate(db: Db, { sequence, body }: Of<'plate-told-late'>): void {
  const { number, camera, eventKey, plate, rearPlate } = body;
  prepared(
    db,
    'INSERT INTO late_plates (sequence, number, camera, event_key, plate) VALUES (?, ?, ?, ?, ?)',
  ).run(sequence, number, camera, eventKey, plate);
  const weighed = prepared(db, 'SELECT time_ms AS timeMs, plate FROM passages WHERE number = ?').get(
    number,
  ) as { timeMs: number; plate: string } | undefined;
  if (weighed === undefined) return;
  for (const name of [plate, rearPlate])
    if (name !== weighed.plate) nameAlso(db, 'plate', name, weighed.timeMs, number, 'camera');
}

function projectExit(db: Db, { sequence, timeMs, body }: Of<'exit-seen'>): void {
  const { camera, plate, colour, rearPlate, found, number, probably, again, settles, doubts, pictures } =
    body;
  const suspicious = standsOut(body);
  prepared(
    db,
    `INSERT INTO exits (sequence, time_ms, seen_ms, camera, plate, colour, rear_plate, found, number, probably, again,
       suspicious, settled, picture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
  ).run(
    ...[sequence, timeMs, body.seenMs ?? timeMs, camera, plate, colour, rearPlate, found, number],
    ...[probably ? 1 : 0, again, suspicious ? 1 : 0, pictures[0] ?? null],
  );
  if (settles !== null) settle(db, settles, sequence);
  if (doubts !== null) prepared(db, 'UPDATE exits SET suspicious = 1 WHERE sequence = ?').run(doubts);
  // The platform hears of a truck that left without leave before anything else that waits; a guess waits its turn.
  if (suspicious && !probably && found !== 'unreadable')
    prepared(db, 'UPDATE outbox SET urgent = 1 WHERE sequence = ?').run(sequence);
}

/** It stands out no longer; the first thing said of it counts. */
function settle(db: Db, exit: number, by: number): void {
  prepared(db, 'UPDATE exits SET settled = ? WHERE sequence = ? AND settled IS NULL').run(by, exit);
}
