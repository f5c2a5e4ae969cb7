import type { GateQuery } from '../../station/contract.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { namesLike } from '../trace/namesLike.ts';

/** One loaded truck that left with a slip or a release. */
export interface ExitRow {
  readonly number: number;
  readonly timeMs: number;
  readonly plate: string;
  readonly colour: string;
  readonly goods: string | null;
  readonly netKg: number | null;
  readonly outcome: string | null;
  /** Of the exit's camera, else of the weighing. */
  readonly picture: string | null;
  readonly tareMs: number | null;
  readonly tarePicture: string | null;
  readonly voided: 0 | 1;
  readonly plateNow: string | null;
  readonly goodsNow: string | null;
}

const dayMs = 24 * 3_600_000;
const page = 200;
/** With few vehicles to look for, each one's own index is the shorter way; with many, time is. */
const fewVehicles = 300;
const stripDays = 10;

const corrected = (field: string): string =>
  `(SELECT json_extract(l.text, '$.body.now') FROM corrections c JOIN ledger l USING (sequence)
     WHERE c.number = p.number AND json_extract(l.text, '$.body.field') = '${field}'
     ORDER BY c.sequence DESC LIMIT 1)`;

const columns = `p.number, p.time_ms AS timeMs, p.plate, p.colour, p.goods, p.net_kg AS netKg, p.outcome,
  coalesce((SELECT e.picture FROM exits e WHERE e.number = p.number AND e.picture IS NOT NULL
    ORDER BY e.sequence LIMIT 1), p.picture) AS picture,
  t.time_ms AS tareMs, t.picture AS tarePicture,
  EXISTS (SELECT 1 FROM voids WHERE voids.number = p.number) AS voided,
  ${corrected('plate')} AS plateNow, ${corrected('goods')} AS goodsNow`;

const left = `p.kind = 'gross'
  AND (p.outcome = 'allow' OR EXISTS (SELECT 1 FROM releases WHERE releases.number = p.number))`;

/** Start of a Chinese day, UTC ms. */
export function dayStartMs(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/**
 * Newest first, page by page; null where whoever reads may pause. Without a few vehicles to go by, time is walked in
 * strips, so that no step costs more than a strip's rows, however few of them are asked for.
 */
export function* exitRows(
  db: Db,
  query: GateQuery,
  before: { readonly exitMs: number; readonly number: number } | null,
): Generator<ExitRow | null> {
  const oldestMs = boundMs(db, 'min');
  const newestMs = boundMs(db, 'max');
  if (oldestMs === null || newestMs === null) return;
  const fromMs = Math.max(oldestMs, dayStartMs(query.from));
  const toMs = Math.min(
    newestMs,
    dayStartMs(query.to) + dayMs - 1,
    before?.exitMs ?? Number.MAX_SAFE_INTEGER,
  );
  const plates = vehiclesOf(db, query);
  const few = plates !== null && plates.length <= fewVehicles;
  const stripMs = few ? toMs - fromMs + 1 : stripDays * dayMs;
  for (let endMs = toMs; endMs >= fromMs; endMs -= stripMs) {
    yield* strip(db, plates, few, Math.max(fromMs, endMs - stripMs + 1), endMs, before);
    yield null;
  }
}

function* strip(
  db: Db,
  plates: readonly string[] | null,
  few: boolean,
  fromMs: number,
  toMs: number,
  before: { readonly exitMs: number; readonly number: number } | null,
): Generator<ExitRow | null> {
  const index = few ? 'passages_by_plate_time' : 'passages_by_time';
  const asked = plates === null ? '' : 'AND p.plate IN (SELECT value FROM json_each(?))';
  const next = prepared(
    db,
    `SELECT ${columns} FROM passages p INDEXED BY ${index}
       LEFT JOIN passages t ON t.number = p.tare_number
     WHERE p.time_ms BETWEEN ? AND ? AND (p.time_ms, p.number) < (?, ?) AND ${left} ${asked}
     ORDER BY p.time_ms DESC, p.number DESC LIMIT ${String(page)}`,
  );
  let at = before ?? { exitMs: toMs + 1, number: 0 };
  for (;;) {
    const values = [fromMs, Math.min(toMs, at.exitMs), at.exitMs, at.number];
    const rows = next.all(...values, ...(plates === null ? [] : [JSON.stringify(plates)])) as ExitRow[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    at = { exitMs: last.timeMs, number: last.number };
    yield null;
  }
}

function boundMs(db: Db, which: 'min' | 'max'): number | null {
  const at = prepared(db, `SELECT ${which}(time_ms) FROM passages`).pluck().get();
  return typeof at === 'number' ? at : null;
}

/** The plates as recorded that a search may mean; null for all. Each row is looked at again when its vehicle is known. */
function vehiclesOf(db: Db, { plate, fleet, emission }: GateQuery): readonly string[] | null {
  const sets: (readonly string[])[] = [];
  if (plate !== null && plate !== '') sets.push(withCorrected(db, namesLike(db, 'plate', plate)));
  if ((fleet !== null && fleet !== '') || emission !== null) {
    const named = prepared(
      db,
      `SELECT DISTINCT json_extract(entry, '$.plate') FROM register WHERE kind = 'vehicle'
         AND (? = '' OR instr(coalesce(json_extract(entry, '$.fleet'), ''), ?) > 0)
         AND (? = '' OR json_extract(entry, '$.emission') = ?)`,
    )
      .pluck()
      .all(fleet ?? '', fleet ?? '', emission ?? '', emission ?? '')
      .map(String);
    sets.push(withCorrected(db, named));
  }
  const [first, ...others] = sets;
  return first?.filter((each) => others.every((set) => set.includes(each))) ?? null;
}

/** Also those that were recorded under another plate and corrected to one of these. */
function withCorrected(db: Db, plates: readonly string[]): readonly string[] {
  const recorded = prepared(
    db,
    `SELECT DISTINCT p.plate FROM json_each(?) v CROSS JOIN other_names n ON n.field = 'plate' AND n.name = v.value
       JOIN passages p ON p.number = n.number WHERE n.how = 'corrected'`,
  )
    .pluck()
    .all(JSON.stringify(plates));
  return [...new Set([...plates, ...recorded.map(String)])];
}
