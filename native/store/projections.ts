import { assertNever } from '../../station/assertNever.ts';
import type { LedgerEvent, WeighingBody } from '../../station/ledger/event.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { RegisterEntry } from '../../station/vehicles/register/entries.ts';
import { entryKey, plateKey } from '../../station/vehicles/register/entries.ts';
import { searchText } from '../../station/vehicles/register/searchText.ts';
import { statedEntries } from '../../station/vehicles/register/stated.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import { nameAlso, projectAmendment, projectCrossing, projectKey } from './ledgerProjections.ts';
import { projectPictures } from './pictureProjections.ts';

/** Writes what an event means into the tables the screens read; runs inside the event's transaction. */
export function project(db: Db, event: LedgerEvent): void {
  switch (event.type) {
    case 'weighing':
      projectWeighing(db, event, event.body);
      return;
    case 'vehicle-stated':
      projectStated(db, event.sequence, event.body);
      return;
    case 'register-changed': {
      const { kind, key, now } = event.body;
      if (now === null) db.prepare('DELETE FROM register WHERE kind = ? AND key = ?').run(kind, key);
      else putEntry(db, event.sequence, now);
      return;
    }
    case 'rule-set-loaded':
      db.prepare(
        'INSERT OR REPLACE INTO rule_sets (sha256, text, from_where, signed_by, sequence) VALUES (?, ?, ?, ?, ?)',
      ).run(event.body.sha256, event.body.text, event.body.from, event.body.signedBy, event.sequence);
      return;
    case 'release-granted':
      db.prepare('INSERT INTO releases (number, sequence) VALUES (?, ?)').run(
        event.body.number,
        event.sequence,
      );
      // The platform hears of a release before anything else that waits.
      db.prepare('UPDATE outbox SET urgent = 1 WHERE sequence = ?').run(event.sequence);
      return;
    case 'paper-issued': {
      const { number, copy, kind, form, printer, failure } = event.body;
      db.prepare(
        'INSERT INTO papers (number, copy, kind, form, time_ms, printer, failure, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(number, copy, kind, form, event.timeMs, printer, failure, event.sequence);
      return;
    }
    case 'crossing-begun':
    case 'crossing-closed':
    case 'crossing-explained':
      projectCrossing(db, event);
      return;
    case 'weighing-voided':
    case 'record-corrected':
    case 'manual-weighing':
      projectAmendment(db, event);
      return;
    case 'key-introduced':
    case 'key-revoked':
      projectKey(db, event);
      return;
    case 'store-restored':
      // What the platform refused because it holds the old branch goes out again as part of the new one.
      db.prepare(
        `UPDATE outbox SET state = 'waiting', settled_ms = NULL WHERE state = 'set-aside' AND sequence > ?`,
      ).run(event.body.headSequence);
      return;
    case 'pictures-taken':
    case 'manual-pictures-taken':
    case 'exit-seen':
    case 'exit-explained':
    case 'plate-told-late':
      projectPictures(db, event);
      return;
    case 'pictures-removed':
    case 'cameras-changed':
    case 'store-created':
    case 'program-started':
    case 'program-stopped':
    case 'operator-signed-in':
    case 'settings-loaded':
    case 'clock-confirmed':
    case 'register-imported':
    case 'rule-set-refused':
    case 'instrument-changed':
    case 'beams-changed':
    case 'person-enrolled':
    case 'clock-stepped':
    case 'writing-failed':
    case 'checkpoint':
    case 'anchor-failed':
    case 'shift-closed':
    case 'backup-made':
    case 'backup-failed':
    case 'console-session':
    case 'inspection':
    case 'evidence-exported':
      return;
    default:
      assertNever(event);
  }
}

/** Facts stated at the scale become part of the entries of the vehicle and its trailer; what else is known stays. */
function projectStated(
  db: Db,
  sequence: number,
  stated: Extract<LedgerEvent, { type: 'vehicle-stated' }>['body'],
): void {
  const { trailer } = stated;
  const entries = statedEntries(stated, {
    vehicle: vehicleBefore(db, stated),
    trailer: trailer === null ? {} : vehicleBefore(db, trailer),
  });
  for (const entry of [entries.vehicle, entries.trailer])
    if (entry !== null) putEntry(db, sequence, { kind: 'vehicle', entry });
}

function vehicleBefore(
  db: Db,
  { plate, colour }: { readonly plate: string; readonly colour: PlateColour },
): Readonly<Record<string, unknown>> {
  const entry = prepared(db, `SELECT entry FROM register WHERE kind = 'vehicle' AND key = ?`)
    .pluck()
    .get(plateKey(plate, colour)) as string | undefined;
  return entry === undefined ? {} : (JSON.parse(entry) as Record<string, unknown>);
}

function putEntry(db: Db, sequence: number, each: RegisterEntry): void {
  prepared(
    db,
    `INSERT INTO register (kind, key, entry, search, sequence) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, key) DO UPDATE SET entry = excluded.entry, search = excluded.search,
       sequence = excluded.sequence`,
  ).run(each.kind, entryKey(each), JSON.stringify(each.entry), searchText(each), sequence);
}

function projectWeighing(db: Db, event: LedgerEvent, body: WeighingBody): void {
  db.prepare(
    `INSERT INTO passages (number, sequence, crossing_id, time_ms, kind, plate, colour, axles, weighed_kg,
       tare_kg, net_kg, limit_kg, over_kg, outcome, trailer, goods, shipper, consignee, destination, contract,
       driver, loader, previous_number, tare_number, picture)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    body.trailerPlate,
    body.load.goods,
    body.load.shipper,
    body.load.consignee,
    body.load.destination,
    body.load.contract,
    body.load.driver,
    body.load.loader,
    body.attempt?.previousNumber ?? null,
    body.tareNumber,
    body.pictures[0] ?? null,
  );
  nameAlso(db, 'plate', body.trailerPlate, event.timeMs, body.number, 'trailer');
  if (body.cameraPlate !== body.plate)
    nameAlso(db, 'plate', body.cameraPlate, event.timeMs, body.number, 'camera');
  if (body.kind === 'tare') {
    db.prepare(
      `INSERT INTO tares (plate, colour, trailer, number, kg, time_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (plate, colour, trailer) DO UPDATE SET number = excluded.number, kg = excluded.kg, time_ms = excluded.time_ms`,
    ).run(body.plate, body.colour, body.trailerPlate ?? '', body.number, body.weighedKg, event.timeMs);
  }
}
