import type { Shot } from '../../station/ledger/bodies/pictures.ts';
import { missedReasons } from '../../station/ledger/bodies/pictures.ts';
import type { LaneCamera } from './snapshotDesk.ts';

/** The full picture of a plate event. Time UTC ms. */
export interface PlatePicture {
  readonly sha256: string;
  /** The crossing it is of by itself; null where the record's own pictures say so. */
  readonly crossingId: string | null;
  readonly seenMs: number;
}

const remembered = 8;

/** The last full pictures each camera brought with a plate. */
export class PlatePictures {
  readonly #byCamera = new Map<string, readonly PlatePicture[]>();

  put(camera: string, picture: PlatePicture): void {
    this.#byCamera.set(camera, [picture, ...this.newestFirst(camera)].slice(0, remembered));
  }

  newestFirst(camera: string): readonly PlatePicture[] {
    return this.#byCamera.get(camera) ?? [];
  }
}

/**
 * What cameras without an address for pictures give of a crossing: the picture of their own plate event of it, or why
 * there is none. `named` are the pictures its record names.
 */
export function plateEventShots(
  cameras: readonly LaneCamera[],
  plates: PlatePictures,
  { crossingId, named }: { readonly crossingId: string | null; readonly named: readonly string[] },
): readonly Shot[] {
  return cameras.map(({ camera, view }) => {
    const found = plates
      .newestFirst(camera)
      .find((each) => named.includes(each.sha256) || (crossingId !== null && each.crossingId === crossingId));
    const shot = { camera, view, afterMs: 0 };
    return found === undefined
      ? { ...shot, sha256: null, missed: missedReasons.noAddress, origin: 'asked', seenMs: null }
      : { ...shot, sha256: found.sha256, missed: null, origin: 'plate-event', seenMs: found.seenMs };
  });
}
