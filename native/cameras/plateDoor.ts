import type { Age, CameraClock, ClockReading } from './cameraClock.ts';
import { buffersReachMs, readClock, unknownClock } from './cameraClock.ts';
import type { CameraSettings } from './cameraSettings.ts';
import { oneLine } from './bytes/text.ts';
import type { CameraFault, Heard } from './heard.ts';
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
  /** Kept back during a break: history, which names no vehicle that stands on the scale. */
  readonly late: boolean;
  /** How long ago it was seen, ms, by how the camera's clock usually runs; null where nothing tells. */
  readonly agoMs: number | null;
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

export interface LastPlate {
  readonly plate: string | null;
  /** UTC ms, ours. */
  readonly atMs: number;
  readonly direction: PlateEvent['direction'];
  /** Why it was not offered to the scale; null when it was. */
  readonly left: Refusal | null;
}

type Refusal = 'drill' | 'repeated' | 'late' | 'leaving';

const remembered = 2000;

/** What every brand's events pass before the scale hears of them. */
export class PlateDoor {
  readonly tally: Tally;
  readonly #options: DoorOptions;
  readonly #seen = new Set<string>();
  #clock: CameraClock = unknownClock;
  #clockAheadMs: number | null = null;
  #lastHeardMs: number | null = null;
  #lastPlate: LastPlate | null = null;
  #lastError: { readonly what: string; readonly atMs: number } | null = null;

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

  get lastPlate(): LastPlate | null {
    return this.#lastPlate;
  }

  /** What was wrong last, with a plate or with the line to the camera. */
  get lastError(): { readonly what: string; readonly atMs: number } | null {
    return this.#lastError;
  }

  wentWrong(what: string): void {
    this.#lastError = { what: oneLine(what), atMs: this.#options.nowMs() };
  }

  hear(heard: Heard): void {
    const { onSign, nowMs } = this.#options;
    switch (heard.kind) {
      case 'bad':
        this.#bad(heard.fault, heard.detail);
        // Other channels of a recorder are no trouble of this camera.
        onSign(heard.fault === 'other-channel' ? null : heard.fault);
        return;
      case 'alive':
        this.#lastHeardMs = nowMs();
        this.tally.add('heartbeats');
        if (heard.deviceTimeMs !== null) this.#read(heard.deviceTimeMs, true);
        onSign(null);
        return;
      case 'plate':
        this.#lastHeardMs = nowMs();
        for (const flaw of heard.flaws) this.#bad(flaw, '');
        this.#plate(heard.event);
    }
  }

  #plate(event: PlateEvent): void {
    const { camera, onPlate, onSign, nowMs } = this.#options;
    const { serialNumber, deviceTimeMs } = event;
    if (camera.serialNumbers.length > 0 && !camera.serialNumbers.includes(serialNumber)) {
      this.#bad('wrong-serial-number', serialNumber);
      onSign(`wrong-serial-number ${serialNumber.slice(0, 40)}`);
      return;
    }
    onSign(null);
    const told = deviceTimeMs === null ? null : this.#read(deviceTimeMs, false);
    const refused = this.#refusal(event, told?.age ?? 'now');
    const late = refused === 'late';
    this.tally.add(refused ?? 'plates');
    this.#lastPlate = {
      plate: (event.plate ?? event.rearPlate)?.text ?? null,
      atMs: nowMs(),
      direction: event.direction,
      left: refused,
    };
    if (refused !== null && !late) return;
    const seenAtMs = late ? this.#seenAtMs(event) : nowMs();
    const agoMs = told?.delayMs ?? (late ? nowMs() - seenAtMs : 0);
    onPlate({
      cameraId: camera.id,
      event,
      receivedAtMs: nowMs(),
      seenAtMs,
      late,
      agoMs: late && agoMs === 0 ? null : agoMs,
      clockAheadMs: deviceTimeMs === null ? null : deviceTimeMs - nowMs(),
    });
  }

  /** Why a plate is not offered to the scale; null when it is. */
  #refusal(event: PlateEvent, age: Age): Refusal | null {
    const { camera, drill } = this.#options;
    const { late, direction } = event;
    // A drill camera's truck must not reach a real record, nor a real truck a drill's.
    if (event.drill !== drill) return 'drill';
    const key = eventKey(event);
    if (key !== null && this.#isRepeat(key)) return 'repeated';
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

  #read(deviceTimeMs: number, heartbeat: boolean): ClockReading {
    const arrivalMs = this.#options.nowMs();
    this.#clockAheadMs = deviceTimeMs - arrivalMs;
    const read = readClock(this.#clock, { deviceTimeMs, arrivalMs, heartbeat });
    this.#clock = read.clock;
    return read;
  }

  #bad(fault: CameraFault, detail: string): void {
    this.tally.bad(fault, detail);
    if (fault !== 'other-channel') this.wentWrong(`${fault} ${detail}`);
  }

  #isRepeat(key: string): boolean {
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}

/** Names the event once; a camera that numbers nothing sees one plate once in one instant. */
export function eventKey({ serialNumber, eventId, deviceTimeMs, plate }: PlateEvent): string | null {
  if (eventId !== null) return `${serialNumber}/${eventId}`;
  return deviceTimeMs === null || plate === null
    ? null
    : `${serialNumber}/at ${String(deviceTimeMs)}/${plate.text}`;
}
