import { createHash } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { documentsOf } from '../../station/ledger/picturesOf.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { PictureKind } from '../store/blobStore.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import type { RetentionSettings } from './retentionSettings.ts';
import { monthsOf } from './retentionSettings.ts';
import type { Stores } from '../store/stores.ts';

const monthMs = 30.5 * 24 * 3_600_000;
/** In one transaction, on the thread that reads the scale. */
const mostAtOnce = 50;

export interface Removed {
  readonly why: 'age' | 'quota';
  readonly kind: PictureKind | null;
  readonly beforeMs: number;
  readonly pictures: number;
  readonly bytes: number;
  readonly listSha256: string;
}

interface Row {
  readonly sha256: string;
  readonly bytes: number;
  readonly keptMs: number;
}

export interface ToRemove {
  readonly why: Removed['why'];
  /** Null where a quota takes of more than one class. */
  readonly kind: PictureKind | null;
  readonly rows: readonly Row[];
}

/**
 * The next few that may go now: pictures past the age of their class, then the oldest until the quota is met. Never a
 * paper (行驶证, permit) the register names, never one the platform still has to get, and for a quota neither papers nor
 * what is younger than the least age. The caller writes the event first and removes afterwards: what is gone is
 * accounted for.
 */
export function pictureToRemove(
  { db }: Pick<Stores, 'db'>,
  settings: RetentionSettings,
  nowMs: number,
  synced: boolean,
): ToRemove | null {
  for (const kind of ['weighing', 'exit', 'document'] as const) {
    const months = monthsOf(settings, kind);
    if (months === null) continue;
    const rows = oldest(db, kind, nowMs - months * monthMs, synced);
    if (rows.length > 0) return { why: 'age', kind, rows };
  }
  const rows = overQuota(db, settings, nowMs, synced);
  return rows.length === 0 ? null : { why: 'quota', kind: null, rows };
}

function overQuota(
  db: Db,
  { pictureQuotaGb, leastPictureMonths }: RetentionSettings,
  nowMs: number,
  synced: boolean,
): readonly Row[] {
  if (pictureQuotaGb === null) return [];
  let surplus = usedBytes({ db }) - pictureQuotaGb * 1e9;
  if (surplus <= 0) return [];
  const beforeMs = nowMs - leastPictureMonths * monthMs;
  const candidates = [...oldest(db, 'weighing', beforeMs, synced), ...oldest(db, 'exit', beforeMs, synced)];
  const rows: Row[] = [];
  for (const row of candidates.sort((one, other) => one.keptMs - other.keptMs).slice(0, mostAtOnce)) {
    if (surplus <= 0) break;
    rows.push(row);
    surplus -= row.bytes;
  }
  return rows;
}

function oldest(db: Db, kind: PictureKind, beforeMs: number, synced: boolean): readonly Row[] {
  const free = synced ? 'AND uploaded_ms IS NOT NULL' : '';
  const rows = prepared(
    db,
    `SELECT sha256, bytes, kept_ms AS keptMs FROM pictures INDEXED BY pictures_by_age
     WHERE removed_ms IS NULL AND kind = ? AND kept_ms < ? ${free} ORDER BY kept_ms LIMIT ?`,
  );
  if (kind !== 'document') return rows.all(kind, beforeMs, mostAtOnce) as Row[];
  const papers = rows.all(kind, beforeMs, -1) as Row[];
  const named = papers.length === 0 ? new Set<string>() : papersOfRegister(db);
  return papers.filter(({ sha256 }) => !named.has(sha256)).slice(0, mostAtOnce);
}

function papersOfRegister(db: Db): ReadonlySet<string> {
  const entries = prepared(db, `SELECT entry FROM register WHERE kind IN ('vehicle', 'driver')`)
    .pluck()
    .all();
  return new Set(entries.flatMap((entry) => documentsOf(JSON.parse(String(entry)) as object)));
}

export function removedBody({ why, kind, rows }: ToRemove): Removed {
  const list = createHash('sha256');
  for (const { sha256 } of rows) list.update(`${sha256}\n`);
  return {
    why,
    kind,
    beforeMs: Math.max(...rows.map(({ keptMs }) => keptMs)) + 1,
    pictures: rows.length,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    listSha256: list.digest('hex'),
  };
}

export function usedBytes({ db }: Pick<Stores, 'db'>): number {
  return Number(
    prepared(db, 'SELECT coalesce(sum(bytes), 0) FROM pictures WHERE removed_ms IS NULL').pluck().get(),
  );
}

/** Bytes that are free where the records lie, for this account. */
export function freeBytes(dir: string): Result<number, string> {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return ok(bavail * bsize);
  } catch (problem) {
    return err(problem instanceof Error ? problem.message : String(problem));
  }
}
