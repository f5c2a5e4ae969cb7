import { assertNever } from '../../station/assertNever.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

type Of<T extends LedgerEvent['type']> = LedgerEvent & { readonly type: T };

/** The list of crossings: what came, when it left, what it ended in, and what was said of it later. */
export function projectCrossing(
  db: Db,
  event: Of<'crossing-begun'> | Of<'crossing-closed'> | Of<'crossing-explained'>,
): void {
  const { crossingId } = event.body;
  switch (event.type) {
    case 'crossing-begun':
      prepared(
        db,
        'INSERT OR IGNORE INTO crossings (crossing_id, sequence, begun_ms, peak_kg) VALUES (?, ?, ?, ?)',
      ).run(crossingId, event.sequence, event.timeMs, event.body.kg);
      return;
    case 'crossing-closed': {
      const { outcome, number, plate, peakKg, durationMs, interrupted, note, curveSha256 } = event.body;
      prepared(
        db,
        `INSERT INTO crossings (crossing_id, sequence, begun_ms, closed_ms, outcome, number, plate, peak_kg, interrupted,
           note, curve)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (crossing_id) DO UPDATE SET closed_ms = excluded.closed_ms, outcome = excluded.outcome,
           number = excluded.number, plate = excluded.plate, peak_kg = excluded.peak_kg,
           interrupted = excluded.interrupted, note = excluded.note,
           curve = excluded.curve`,
      ).run(
        crossingId,
        event.sequence,
        durationMs === null ? null : event.timeMs - durationMs,
        event.timeMs,
        outcome,
        number,
        plate,
        peakKg,
        interrupted ? 1 : 0,
        note,
        curveSha256,
      );
      return;
    }
    case 'crossing-explained':
      prepared(db, 'UPDATE crossings SET explained = ? WHERE crossing_id = ?').run(
        event.sequence,
        crossingId,
      );
      return;
    default:
      assertNever(event);
  }
}

/** What was said of a record after it was written. */
export function projectAmendment(
  db: Db,
  event: Of<'weighing-voided'> | Of<'record-corrected'> | Of<'manual-weighing'>,
): void {
  switch (event.type) {
    case 'weighing-voided':
      prepared(db, 'INSERT INTO voids (number, sequence) VALUES (?, ?)').run(
        event.body.number,
        event.sequence,
      );
      // A tare that was voided weighs nothing any more; the one before it may be too old to be believed again.
      prepared(db, 'DELETE FROM tares WHERE number = ?').run(event.body.number);
      return;
    case 'record-corrected':
      projectCorrected(db, event);
      nameCorrected(db, event.body);
      return;
    case 'manual-weighing':
      prepared(
        db,
        'INSERT INTO manual_weighings (manual_number, sequence, plate, weighed_at_ms) VALUES (?, ?, ?, ?)',
      ).run(event.body.manualNumber, event.sequence, event.body.plate, event.body.weighedAtMs);
      return;
    default:
      assertNever(event);
  }
}

export function projectKey(db: Db, event: Of<'key-introduced'> | Of<'key-revoked'>): void {
  if (event.type === 'key-introduced') {
    prepared(db, 'INSERT INTO station_keys (key_id, public_key, sequence, from_ms) VALUES (?, ?, ?, ?)').run(
      event.body.keyId,
      event.body.publicKey,
      event.sequence,
      event.timeMs,
    );
    return;
  }
  prepared(db, 'UPDATE station_keys SET revoked_since_ms = ? WHERE key_id = ?').run(
    event.body.sinceMs,
    event.body.keyId,
  );
}

function projectCorrected(db: Db, { sequence, body: { number, field } }: Of<'record-corrected'>): void {
  const ofVehicle = field === 'plate' || field === 'trailerPlate';
  prepared(db, 'INSERT INTO corrections (sequence, number, of_vehicle) VALUES (?, ?, ?)').run(
    sequence,
    number,
    ofVehicle ? 1 : 0,
  );
  // A tare that turned out to be another vehicle's, or of another trailer, is not this one's.
  if (ofVehicle) prepared(db, 'DELETE FROM tares WHERE number = ?').run(number);
}

/** Whoever looks for the corrected name finds the passage as well as whoever looks for the first one. */
function nameCorrected(db: Db, { number, field, now }: Of<'record-corrected'>['body']): void {
  if (field !== 'plate' && field !== 'trailerPlate' && field !== 'driver' && field !== 'consignee') return;
  const timeMs = prepared(db, 'SELECT time_ms FROM passages WHERE number = ?').pluck().get(number);
  if (typeof timeMs !== 'number') return;
  nameAlso(db, field === 'trailerPlate' ? 'plate' : field, now, timeMs, number, 'corrected');
}

/** Another name a passage is found by. */
export function nameAlso(
  db: Db,
  field: 'plate' | 'driver' | 'consignee',
  name: string | null,
  timeMs: number,
  number: number,
  how: 'trailer' | 'camera' | 'corrected',
): void {
  if (name === null || name === '') return;
  prepared(
    db,
    'INSERT OR IGNORE INTO other_names (field, name, time_ms, number, how) VALUES (?, ?, ?, ?, ?)',
  ).run(field, name, timeMs, number, how);
}
