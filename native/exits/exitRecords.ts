import { chineseDate } from '../../station/chineseTime.ts';
import type { Weighed } from '../../station/exits/matchExit.ts';
import { letOut } from '../../station/exits/matchExit.ts';
import type { ExitPlate } from '../../station/exits/whoIsIt.ts';
import { brokenCost } from '../../station/exits/whoIsIt.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { ListingEntry, plateKey } from '../../station/vehicles/register/entries.ts';
import { distance } from '../../station/vehicles/suggestPlate.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';

/** UTC ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Row extends Omit<Weighed, 'released' | 'voided' | 'left'> {
  readonly released: 0 | 1;
  readonly voided: 0 | 1;
  readonly hasLeft: 0 | 1;
}

const corrected = (field: string): string =>
  `(SELECT json_extract(l.text, '$.body.now') FROM corrections c JOIN ledger l USING (sequence)
     WHERE c.number = p.number AND json_extract(l.text, '$.body.field') = '${field}'
     ORDER BY c.sequence DESC LIMIT 1)`;
const before = (table: string): string =>
  `EXISTS (SELECT 1 FROM ${table} t JOIN ledger l USING (sequence) WHERE t.number = p.number AND l.time_ms <= ?)`;
const sureExits = `e.probably = 0 AND e.found IN (${letOut.map((found) => `'${found}'`).join(', ')})`;

/** The weighings of a span that these readings may be of, and what was granted or voided of them by its end. */
export function weighingsLike(
  db: Db,
  reads: readonly ExitPlate[],
  { fromMs, toMs }: Span,
): readonly Weighed[] {
  const read = JSON.stringify(reads.map(({ text }) => text));
  const near = platesBetween(db, { fromMs, toMs }).filter((plate) =>
    reads.some((each) => distance(each, plate) <= brokenCost),
  );
  const rows = prepared(
    db,
    `SELECT p.number, p.time_ms AS timeMs, p.kind, p.outcome, p.colour,
       coalesce(${corrected('plate')}, p.plate) AS plate,
       coalesce(${corrected('trailerPlate')}, p.trailer) AS trailerPlate,
       (SELECT n.name FROM json_each(?) v CROSS JOIN other_names n ON n.field = 'plate' AND n.name = v.value
          WHERE n.time_ms = p.time_ms AND n.number = p.number AND n.how = 'camera') AS cameraPlate,
       ${before('releases')} AS released, ${before('voids')} AS voided,
       EXISTS (SELECT 1 FROM exits e WHERE e.number = p.number AND ${sureExits}) AS hasLeft
     FROM passages p WHERE p.number IN (
       SELECT q.number FROM json_each(?) v CROSS JOIN passages q INDEXED BY passages_by_plate_time ON q.plate = v.value
         WHERE q.time_ms BETWEEN ? AND ?
       UNION SELECT n.number FROM json_each(?) v CROSS JOIN other_names n ON n.field = 'plate' AND n.name = v.value
         WHERE n.time_ms BETWEEN ? AND ?)
     ORDER BY p.number DESC LIMIT 500`,
  ).all(
    ...[read, toMs, toMs],
    ...[JSON.stringify([...reads.map(({ text }) => text), ...near]), fromMs, toMs],
    ...[read, fromMs, toMs],
  ) as Row[];
  return rows.map(({ released, voided, hasLeft, ...row }) => ({
    ...row,
    released: released === 1,
    voided: voided === 1,
    left: hasLeft === 1,
  }));
}

/** A yard sees hundreds of trucks a day, each of them a few times. */
function platesBetween(db: Db, { fromMs, toMs }: Span): readonly string[] {
  return prepared(
    db,
    'SELECT DISTINCT plate FROM passages INDEXED BY passages_by_time WHERE time_ms BETWEEN ? AND ?',
  )
    .pluck()
    .all(fromMs, toMs) as string[];
}

/** Whether the register has a vehicle of just this plate, in whatever colour. */
export function isRegistered(db: Db, plate: string): boolean {
  const key = prepared(db, `SELECT key FROM register WHERE kind = 'vehicle' AND key >= ? AND key < ? LIMIT 1`)
    .pluck()
    .get(`${plate} `, `${plate}!`);
  return key !== undefined;
}

export function isWhitelisted(db: Db, plate: string, colour: PlateColour, atMs: number): boolean {
  const entry: unknown = prepared(db, `SELECT entry FROM register WHERE kind = 'listing' AND key = ?`)
    .pluck()
    .get(plateKey(plate, colour));
  if (typeof entry !== 'string') return false;
  const { list, until } = ListingEntry.parse(JSON.parse(entry));
  return list === 'white' && (until === null || until >= chineseDate(atMs));
}
