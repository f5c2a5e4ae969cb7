import type { CallError, CallInput, CallOutput, ExitRow } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import type { Desk } from '../desk/desk.ts';
import { dayStartMs } from '../gate/exitRows.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';
import { eventAt } from '../store/records.ts';

const dayMs = 86_400_000;
const open = 'suspicious = 1 AND settled IS NULL';

/** Newest first, as they were written. */
export function listExits(records: Records, query: CallInput<'exits.list'>): CallOutput<'exits.list'> {
  const { beforeSequence, limit, show, found, from, to } = query;
  const conditions = ['sequence < ?'];
  const values: (string | number)[] = [beforeSequence ?? Number.MAX_SAFE_INTEGER];
  const and = (condition: string, ...more: readonly (string | number)[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (show !== 'all') and(show === 'open' ? open : 'suspicious = 1');
  if (found !== null) and('found = ?', found);
  if (from !== null) and('seen_ms >= ?', dayStartMs(from));
  if (to !== null) and('seen_ms < ?', dayStartMs(to) + dayMs);
  const plate = readPlate(query.plate ?? '')?.text ?? '';
  if (plate !== '') and('(instr(plate, ?) > 0 OR instr(rear_plate, ?) > 0)', plate, plate);
  const sequences = records.db
    .prepare(`SELECT sequence FROM exits WHERE ${conditions.join(' AND ')} ORDER BY sequence DESC LIMIT ?`)
    .pluck()
    .all(...values, limit + 1) as number[];
  return {
    rows: sequences.slice(0, limit).flatMap((sequence) => exitRow(records, sequence) ?? []),
    more: sequences.length > limit,
    open: openExits(records.db, 0),
  };
}

/** Every sighting of the vehicle of a weighing, in order. */
export function exitsOf(records: Records, number: number): ExitRow[] {
  const sequences = prepared(
    records.db,
    'SELECT sequence FROM exits WHERE number = ? ORDER BY sequence LIMIT 100',
  )
    .pluck()
    .all(number) as number[];
  return sequences.flatMap((sequence) => exitRow(records, sequence) ?? []);
}

/** Sightings written since then that stand out and that nobody has explained. */
export function openExits(db: Db, sinceMs: number): number {
  return Number(
    prepared(db, `SELECT count(*) FROM exits WHERE ${open} AND time_ms >= ?`).pluck().get(sinceMs),
  );
}

/** Says what a sighting was; the sighting itself stays what it is. */
export function explainExit(
  desk: Desk,
  { sequence, as, note }: CallInput<'exit.explain'>,
): Result<null, CallError> {
  const row = desk.deps.stores.db.prepare('SELECT settled FROM exits WHERE sequence = ?').get(sequence) as
    { settled: number | null } | undefined;
  if (row === undefined) return err({ code: 'no-such-passage', detail: String(sequence) });
  if (row.settled !== null) return err({ code: 'already-explained', detail: String(sequence) });
  const written = desk.append({
    type: 'exit-explained',
    body: { sequence, as, note, operator: desk.operator },
  });
  desk.watchExits();
  return written;
}

function exitRow(records: Records, sequence: number): ExitRow | null {
  const event = eventAt(records, sequence);
  if (event?.type !== 'exit-seen') return null;
  const { pictures, seenMs, settles: _, doubts: __, ...body } = event.body;
  const { suspicious, settled } = prepared(
    records.db,
    'SELECT suspicious, settled FROM exits WHERE sequence = ?',
  ).get(sequence) as { suspicious: 0 | 1; settled: number | null };
  return {
    ...body,
    ...{ sequence, timeMs: event.timeMs, seenMs: seenMs ?? event.timeMs, pictures: [...pictures] },
    suspicious: suspicious === 1,
    settled: settled === null ? null : settledBy(records, settled),
  };
}

function settledBy(records: Records, sequence: number): ExitRow['settled'] {
  const event = eventAt(records, sequence);
  if (event?.type === 'exit-explained') {
    const { as, note, operator } = event.body;
    return { by: 'person', as, note, operator, timeMs: event.timeMs };
  }
  return event?.type === 'exit-seen' ? { by: 'reading', plate: event.body.plate, sequence } : null;
}
