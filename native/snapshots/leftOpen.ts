import * as z from 'zod';
import { openLink } from '../../station/ledger/chain.ts';
import { missedReasons } from '../../station/ledger/bodies/pictures.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import { CameraSettings } from '../cameras/cameraSettings.ts';
import type { Stores } from '../store/stores.ts';
import type { LaneCamera } from './snapshotDesk.ts';

/** So many weighings can be under way when a station stops. */
const mostLeft = 3;
const missed = missedReasons.stopped;

type PicturesTaken = EventBody & { readonly type: 'pictures-taken' };

/**
 * The last weighings of the run before, of which no picture was written down because the program was killed: each
 * camera the lane had then is missed. To be asked for before this run writes that it began.
 */
export function leftOpen(
  stores: Pick<Stores, 'db' | 'ledger'>,
  now: readonly LaneCamera[],
): readonly PicturesTaken[] {
  const begun = stores.ledger.lastOfType('program-started');
  if (begun === null) return [];
  const cameras = lastCameras(stores) ?? now;
  if (cameras.length === 0) return [];
  const rows = stores.db
    .prepare(
      `SELECT number, crossing_id AS crossingId FROM passages
       WHERE number > (SELECT coalesce(max(number), 0) FROM shots) AND sequence > ? ORDER BY number DESC LIMIT ?`,
    )
    .all(begun.sequence, mostLeft) as { number: number; crossingId: string }[];
  return rows.reverse().map((row) => ({
    type: 'pictures-taken',
    body: {
      ...row,
      shots: cameras.map(({ camera, view }) => ({
        ...{ camera, view, sha256: null, missed, afterMs: 0, origin: 'asked', seenMs: null },
      })),
    },
  }));
}

const Loaded = z.object({ cameras: z.array(CameraSettings) });

/** The lane's cameras as they were set in the run before; null where that cannot be told any more. */
function lastCameras({ ledger }: Pick<Stores, 'ledger'>): readonly LaneCamera[] | null {
  const link = ledger.lastOfType('settings-loaded');
  const opened = link === null ? null : openLink(link);
  const text =
    opened?.ok === true && opened.value.type === 'settings-loaded' ? opened.value.body.settings : null;
  if (text === null) return null;
  try {
    const loaded = Loaded.safeParse(JSON.parse(text));
    if (!loaded.success) return null;
    return loaded.data.cameras
      .filter(({ place }) => place === 'scale')
      .map(({ id, view }) => ({ camera: id, view }));
  } catch {
    return null;
  }
}
