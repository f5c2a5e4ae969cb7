import type { RestoreRow } from '../../station/contract.ts';
import type { Db } from '../store/database.ts';

const mostRows = 100;

interface Row {
  readonly sequence: number;
  readonly timeMs: number;
  readonly from: string;
  readonly operator: string | null;
  readonly epoch: number | null;
  readonly headSequence: number;
  readonly headTimeMs: number | null;
  readonly lostTo: number | null;
  readonly numbersUsedTo: number | null;
  readonly unsigned: number | null;
  /** The last number the ledger itself gave out before. */
  readonly number: number | null;
}

/**
 * Each time a backup was put back, or a loss accepted, as the ledger tells it, the oldest first: what was lost between
 * the head that was put back and the furthest that anybody knew of.
 */
export function restoreRows(db: Db): RestoreRow[] {
  const rows = db
    .prepare(
      `SELECT r.sequence, r.time_ms AS timeMs, json_extract(r.text, '$.body.from') AS "from",
         json_extract(r.text, '$.body.operator') AS operator, json_extract(r.text, '$.body.epoch') AS epoch,
         json_extract(r.text, '$.body.headSequence') AS headSequence, h.time_ms AS headTimeMs,
         json_extract(r.text, '$.body.lostTo.sequence') AS lostTo,
         json_extract(r.text, '$.body.numbersUsedTo') AS numbersUsedTo,
         json_extract(r.text, '$.body.unsigned') AS unsigned,
         (SELECT n.number FROM ledger n WHERE n.number IS NOT NULL AND n.sequence < r.sequence
          ORDER BY n.number DESC LIMIT 1) AS number
       FROM ledger r LEFT JOIN ledger h ON h.sequence = json_extract(r.text, '$.body.headSequence')
       WHERE r.type = 'store-restored' ORDER BY r.sequence LIMIT ?`,
    )
    .all(mostRows) as Row[];
  let usedTo = 0;
  return rows.map(({ number, numbersUsedTo, lostTo, epoch, unsigned, ...row }) => {
    const first = Math.max(usedTo, number ?? 0) + 1;
    usedTo = Math.max(usedTo, numbersUsedTo ?? 0);
    return {
      ...row,
      epoch: epoch ?? 1,
      unsigned: unsigned ?? 0,
      lostEvents: lostTo === null ? null : { first: row.headSequence + 1, last: lostTo },
      lostNumbers: usedTo < first ? null : { first, last: usedTo },
    };
  });
}
