import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InspectionFigures, RestoreRow } from '../../station/contract.ts';
import { checkChain, genesisHash } from '../../station/ledger/chain.ts';
import { recordPictures } from '../pictures/recordPictures.ts';
import type { Db } from '../store/database.ts';
import { restoreRows } from './restoreRows.ts';
import { linksIn } from '../store/ledgerLinks.ts';

const tailLinks = 1000;
const mostMissing = 100;
const monthMs = 30.44 * 24 * 3_600_000;

/** Counts the books of a store. It may take seconds on years of data: called in a thread of its own. */
export function countFigures(db: Db, dir: string, nowMs: number, pictureMonths: number): InspectionFigures {
  const one = (sql: string, ...values: readonly (string | number)[]): number =>
    Number(
      db
        .prepare(sql)
        .pluck()
        .get(...values) ?? 0,
    );
  const head = db
    .prepare('SELECT sequence, hash, time_ms AS timeMs FROM ledger ORDER BY sequence DESC LIMIT 1')
    .get() as InspectionFigures['head'] | undefined;
  const from = Math.max(1, (head?.sequence ?? 0) - tailLinks + 1);
  const [before] = from === 1 ? [] : linksIn(db, from - 1, 1);
  const tail = linksIn(db, from, tailLinks + 1);
  const fault = checkChain(tail, before ?? null);
  const clockSteps = db
    .prepare(
      `SELECT count(*) AS count, coalesce(max(abs(json_extract(text, '$.body.byMs'))), 0) AS largestMs
       FROM ledger WHERE type = 'clock-stepped'`,
    )
    .get() as InspectionFigures['clockSteps'];
  const weighings = one('SELECT count(*) FROM passages');
  const lastNumber = one('SELECT max(number) FROM ledger');
  const restores = restoreRows(db);
  return {
    asOfMs: nowMs,
    head: head ?? { sequence: 0, hash: genesisHash, timeMs: 0 },
    tail: { checked: tail.length, fault: fault === null ? null : `${fault.kind} ${String(fault.sequence)}` },
    weighings,
    lastNumber,
    missingNumbers: weighings === lastNumber ? [] : missingNumbers(db, restores),
    restores,
    crossings: one('SELECT count(*) FROM crossings'),
    unexplained: one(`SELECT count(*) FROM crossings WHERE outcome = 'unexplained' AND explained IS NULL`),
    voids: one('SELECT count(*) FROM voids'),
    corrections: one('SELECT count(*) FROM corrections'),
    manual: one('SELECT count(*) FROM manual_weighings'),
    releases: one('SELECT count(*) FROM releases'),
    clockSteps,
    oldestRecordMs: weighings === 0 ? null : one('SELECT time_ms FROM passages ORDER BY number LIMIT 1'),
    oldestPicture: oldestPicture(db, dir, nowMs - Math.round(pictureMonths * monthMs)),
  };
}

function missingNumbers(db: Db, restores: readonly RestoreRow[]): number[] {
  const lost = (number: number): boolean =>
    restores.some(({ lostNumbers: at }) => at !== null && at.first <= number && number <= at.last);
  const gaps = db
    .prepare(
      `SELECT before + 1 AS first, number - 1 AS last FROM
         (SELECT number, lag(number, 1, 0) OVER (ORDER BY number) AS before FROM passages)
       WHERE number > before + 1 LIMIT ?`,
    )
    .all(mostMissing) as { first: number; last: number }[];
  const missing: number[] = [];
  for (const { first, last } of gaps) {
    for (let number = first; number <= last && missing.length < mostMissing; number += 1)
      if (!lost(number)) missing.push(number);
  }
  return missing;
}

/** Only whether the files of all its pictures are there: their hashes are compared where the record is sampled. */
function oldestPicture(db: Db, dir: string, fromMs: number): InspectionFigures['oldestPicture'] {
  const row = db
    .prepare(
      `SELECT number, time_ms AS timeMs FROM passages INDEXED BY passages_by_time
       WHERE time_ms >= ? AND picture IS NOT NULL ORDER BY time_ms LIMIT 1`,
    )
    .get(fromMs) as { number: number; timeMs: number } | undefined;
  if (row === undefined) return null;
  const ledger = { link: (sequence: number) => linksIn(db, sequence, 1)[0] ?? null };
  const kept = recordPictures({ db, ledger }, row.number).every((sha256) =>
    existsSync(join(dir, 'pictures', sha256.slice(0, 2), `${sha256}.jpg`)),
  );
  return { ...row, kept };
}
