import type { Timers } from '../city/timers.ts';
import { isWholeJpeg } from './bytes/jpeg.ts';
import type { CameraFault, Heard } from './heard.ts';
import type { CameraPicture, PlateEvent } from './plateEvent.ts';

/** A plate never waits longer for its pictures. */
const waitMs = 1000;
const mostPictures = 8;

/** Joins an event with the pictures that follow it in the same stream, and the parts of one group of captures. */
export class PictureJoin {
  readonly #onHeard: (heard: Heard) => void;
  readonly #timers: Timers;
  #event: PlateEvent | null = null;
  #flaws: CameraFault[] = [];
  #group: string | null = null;
  #expected = 0;
  #seen = 0;
  #forget: () => void = () => undefined;

  constructor(onHeard: (heard: Heard) => void, timers: Timers) {
    this.#onHeard = onHeard;
    this.#timers = timers;
  }

  /** `expected` pictures follow, over all parts of the group; `group` null is a group of its own. */
  event(event: PlateEvent, expected: number, group: string | null = null): void {
    if (this.#event !== null && group !== null && group === this.#group) {
      this.#event = joined(this.#event, event);
      this.#expected = Math.max(this.#expected, expected);
      return;
    }
    this.flush();
    this.#event = event;
    this.#group = group;
    this.#expected = Math.min(expected, mostPictures);
    this.#forget = this.#timers.after(waitMs, () => {
      this.flush();
    });
    this.#ready();
  }

  picture(bytes: Uint8Array, role: CameraPicture['role']): void {
    if (this.#event === null) {
      // Of an event that is no plate, or after its plate stopped waiting.
      this.#onHeard({ kind: 'alive', deviceTimeMs: null });
      return;
    }
    this.#seen += 1;
    if (!isWholeJpeg(bytes)) this.#flaws.push('bad-picture');
    else if (this.#event.pictures.length < mostPictures) {
      this.#event = { ...this.#event, pictures: [...this.#event.pictures, { role, bytes }] };
    }
    this.#ready();
  }

  /** Something else begins, or nothing more comes: what is there is given out. */
  flush(): void {
    this.#forget();
    const event = this.#event;
    const flaws = this.#flaws;
    this.#event = null;
    this.#flaws = [];
    this.#group = null;
    this.#seen = 0;
    if (event !== null) this.#onHeard({ kind: 'plate', event, flaws });
  }

  #ready(): void {
    if (this.#seen >= this.#expected) this.flush();
  }
}

/** Captures of one passage: the first that read anything names the vehicle. */
function joined(first: PlateEvent, next: PlateEvent): PlateEvent {
  return {
    ...first,
    plate: first.plate ?? next.plate,
    rearPlate: first.rearPlate ?? next.rearPlate,
    axles: first.axles ?? next.axles,
    axleLoadsKg: first.axleLoadsKg.length > 0 ? first.axleLoadsKg : next.axleLoadsKg,
    pictures: [...first.pictures, ...next.pictures],
  };
}
