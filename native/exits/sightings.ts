import { letOut } from '../../station/exits/matchExit.ts';
import type { ExitFound } from '../../station/ledger/bodies/pictures.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';

/** One event at the exit, as the list of exits has it. Time UTC ms. */
export interface Sighting {
  readonly sequence: number;
  readonly seenMs: number;
  readonly camera: string;
  readonly plate: string | null;
  readonly found: ExitFound;
  readonly number: number | null;
  readonly probably: 0 | 1;
  /** The first sighting of this truck; null when it is that. */
  readonly again: number | null;
  readonly settled: number | null;
}

const columns = 'sequence, seen_ms AS seenMs, camera, plate, found, number, probably, again, settled';
const lettingOut = letOut.map((found) => `'${found}'`).join(', ');

/** The sightings within `withinMs` of a time, the nearest first. */
export function sightingsAround(db: Db, atMs: number, withinMs: number): readonly Sighting[] {
  return prepared(
    db,
    `SELECT ${columns} FROM exits WHERE seen_ms BETWEEN ? AND ?
     ORDER BY abs(seen_ms - ?), sequence DESC LIMIT 500`,
  ).all(atMs - withinMs, atMs + withinMs, atMs) as Sighting[];
}

/** When the truck of this sighting was seen first. */
export function firstSeenMs(db: Db, { again, seenMs }: Sighting): number {
  if (again === null) return seenMs;
  const first = prepared(db, 'SELECT seen_ms FROM exits WHERE sequence = ?').pluck().get(again);
  return typeof first === 'number' ? first : seenMs;
}

/** The last sighting that was only probably of this weighing, further than `withinMs` from a time; null without one. */
export function onlyProbably(
  db: Db,
  number: number,
  {
    atMs,
    withinMs,
    except,
  }: { readonly atMs: number; readonly withinMs: number; readonly except: number | null },
): number | null {
  const found = prepared(
    db,
    `SELECT sequence FROM exits WHERE number = ? AND probably = 1 AND again IS NULL AND suspicious = 0
       AND settled IS NULL AND found IN (${lettingOut}) AND abs(seen_ms - ?) > ? AND sequence IS NOT ?
     ORDER BY sequence DESC LIMIT 1`,
  )
    .pluck()
    .get(number, atMs, withinMs, except);
  return typeof found === 'number' ? found : null;
}
