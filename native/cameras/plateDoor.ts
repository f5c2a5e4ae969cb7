import type { CameraClock } from './cameraClock.ts';
import { buffersReachMs, readClock, unknownClock } from './cameraClock.ts';
import type { CameraSettings } from './cameraSettings.ts';
import type { Heard } from './heard.ts';
import type { PlateEvent } from './plateEvent.ts';
import { Tally } from './tally.ts';

/** A plate that is of now, of the right camera, and heard for the first time. */
export interface AdmittedPlate {
  readonly cameraId: string;
  readonly event: PlateEvent;
  /** UTC ms, ours. */
  readonly receivedAtMs: number;
  /** UTC ms, ours: for what the camera kept back its own time, put right by how far its clock usually is off. */
  readonly seenAtMs: number;
  /** Kept back during a break; only the exit hears of it, since a truck that left then left all the same. */
  readonly late: boolean;
  /** The camera's clock less ours; null where it tells none. */
  readonly clockAheadMs: number | null;
}

export interface DoorOptions {
  readonly camera: CameraSettings;
  /** Whether this station is a drill: then real cameras are not heard, and simulated ones are. */
  readonly drill: boolean;
  readonly onPlate: (plate: AdmittedPlate) => void;
  /** Anything at all was heard; `null` is good. */
  readonly onSign: (trouble: string | null) => void;
  readonly log: (line: string) => void;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}

const remembered = 2000;

/** What every brand's events pass before the scale hears of them. */
export class PlateDoor {
  readonly tally: Tally;
  readonly #options: DoorOptions;
  readonly #seen = new Set<string>();
  #clock: CameraClock = unknownClock;
  #clockAheadMs: number | null = null;
  #lastHeardMs: number | null = null;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.tally = new Tally(options.camera.id, options.log, options.monotonicMs);
  }

  get clockAheadMs(): number | null {
    return this.#clockAheadMs;
  }

  /** UTC ms. */
  get lastHeardMs(): number | null {
    return this.#lastHeardMs;
  }

  hear(heard: Heard): void {
    const { onSign, nowMs } = this.#options;
    switch (heard.kind) {
      case 'bad':
        this.tally.bad(heard.fault, heard.detail);
        onSign(heard.fault);
        return;
      case 'alive':
        this.#lastHeardMs = nowMs();
        this.tally.add('heartbeats');
        if (heard.deviceTimeMs !== null) this.#age(heard.deviceTimeMs, true);
        onSign(null);
        return;
      case 'plate':
        this.#lastHeardMs = nowMs();
        for (const flaw of heard.flaws) this.tally.bad(flaw, '');
        this.#plate(heard.event);
    }
  }

  #plate(event: PlateEvent): void {
    const { camera, onPlate, onSign, nowMs } = this.#options;
    const { serialNumber, deviceTimeMs } = event;
    if (camera.serialNumbers.length > 0 && !camera.serialNumbers.includes(serialNumber)) {
      this.tally.bad('wrong-serial-number', serialNumber);
      onSign(`wrong-serial-number ${serialNumber.slice(0, 40)}`);
      return;
    }
    onSign(null);
    const refused = this.#refusal(event);
    const late = refused === 'late';
    this.tally.add(refused ?? 'plates');
    if (refused !== null && !(late && camera.place === 'exit')) return;
    onPlate({
      cameraId: camera.id,
      event,
      receivedAtMs: nowMs(),
      seenAtMs: late ? this.#seenAtMs(event) : nowMs(),
      late,
      clockAheadMs: deviceTimeMs === null ? null : deviceTimeMs - nowMs(),
    });
  }

  /** Why a plate is not offered to the scale; null when it is. */
  #refusal(event: PlateEvent): 'drill' | 'repeated' | 'late' | 'leaving' | null {
    const { camera, drill } = this.#options;
    const { serialNumber, eventId, deviceTimeMs, late, direction } = event;
    // A drill camera's truck must not reach a real record, nor a real truck a drill's.
    if (event.drill !== drill) return 'drill';
    if (eventId !== null && this.#isRepeat(`${serialNumber}/${eventId}`)) return 'repeated';
    const age = deviceTimeMs === null ? 'now' : this.#age(deviceTimeMs, false);
    if (late || age !== 'now') return 'late';
    return camera.hears === 'approaching' && direction === 'leaving' ? 'leaving' : null;
  }

  /** A time that a buffer cannot reach back to says nothing, nor does one of a clock nobody knows. */
  #seenAtMs({ deviceTimeMs, late }: PlateEvent): number {
    const nowMs = this.#options.nowMs();
    const { usualLagMs } = this.#clock;
    if (deviceTimeMs === null || (usualLagMs === null && !late)) return nowMs;
    const seenMs = deviceTimeMs + (usualLagMs ?? 0);
    return seenMs > nowMs || nowMs - seenMs > buffersReachMs ? nowMs : seenMs;
  }

  #age(deviceTimeMs: number, heartbeat: boolean): ReturnType<typeof readClock>['age'] {
    const arrivalMs = this.#options.nowMs();
    this.#clockAheadMs = deviceTimeMs - arrivalMs;
    const { clock, age } = readClock(this.#clock, { deviceTimeMs, arrivalMs, heartbeat });
    this.#clock = clock;
    return age;
  }

  #isRepeat(key: string): boolean {
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}
