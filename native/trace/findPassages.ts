import type { FoundBy, TraceQuery } from '../../station/contract.ts';
import { readSlipName } from '../../station/slips/slipNumber.ts';
import { nearPlates } from '../../station/vehicles/nearPlates.ts';
import { plateKind, readPlate } from '../../station/vehicles/plate.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { namesLike } from './namesLike.ts';

export interface Found {
  readonly number: number;
  readonly timeMs: number;
  readonly how: FoundBy;
  readonly matched: string;
}

export const mostHits = 100;
const ranks: readonly FoundBy[] = ['slip', 'recorded', 'corrected', 'trailer', 'camera', 'part', 'near'];

/** The passages a question may mean, the most likely first; at most `mostHits` and one more. Reads only lists. */
export function findPassages(db: Db, query: TraceQuery, stationId: string): readonly Found[] {
  if (query.by === 'slip') return bySlip(db, query.text, stationId);
  if (query.by !== 'plate') {
    const names = namesLike(db, query.by, query.text);
    return nearestFirst(byNames(db, query.by, names, query), query.atMs);
  }
  const text = readPlate(query.text.replaceAll('？', '?'))?.text ?? '';
  if (text === '') return [];
  if (plateKind(text) === null && !query.near) return nearestFirst(byPart(db, text, query), query.atMs);
  const own = byNames(db, 'plate', [text], query);
  const part = plateKind(text) === null ? byPart(db, text, query) : [];
  const near = query.near && !text.includes('?') ? byNames(db, 'plate', nearPlates(text), query) : [];
  return nearestFirst([...own, ...part, ...as(near, 'near')], query.atMs);
}

function byPart(db: Db, text: string, query: TraceQuery): readonly Found[] {
  const found = byNames(db, 'plate', namesLike(db, 'plate', text), query);
  return as(found, 'part');
}

function as(found: readonly Found[], how: FoundBy): readonly Found[] {
  return found.map((each) => ({ ...each, how: each.how === 'recorded' ? how : each.how }));
}

type Field = 'plate' | 'driver' | 'consignee';

const indexes: Readonly<Record<Field, string>> = {
  plate: 'passages_by_plate_time',
  driver: 'passages_by_driver',
  consignee: 'passages_by_consignee',
};

/** Two range look-ups in an index for each name; the names come first, whatever SQLite thinks of it. */
function byNames(db: Db, field: Field, names: readonly string[], { atMs, windowMs }: TraceQuery): Found[] {
  const fromMs = atMs === null ? 0 : atMs - windowMs;
  const toMs = atMs === null ? Number.MAX_SAFE_INTEGER : atMs + windowMs;
  const nearest = 'ORDER BY abs(timeMs - ?) LIMIT ?';
  const rows = prepared(
    db,
    `SELECT * FROM (SELECT p.number, p.time_ms AS timeMs, 'recorded' AS how, v.value AS matched
       FROM json_each(?) v CROSS JOIN passages p INDEXED BY ${indexes[field]} ON p.${field} = v.value
       WHERE p.time_ms BETWEEN ? AND ? ${nearest})
     UNION ALL
     SELECT * FROM (SELECT n.number, n.time_ms AS timeMs, n.how, v.value AS matched
       FROM json_each(?) v CROSS JOIN other_names n ON n.field = '${field}' AND n.name = v.value
       WHERE n.time_ms BETWEEN ? AND ? ${nearest})`,
  );
  const asked = [JSON.stringify(names), fromMs, toMs, atMs ?? toMs, mostHits + 1];
  return rows.all(...asked, ...asked) as Found[];
}

function bySlip(db: Db, typed: string, stationId: string): readonly Found[] {
  const name = readSlipName(typed);
  if (name === null) return [];
  if (name.kind === 'number') {
    if (name.station !== null && name.station !== stationId) return [];
    return withNumber(db, name.number, typed);
  }
  const numbers = db
    .prepare(
      `SELECT DISTINCT coalesce(number, json_extract(text, '$.body.number')) FROM ledger
       WHERE hash >= ? AND hash < ? LIMIT 10`,
    )
    .pluck()
    .all(name.prefix, `${name.prefix}g`);
  return numbers.flatMap((number) => (typeof number === 'number' ? withNumber(db, number, name.prefix) : []));
}

function withNumber(db: Db, number: number, matched: string): readonly Found[] {
  const timeMs = prepared(db, 'SELECT time_ms FROM passages WHERE number = ?').pluck().get(number);
  return typeof timeMs === 'number' ? [{ number, timeMs, how: 'slip', matched: matched.slice(0, 80) }] : [];
}

/** One row a passage, by the name that says most; then by how near in time, or the newest. */
function nearestFirst(found: readonly Found[], atMs: number | null): readonly Found[] {
  const best = new Map<number, Found>();
  for (const each of found) {
    const held = best.get(each.number);
    if (held === undefined || rank(each) < rank(held)) best.set(each.number, each);
  }
  const apart = ({ timeMs }: Found): number => (atMs === null ? -timeMs : Math.abs(timeMs - atMs));
  return [...best.values()]
    .sort((left, right) => rank(left) - rank(right) || apart(left) - apart(right))
    .slice(0, mostHits + 1);
}

/** A name that is certain comes before one that is only close; among certain ones time decides. */
function rank({ how }: Found): number {
  const at = ranks.indexOf(how);
  return at <= ranks.indexOf('camera') ? 0 : at;
}
