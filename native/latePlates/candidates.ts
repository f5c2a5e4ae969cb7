import type { LateCandidate } from '../../station/weighing/lateReading.ts';
import { amendmentsOf, weighingOf } from '../records/amend.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';

/** No vehicle stands on a scale for longer before or after its weight was saved. */
const staysMs = 3_600_000;
const mostCandidates = 20;

interface Row {
  readonly number: number;
  readonly timeMs: number;
  readonly begunMs: number | null;
  readonly closedMs: number | null;
}

/** The weighings around a time, UTC ms, as far as a late reading is matched with them. */
export function lateCandidates(records: Records, seenMs: number): readonly LateCandidate[] {
  const rows = prepared(
    records.db,
    `SELECT p.number, p.time_ms AS timeMs, c.begun_ms AS begunMs, c.closed_ms AS closedMs
     FROM passages p INDEXED BY passages_by_time LEFT JOIN crossings c USING (crossing_id)
     WHERE p.time_ms BETWEEN ? AND ? ORDER BY abs(p.time_ms - ?) LIMIT ?`,
  ).all(seenMs - staysMs, seenMs + staysMs, seenMs, mostCandidates) as Row[];
  return rows.flatMap((row) => candidateOf(records, row) ?? []);
}

/** Every plate a weighing goes by: as recorded, as corrected, of its trailer; and what else a person said of it. */
export function platesOf(records: Records, number: number): readonly string[] {
  const weighed = weighingOf(records, number);
  if (!weighed.ok) return [];
  const { plate, trailerPlate, case: each } = weighed.value;
  const corrected = amendmentsOf(records, number).corrections.flatMap(({ field, now }) =>
    field === 'plate' || field === 'trailerPlate' ? [now] : [],
  );
  const names = [plate, trailerPlate, each?.plates.trailer ?? null, each?.rearStated ?? null, ...corrected];
  return names.filter((name) => name !== null);
}

function candidateOf(records: Records, { number, timeMs, begunMs, closedMs }: Row): LateCandidate | null {
  const weighed = weighingOf(records, number);
  if (!weighed.ok) return null;
  const { cameraPlate, case: each, moments } = weighed.value;
  const saved = moments.find(({ what }) => what === 'saved')?.afterMs ?? 0;
  const stable = moments.find(({ what }) => what === 'stable')?.afterMs ?? null;
  const rear = each?.plates.rear ?? null;
  return {
    number,
    plates: platesOf(records, number),
    said: { front: cameraPlate === null ? [] : [cameraPlate], rear: rear === null ? [] : [rear] },
    begunMs: begunMs ?? timeMs - saved,
    stableMs: stable === null ? null : timeMs - saved + stable,
    closedMs,
  };
}
