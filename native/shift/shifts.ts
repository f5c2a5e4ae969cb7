import { ShiftFigures } from '../../station/contract.ts';
import type { ShiftRow } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';

/** A shift nobody closed does not reach further back than this. */
const longestShiftMs = 31 * 24 * 3_600_000;

/** A closed shift as the ledger has it, its hash checked again; null where the event is none or does not hold. */
export function shiftAt(records: Records, sequence: number): ShiftRow | null {
  const link = records.ledger.link(sequence);
  const opened = link === null ? null : openLink(link);
  if (link === null || opened?.ok !== true || opened.value.type !== 'shift-closed') return null;
  const { fromMs, toMs, operator, next, figures, epoch } = opened.value.body;
  const read = ShiftFigures.safeParse(JSON.parse(figures));
  if (!read.success) return null;
  const { hash, signed } = link;
  return {
    sequence,
    hash,
    keyId: signed?.keyId ?? null,
    epoch,
    fromMs,
    toMs,
    operator,
    next,
    figures: read.data,
  };
}

/** Newest first. */
export function pastShifts(records: Records, count: number): ShiftRow[] {
  return closedSequences(records.db, count).flatMap((sequence) => shiftAt(records, sequence) ?? []);
}

function closedSequences(db: Db, count: number): readonly number[] {
  return prepared(
    db,
    `SELECT sequence FROM ledger INDEXED BY ledger_by_type WHERE type = 'shift-closed'
     ORDER BY sequence DESC LIMIT ?`,
  )
    .pluck()
    .all(count)
    .map(Number);
}

/** After which event the shift that runs began, and when. */
export function shiftStart(
  { db }: Records,
  nowMs: number,
): { readonly after: number; readonly fromMs: number } {
  const at = prepared(db, 'SELECT time_ms FROM ledger WHERE sequence = ?').pluck();
  const [closed] = closedSequences(db, 1);
  const closedMs = closed === undefined ? null : Number(at.get(closed));
  const earliestMs = nowMs - longestShiftMs;
  if (closed !== undefined && closedMs !== null && closedMs >= earliestMs) {
    return { after: closed, fromMs: closedMs };
  }
  const before = prepared(
    db,
    `SELECT sequence, time_ms AS timeMs FROM passages INDEXED BY passages_by_time WHERE time_ms < ?
     ORDER BY time_ms DESC LIMIT 1`,
  ).get(earliestMs) as { sequence: number; timeMs: number } | undefined;
  if (before !== undefined) return { after: before.sequence, fromMs: earliestMs };
  return { after: closed ?? 0, fromMs: closedMs ?? Number(at.get(1) ?? nowMs) };
}
