import type { Desk } from '../desk/desk.ts';
import { systemTimers } from '../city/timers.ts';
import type { SnapshotSource } from './takeSnapshots.ts';
import { takeSnapshots } from './takeSnapshots.ts';

/** Pictures of each weighing: asked for when its record stands, written down when they are here or missed. */
export class SnapshotDesk {
  readonly #desk: Desk;
  readonly #sources: readonly SnapshotSource[];
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(desk: Desk, sources: readonly SnapshotSource[]) {
    this.#desk = desk;
    this.#sources = sources;
  }

  /** Returns at once: neither the paper nor the next truck waits for a camera. */
  take(number: number, crossingId: string): void {
    if (this.#sources.length === 0) return;
    const { stores, clock } = this.#desk.deps;
    const taken = takeSnapshots(this.#sources, {
      timers: systemTimers,
      monotonicMs: clock.monotonicMs,
      keep: (bytes) => stores.pictures.keep(bytes),
    }).then((shots) => {
      this.#desk.append({ type: 'pictures-taken', body: { number, crossingId, shots: [...shots] } });
      const missed = shots.filter((shot) => shot.sha256 === null);
      if (missed.length === 0) this.#desk.clearFault('pictures-missed');
      else {
        const detail = missed.map(({ camera, missed: why }) => `${camera}: ${why ?? ''}`).join('; ');
        this.#desk.fault({ code: 'pictures-missed', detail: detail.slice(0, 500) });
      }
    });
    this.#underWay = Promise.all([this.#underWay, taken]);
  }

  /** Resolves when no picture is under way. */
  async idle(): Promise<void> {
    await this.#underWay;
  }
}
