import type { LaneView } from '../../station/contract.ts';
import type { Timers } from '../city/timers.ts';
import type { Desk } from '../desk/desk.ts';
import type { PictureCamera } from '../snapshots/pictureSources.ts';
import type { RecognisedPlate } from './engine.ts';
import type { Recogniser } from './recogniser.ts';

/** Below it a reading is a guess, and no help. */
const leastPercent = 60;
const leastOfACharacter = 35;
const mostTries = 3;
const pauseMs = 1500;
const cameraMs = 4000;

export interface PlateReaderDeps {
  readonly desk: Desk;
  /** Those whose pictures are read. */
  readonly cameras: readonly PictureCamera[];
  readonly recogniser: Recogniser;
  readonly timers: Timers;
  readonly log: (line: string) => void;
}

/** A reading of a vehicle that has not driven on yet. */
interface Ahead {
  readonly plate: RecognisedPlate;
  readonly jpeg: Uint8Array;
  readonly atMs: number;
}

/**
 * Looks for the plate of a vehicle that stands there and that no camera named: in pictures it asks for, and in those
 * of a camera that saw a vehicle and no plate. What it finds is offered to a person and decides nothing.
 */
export class PlateReader {
  readonly #deps: PlateReaderDeps;
  #crossingId: string | null = null;
  #tries = 0;
  #busy = false;
  #ahead: Ahead | null = null;
  #forget = (): void => undefined;

  constructor(deps: PlateReaderDeps) {
    this.#deps = deps;
  }

  /** Something about the lane changed. */
  look(lane: Pick<LaneView, 'crossingId' | 'truck' | 'saved' | 'phase'>): void {
    const { crossingId, truck, saved, phase } = lane;
    if (crossingId !== this.#crossingId) {
      this.#crossingId = crossingId;
      this.#tries = 0;
      this.#forget();
    }
    if (crossingId === null || truck !== null || saved !== null) return;
    this.#offerAhead(crossingId);
    if (phase !== 'stable' || this.#busy || this.#tries >= mostTries || this.#deps.cameras.length === 0)
      return;
    this.#busy = true;
    this.#tries += 1;
    void this.#read(crossingId).then((found) => {
      this.#busy = false;
      if (found) this.#tries = mostTries;
      this.#forget();
      this.#forget = this.#deps.timers.after(pauseMs, () => {
        this.look(this.#deps.desk.lane.view());
      });
    });
  }

  /** A camera saw a vehicle, read no plate, and sent its picture along. */
  async picture(camera: string, jpeg: Uint8Array): Promise<void> {
    const plate = await this.#plateIn(camera, jpeg);
    if (plate === null) return;
    this.#ahead = { plate, jpeg, atMs: this.#deps.desk.deps.clock.monotonicMs() };
    this.look(this.#deps.desk.lane.view());
  }

  async close(): Promise<void> {
    this.#forget();
    await this.#deps.recogniser.close();
  }

  /** All cameras at once; of what they show the surest counts. */
  async #read(crossingId: string): Promise<boolean> {
    const readings = await Promise.all(
      this.#deps.cameras.map(async (camera) => {
        const taken = await camera.take(AbortSignal.timeout(cameraMs));
        if (!taken.ok) return null;
        const plate = await this.#plateIn(camera.camera, taken.value);
        return plate === null ? null : { plate, jpeg: taken.value };
      }),
    );
    const [best] = readings
      .filter((each) => each !== null)
      .sort((one, other) => other.plate.confidencePercent - one.plate.confidencePercent);
    if (best === undefined) return false;
    this.#offer(crossingId, best.plate, best.jpeg);
    return true;
  }

  async #plateIn(camera: string, jpeg: Uint8Array): Promise<RecognisedPlate | null> {
    const read = await this.#deps.recogniser.read(jpeg);
    if (!read.ok) {
      this.#deps.log(`camera ${camera}: no plate can be read in its picture: ${read.error}`);
      return null;
    }
    return read.value.find(isSure) ?? null;
  }

  #offerAhead(crossingId: string): void {
    const { clock, settings } = this.#deps.desk.deps;
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead === null || clock.monotonicMs() - ahead.atMs > settings.lane.weighing.plateAheadMs) return;
    this.#offer(crossingId, ahead.plate, ahead.jpeg);
  }

  #offer(crossingId: string, read: RecognisedPlate, jpeg: Uint8Array): void {
    const { desk } = this.#deps;
    const { stores, clock } = desk.deps;
    try {
      desk.lane.onRecognised(crossingId, {
        plate: read.text,
        colour: read.colour,
        percent: read.confidencePercent,
        characterPercents: read.characterPercents,
        picture: stores.pictures.keep(jpeg, 'weighing'),
        atMs: clock.monotonicMs(),
      });
    } catch (problem) {
      desk.fault({ code: 'pictures-not-stored', detail: problem instanceof Error ? problem.message : '' });
    }
    desk.changed();
  }
}

function isSure({ confidencePercent, characterPercents }: RecognisedPlate): boolean {
  return confidencePercent >= leastPercent && Math.min(...characterPercents) >= leastOfACharacter;
}
