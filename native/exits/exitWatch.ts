import type { LastWeighing } from '../../station/exits/matchExit.ts';
import { matchExit, suspiciousExits } from '../../station/exits/matchExit.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { CallError, CallInput, CallOutput } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Stores } from '../store/stores.ts';

const hourMs = 3_600_000;
/** The same plate within this time is the same truck still standing in the picture. */
const sameTruckMs = 60_000;

export interface SeenAtExit {
  readonly camera: string;
  readonly plate: string;
  readonly colour: PlateColour;
  readonly pictures: readonly string[];
}

/** Matches a plate at the exit with the yard's records and writes down what it found. */
export function seenAtExit(desk: Desk, seen: SeenAtExit): Result<null, CallError> | null {
  const { stores, settings, clock } = desk.deps;
  const nowMs = clock.nowMs();
  const before = stores.db
    .prepare('SELECT time_ms FROM exits WHERE plate = ? ORDER BY sequence DESC LIMIT 1')
    .pluck()
    .get(seen.plate);
  if (typeof before === 'number' && Math.abs(nowMs - before) < sameTruckMs) return null;
  const { yardHours } = settings.exits;
  const last = lastWeighing(stores, seen.plate, nowMs - yardHours * hourMs);
  const matched = matchExit(last, nowMs, settings.papers.validHours * hourMs);
  return desk.append({
    type: 'exit-seen',
    body: { ...seen, ...matched, pictures: seen.pictures.slice(0, 8) },
  });
}

/** The newest weighing of a plate since `sinceMs`. */
function lastWeighing({ db }: Pick<Stores, 'db'>, plate: string, sinceMs: number): LastWeighing | null {
  const row = db
    .prepare(
      `SELECT p.number, p.time_ms AS timeMs, p.kind, p.outcome,
         EXISTS (SELECT 1 FROM releases r WHERE r.number = p.number) AS released,
         EXISTS (SELECT 1 FROM voids v WHERE v.number = p.number) AS voided,
         EXISTS (SELECT 1 FROM exits e WHERE e.number = p.number) AS hasLeft
       FROM passages p WHERE p.plate = ? AND p.time_ms >= ? ORDER BY p.number DESC LIMIT 1`,
    )
    .get(plate, sinceMs) as
    | (Omit<LastWeighing, 'released' | 'voided' | 'left'> & {
        released: number;
        voided: number;
        hasLeft: number;
      })
    | undefined;
  if (row === undefined) return null;
  const { released, voided, hasLeft, ...last } = row;
  return { ...last, released: released === 1, voided: voided === 1, left: hasLeft === 1 };
}

/** Newest first. */
export function listExits(
  stores: Stores,
  { beforeSequence, limit, suspiciousOnly }: CallInput<'exits.list'>,
): CallOutput<'exits.list'> {
  const sequences = stores.db
    .prepare(
      `SELECT sequence FROM exits WHERE sequence < ? ${suspiciousOnly ? 'AND suspicious = 1' : ''}
       ORDER BY sequence DESC LIMIT ?`,
    )
    .pluck()
    .all(beforeSequence ?? Number.MAX_SAFE_INTEGER, limit + 1) as number[];
  const rows = sequences.slice(0, limit).flatMap((sequence) => {
    const link = stores.ledger.link(sequence);
    const opened = link === null ? null : openLink(link);
    if (opened?.ok !== true || opened.value.type !== 'exit-seen') return [];
    const { pictures, found, ...body } = opened.value.body;
    const { timeMs } = opened.value;
    return [
      { ...body, found, sequence, timeMs, pictures: [...pictures], suspicious: suspiciousExits.has(found) },
    ];
  });
  return { rows, more: sequences.length > limit };
}

/** Trucks seen leaving without leave since `sinceMs`. */
export function suspiciousCount({ db }: Pick<Stores, 'db'>, sinceMs: number): number {
  return Number(
    db.prepare('SELECT count(*) FROM exits WHERE suspicious = 1 AND time_ms >= ?').pluck().get(sinceMs),
  );
}
