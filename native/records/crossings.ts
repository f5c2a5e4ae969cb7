import type { CallError, CallInput, CallOutput, CrossingRow } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Records } from '../store/records.ts';
import type { Stores } from '../store/stores.ts';

interface Row extends Omit<CrossingRow, 'interrupted' | 'explained'> {
  readonly interrupted: number;
  readonly explained: number | null;
}

const columns = `crossing_id AS crossingId, sequence, begun_ms AS begunMs, closed_ms AS closedMs, outcome, number,
  plate, peak_kg AS peakKg, interrupted, note, explained`;
const unexplained = `outcome = 'unexplained' AND explained IS NULL`;

/** Crossings, newest first. */
export function listCrossings(
  stores: Stores,
  { beforeSequence, limit, unexplainedOnly }: CallInput<'crossings.list'>,
): CallOutput<'crossings.list'> {
  const rows = stores.db
    .prepare(
      `SELECT ${columns} FROM crossings WHERE sequence < ? ${unexplainedOnly ? `AND ${unexplained}` : ''}
       ORDER BY sequence DESC LIMIT ?`,
    )
    .all(beforeSequence ?? Number.MAX_SAFE_INTEGER, limit + 1) as Row[];
  return {
    rows: rows.slice(0, limit).map((row) => crossingRow(stores, row)),
    more: rows.length > limit,
    unexplained: unexplainedCount(stores),
  };
}

/** The crossing a weighing was taken in; null in stores of before crossings were written. */
export function crossingOf(stores: Records, crossingId: string): CrossingRow | null {
  const row = stores.db.prepare(`SELECT ${columns} FROM crossings WHERE crossing_id = ?`).get(crossingId) as
    Row | undefined;
  return row === undefined ? null : crossingRow(stores, row);
}

function crossingRow(stores: Records, row: Row): CrossingRow {
  return {
    ...row,
    interrupted: row.interrupted === 1,
    explained: explanationAt(stores, row.explained),
  };
}

/** Crossings that nobody can account for yet. */
export function unexplainedCount(stores: Records): number {
  return Number(stores.db.prepare(`SELECT count(*) FROM crossings WHERE ${unexplained}`).pluck().get());
}

/** Says what an unexplained crossing was; the crossing itself stays closed as unexplained. */
export function explainCrossing(
  desk: Desk,
  { crossingId, as, note, by }: CallInput<'crossing.explain'>,
): Result<null, CallError> {
  const row = desk.deps.stores.db
    .prepare('SELECT outcome, explained FROM crossings WHERE crossing_id = ?')
    .get(crossingId) as { outcome: string | null; explained: number | null } | undefined;
  if (row?.outcome !== 'unexplained') return err({ code: 'no-such-passage', detail: crossingId });
  if (row.explained !== null) return err({ code: 'already-explained', detail: crossingId });
  return desk.append({
    type: 'crossing-explained',
    body: { crossingId, as, note, operator: by ?? desk.operator },
  });
}

function explanationAt(stores: Records, sequence: number | null): CrossingRow['explained'] {
  const link = sequence === null ? null : stores.ledger.link(sequence);
  const opened = link === null ? null : openLink(link);
  if (opened?.ok !== true || opened.value.type !== 'crossing-explained') return null;
  const { as, note, operator } = opened.value.body;
  return { as, note, operator, timeMs: opened.value.timeMs };
}
