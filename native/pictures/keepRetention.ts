import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from '../desk/desk.ts';
import { freeBytes, pictureToRemove, removedBody } from './retention.ts';

const everyMs = 3_600_000;
const lookMs = 60_000;
/** Between two batches everything else has its turn, the disk included. */
const breathMs = 100;

/** A clock that was moved further since the start is no measure of age. */
const clockMovedMs = 3_600_000;

/**
 * Looks at the disk each minute, and each hour removes what may go, in small batches and only while nothing stands on
 * the scale. Both are harmless to weighing.
 */
export function keepRetention(desk: Desk): { readonly stop: () => Promise<void> } {
  const { clock, stores } = desk.deps;
  let stopped = false;
  let dueMs = clock.monotonicMs() + everyMs;
  let running: Promise<void> | null = null;
  const failed = (problem: unknown): void => {
    running = null;
    desk.fault({
      code: 'pictures-not-stored',
      detail: problem instanceof Error ? problem.message : String(problem),
    });
  };
  const leftovers = stores.pictures.eraseLeftovers().catch(failed);
  const look = setInterval(() => {
    watchDisk(desk);
    if (clock.monotonicMs() < dueMs) return;
    running ??= removeAged(desk, () => stopped).then((ended) => {
      running = null;
      if (ended === 'all') dueMs = clock.monotonicMs() + everyMs;
    }, failed);
  }, lookMs);
  watchDisk(desk);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(look);
      await running;
      await leftovers;
    },
  };
}

/** Removes batch after batch until all is gone that may go, or a truck drives up: then the rest waits. */
export async function removeAged(desk: Desk, stopped: () => boolean): Promise<'all' | 'the-rest-waits'> {
  while (!stopped() && desk.lane.view().crossingId === null) {
    if ((await removeBatch(desk)) === 0) return 'all';
    await pause(breathMs);
  }
  return 'the-rest-waits';
}

function watchDisk(desk: Desk): void {
  const { settings, stores } = desk.deps;
  const free = freeBytes(stores.dir);
  const { warnBelowGb } = settings.retention;
  if (free.ok && free.value < warnBelowGb * 1e9) {
    desk.fault({ code: 'disk-low', detail: `${(free.value / 1e9).toFixed(1)} GB` });
  } else desk.clearFault('disk-low');
}

/** One batch: written down first, taken out of the list, then off the disk. Returns how many went. */
async function removeBatch(desk: Desk): Promise<number> {
  const { settings, stores, clock } = desk.deps;
  if (Math.abs(clock.driftMs()) > clockMovedMs) return 0;
  const nowMs = clock.nowMs();
  const found = pictureToRemove(stores, settings.retention, nowMs, settings.platform?.pictures === true);
  if (found === null) return 0;
  const written = desk.append({ type: 'pictures-removed', body: removedBody(found) });
  if (!written.ok) return 0;
  const hashes = found.rows.map(({ sha256 }) => sha256);
  stores.pictures.drop(hashes, nowMs);
  for (const sha256 of hashes) await stores.pictures.erase(sha256);
  return hashes.length;
}
