import { createHash } from 'node:crypto';
import { statfsSync } from 'node:fs';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { RetentionSettings } from './retentionSettings.ts';
import type { Stores } from '../store/stores.ts';

const monthMs = 30.5 * 24 * 3_600_000;
/** In one go; the next hour takes the next ones. */
const mostAtOnce = 2000;

export interface Removed {
  readonly why: 'age' | 'quota';
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

/**
 * What may go now: pictures past their age, then the oldest until the quota is met. Never one of a paper (登记, permit),
 * never one the platform still has to get, never one younger than the least age. The caller writes the event first and
 * removes afterwards: what is gone is accounted for.
 */
export function pictureToRemove(
  stores: Pick<Stores, 'db'>,
  settings: RetentionSettings,
  nowMs: number,
  synced: boolean,
): { readonly why: Removed['why']; readonly rows: readonly Row[] } | null {
  const free = synced ? 'AND uploaded_ms IS NOT NULL' : '';
  const oldest = (beforeMs: number): Row[] =>
    stores.db
      .prepare(
        `SELECT sha256, bytes, kept_ms AS keptMs FROM pictures
         WHERE removed_ms IS NULL AND kind <> 'document' AND kept_ms < ? ${free} ORDER BY kept_ms LIMIT ?`,
      )
      .all(beforeMs, mostAtOnce) as Row[];
  const aged = oldest(nowMs - settings.pictureMonths * monthMs);
  if (aged.length > 0) return { why: 'age', rows: aged };
  if (settings.pictureQuotaGb === null) return null;
  let surplus = usedBytes(stores) - settings.pictureQuotaGb * 1e9;
  const rows: Row[] = [];
  for (const row of oldest(nowMs - settings.leastPictureMonths * monthMs)) {
    if (surplus <= 0) break;
    rows.push(row);
    surplus -= row.bytes;
  }
  return rows.length === 0 ? null : { why: 'quota', rows };
}

export function removedBody(why: Removed['why'], rows: readonly Row[]): Removed {
  const list = createHash('sha256');
  for (const { sha256 } of rows) list.update(`${sha256}\n`);
  return {
    why,
    beforeMs: Math.max(...rows.map(({ keptMs }) => keptMs)) + 1,
    pictures: rows.length,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    listSha256: list.digest('hex'),
  };
}

export function usedBytes({ db }: Pick<Stores, 'db'>): number {
  return Number(
    db.prepare('SELECT coalesce(sum(bytes), 0) FROM pictures WHERE removed_ms IS NULL').pluck().get(),
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
