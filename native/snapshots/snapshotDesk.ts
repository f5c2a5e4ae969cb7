import type { PictureView, Shot } from '../../station/ledger/bodies/pictures.ts';
import type { Timers } from '../city/timers.ts';
import { systemTimers } from '../city/timers.ts';
import type { KeptPicture } from '../store/blobStore.ts';
import type { Desk } from '../desk/desk.ts';
import { weighingOf } from '../records/amend.ts';
import { plateEventShots, PlatePictures } from './platePictures.ts';
import type { SnapshotSource } from './takeSnapshots.ts';
import { takeSnapshots } from './takeSnapshots.ts';

/** A camera of the lane. */
export interface LaneCamera {
  readonly camera: string;
  readonly view: PictureView;
}

/** Pictures of each weighing: asked for when its record stands, written down when they are here or missed. */
export class SnapshotDesk {
  readonly #desk: Desk;
  readonly #sources: readonly SnapshotSource[];
  readonly #unasked: readonly LaneCamera[];
  readonly #timers: Timers;
  readonly #plates = new PlatePictures();
  #underWay: Promise<unknown> = Promise.resolve();

  /** `unasked` have no address for pictures. */
  constructor(
    desk: Desk,
    sources: readonly SnapshotSource[],
    unasked: readonly LaneCamera[] = [],
    timers: Timers = systemTimers,
  ) {
    this.#timers = timers;
    this.#desk = desk;
    this.#sources = sources;
    this.#unasked = unasked;
  }

  /** Every camera of the lane. */
  get cameras(): readonly LaneCamera[] {
    return [...this.#sources, ...this.#unasked];
  }

  /**
   * A camera brought its full picture with a plate. `crossingId`: it read none, of the vehicle that stands there and
   * has no name yet.
   */
  saw(camera: string, sha256: string, crossingId: string | null): void {
    this.#plates.put(camera, { sha256, crossingId, seenMs: this.#desk.deps.clock.nowMs() });
  }

  /** Returns at once: neither the paper nor the next truck waits for a camera. */
  take(number: number, crossingId: string): void {
    if (this.cameras.length === 0) return;
    const recorded = this.#unasked.length === 0 ? null : weighingOf(this.#desk.deps.stores, number);
    const named = recorded?.ok === true ? recorded.value.pictures : [];
    const before = plateEventShots(this.#unasked, this.#plates, { crossingId, named });
    this.#write((shots) => {
      this.#desk.note({
        type: 'pictures-taken',
        body: { number, crossingId, shots: [...shots, ...before] },
      });
    });
  }

  /** The same for a weight typed by hand: what stands there while it is. */
  takeManual(manualNumber: number): void {
    if (this.cameras.length === 0) return;
    const unasked = plateEventShots(this.#unasked, this.#plates, { crossingId: null, named: [] });
    this.#write((shots) => {
      this.#desk.note({
        type: 'manual-pictures-taken',
        body: { manualNumber, shots: [...shots, ...unasked] },
      });
    });
  }

  /** Resolves when no picture is under way. */
  async idle(): Promise<void> {
    await this.#underWay;
  }

  #write(write: (shots: readonly Shot[]) => void): void {
    const { stores, clock } = this.#desk.deps;
    const kept: KeptPicture[] = [];
    const taken = takeSnapshots(this.#sources, {
      timers: this.#timers,
      monotonicMs: clock.monotonicMs,
      // Eight pictures at once would keep a slow disk busy for as long as the scale has to be read.
      keep: async (bytes) => {
        const picture = await stores.pictures.put(bytes);
        kept.push(picture);
        return picture.sha256;
      },
    }).then((shots) => {
      try {
        stores.pictures.enlist(kept);
      } catch (problem) {
        const detail = problem instanceof Error ? problem.message : '';
        this.#desk.fault({ code: 'pictures-not-stored', detail });
      }
      write(shots);
      this.#tell(shots);
    });
    this.#underWay = Promise.all([this.#underWay, taken]);
  }

  /** A camera that cannot be asked is how the lane is built, no fault of today. */
  #tell(asked: readonly Shot[]): void {
    const missed = asked.filter((shot) => shot.sha256 === null);
    if (missed.length === 0) {
      this.#desk.clearFault('pictures-missed');
      return;
    }
    const detail = missed.map(({ camera, missed: why }) => `${camera}: ${why ?? ''}`).join('; ');
    this.#desk.fault({ code: 'pictures-missed', detail: detail.slice(0, 500) });
  }
}
