import type { Desk } from '../desk/desk.ts';
import { freeBytes, pictureToRemove, removedBody } from './retention.ts';

const everyMs = 3_600_000;
const diskEveryMs = 60_000;

/** Looks at the disk each minute and removes what may go each hour; both are harmless to weighing. */
export function keepRetention(desk: Desk): { readonly stop: () => void } {
  const disk = setInterval(() => {
    watchDisk(desk);
  }, diskEveryMs);
  const removal = setInterval(() => {
    removeOnce(desk);
  }, everyMs);
  watchDisk(desk);
  return {
    stop: () => {
      clearInterval(disk);
      clearInterval(removal);
    },
  };
}

function watchDisk(desk: Desk): void {
  const { settings, stores } = desk.deps;
  const free = freeBytes(stores.dir);
  const { warnBelowGb } = settings.retention;
  if (free.ok && free.value < warnBelowGb * 1e9) {
    desk.fault({ code: 'disk-low', detail: `${(free.value / 1e9).toFixed(1)} GB` });
  } else desk.clearFault('disk-low');
}

/** One round: written down first, removed then. Returns how many went. */
export function removeOnce(desk: Desk): number {
  const { settings, stores, clock } = desk.deps;
  const nowMs = clock.nowMs();
  const found = pictureToRemove(stores, settings.retention, nowMs, settings.platform?.pictures === true);
  if (found === null) return 0;
  const written = desk.append({ type: 'pictures-removed', body: removedBody(found.why, found.rows) });
  if (!written.ok) return 0;
  for (const { sha256 } of found.rows) stores.pictures.remove(sha256, nowMs);
  return found.rows.length;
}
