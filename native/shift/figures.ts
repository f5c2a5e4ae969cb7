import type { GoodsTotal, Manifest, ShiftFigures } from '../../station/contract.ts';
import { dayStartMs } from '../gate/exitRows.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';

const dayMs = 24 * 3_600_000;
const mostGoods = 20;
const released = 'EXISTS (SELECT 1 FROM releases WHERE releases.number = p.number)';
const left = `p.kind = 'gross' AND (p.outcome = 'allow' OR ${released})
  AND NOT EXISTS (SELECT 1 FROM voids WHERE voids.number = p.number)`;
const goodsNow = nameNow('goods');

/** The word as last corrected: totals and gate ledger count the same. */
export function nameNow(field: 'goods' | 'consignee' | 'destination' | 'contract' | 'driver'): string {
  return `CASE WHEN EXISTS (SELECT 1 FROM corrections c WHERE c.number = p.number) THEN coalesce(
    (SELECT json_extract(l.text, '$.body.now') FROM corrections c JOIN ledger l USING (sequence)
      WHERE c.number = p.number AND json_extract(l.text, '$.body.field') = '${field}'
      ORDER BY c.sequence DESC LIMIT 1), p.${field}) ELSE p.${field} END`;
}

/** What happened after one event of the ledger, up to and with another. */
export function shiftFigures(db: Db, after: number, until: number): ShiftFigures {
  const counts = prepared(
    db,
    `SELECT count(*) AS weighings, coalesce(sum(kind = 'tare'), 0) AS tares,
       coalesce(sum(outcome = 'allow'), 0) AS slips, coalesce(sum(outcome = 'refuse'), 0) AS refusals,
       coalesce(sum(outcome = 'cannot-decide'), 0) AS undecided,
       min(number) AS firstNumber, max(number) AS lastNumber
     FROM passages p WHERE sequence > ? AND sequence <= ?`,
  ).get(after, until) as Omit<ShiftFigures, 'goods'>;
  const events = prepared(
    db,
    `SELECT count(*) FROM ledger INDEXED BY ledger_by_type WHERE type = ? AND sequence > ? AND sequence <= ?`,
  ).pluck();
  const count = (type: string): number => Number(events.get(type, after, until));
  const goods = prepared(
    db,
    `SELECT ${goodsNow} AS goods, count(*) AS trucks, coalesce(sum(net_kg), 0) AS netKg, sum(net_kg IS NULL) AS withoutNet
     FROM passages p WHERE sequence > ? AND sequence <= ? AND ${left} GROUP BY 1 ORDER BY netKg DESC`,
  ).all(after, until) as GoodsTotal[];
  const unexplained = prepared(
    db,
    `SELECT count(*) FROM crossings WHERE sequence > ? AND sequence <= ? AND outcome = 'unexplained'
       AND explained IS NULL`,
  ).pluck();
  return {
    ...counts,
    releases: count('release-granted'),
    papers: count('paper-issued'),
    voids: count('weighing-voided'),
    corrections: count('record-corrected'),
    manual: count('manual-weighing'),
    unexplained: Number(unexplained.get(after, until)),
    netKg: goods.reduce((sum, { netKg }) => sum + netKg, 0),
    withoutNet: goods.reduce((sum, { withoutNet }) => sum + withoutNet, 0),
    goods: shortened(goods),
  };
}

/** A paper has an end; what comes after the largest is summed up. */
function shortened(goods: readonly GoodsTotal[]): GoodsTotal[] {
  if (goods.length <= mostGoods) return [...goods];
  const rest = goods.slice(mostGoods - 1);
  const sum = (of: (each: GoodsTotal) => number): number => rest.reduce((total, each) => total + of(each), 0);
  return [
    ...goods.slice(0, mostGoods - 1),
    {
      goods: '其他 others',
      trucks: sum(({ trucks }) => trucks),
      netKg: sum(({ netKg }) => netKg),
      withoutNet: sum(({ withoutNet }) => withoutNet),
    },
  ];
}

/** What left between two Chinese days, both included. */
export function manifestOf(db: Db, from: string, to: string): Manifest {
  const span = [dayStartMs(from), dayStartMs(to) + dayMs - 1];
  const grouped = (by: string, order: string): unknown[] =>
    prepared(
      db,
      `SELECT ${by}, count(*) AS trucks, coalesce(sum(net_kg), 0) AS netKg, sum(net_kg IS NULL) AS withoutNet
       FROM passages p INDEXED BY passages_by_time WHERE time_ms BETWEEN ? AND ? AND ${left}
       GROUP BY 1 ORDER BY ${order}`,
    ).all(...span);
  const goods = grouped(`${goodsNow} AS goods`, 'netKg DESC') as GoodsTotal[];
  return {
    from,
    to,
    trucks: goods.reduce((sum, { trucks }) => sum + trucks, 0),
    netKg: goods.reduce((sum, { netKg }) => sum + netKg, 0),
    withoutNet: goods.reduce((sum, { withoutNet }) => sum + withoutNet, 0),
    goods,
    consignees: grouped(`${nameNow('consignee')} AS consignee`, 'netKg DESC') as Manifest['consignees'],
    days: grouped(`date(time_ms / 1000 + 28800, 'unixepoch') AS day`, 'day') as Manifest['days'],
  };
}
