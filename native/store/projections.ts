import { assertNever } from '../../station/assertNever.ts';
import type { LedgerEvent, WeighingBody } from '../../station/ledger/event.ts';
import type { Db } from './database.ts';

/** Writes what an event means into the tables the screens read; runs inside the event's transaction. */
export function project(db: Db, event: LedgerEvent): void {
  switch (event.type) {
    case 'weighing':
      projectWeighing(db, event, event.body);
      return;
    case 'vehicle-stated':
      db.prepare(
        `INSERT INTO vehicles (plate, colour, facts, sequence) VALUES (?, ?, ?, ?)
         ON CONFLICT (plate, colour) DO UPDATE SET facts = excluded.facts, sequence = excluded.sequence`,
      ).run(event.body.plate, event.body.colour, JSON.stringify(event.body.facts), event.sequence);
      return;
    case 'paper-issued': {
      const { number, copy, kind, form, printer, failure } = event.body;
      db.prepare(
        'INSERT INTO papers (number, copy, kind, form, time_ms, printer, failure, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(number, copy, kind, form, event.timeMs, printer, failure, event.sequence);
      return;
    }
    case 'store-created':
    case 'program-started':
    case 'program-stopped':
    case 'operator-signed-in':
    case 'settings-loaded':
    case 'crossing-closed':
    case 'clock-confirmed':
      return;
    default:
      assertNever(event);
  }
}

function projectWeighing(db: Db, event: LedgerEvent, body: WeighingBody): void {
  db.prepare(
    `INSERT INTO passages (number, sequence, crossing_id, time_ms, kind, plate, colour, axles, weighed_kg,
       tare_kg, net_kg, limit_kg, over_kg, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    body.number,
    event.sequence,
    body.crossingId,
    event.timeMs,
    body.kind,
    body.plate,
    body.colour,
    body.facts.axles,
    body.weighedKg,
    body.tareKg,
    body.netKg,
    body.decision?.limitKg ?? null,
    body.decision?.overKg ?? 0,
    body.decision?.outcome ?? null,
  );
  if (body.kind === 'tare') {
    db.prepare(
      `INSERT INTO tares (plate, colour, number, kg, time_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (plate, colour) DO UPDATE SET number = excluded.number, kg = excluded.kg, time_ms = excluded.time_ms`,
    ).run(body.plate, body.colour, body.number, body.weighedKg, event.timeMs);
  }
}
