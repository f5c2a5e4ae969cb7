import { oneLine } from './bytes/text.ts';
import type { CameraFault } from './heard.ts';

export interface Counts {
  /** Plates offered to the scale. */
  readonly plates: number;
  readonly heartbeats: number;
  readonly repeated: number;
  /** From a buffer: history, by the camera's word or by its clock. */
  readonly late: number;
  /** Drove away from the camera, where only those that come are heard. */
  readonly leaving: number;
  /** Of a simulated camera in a real station, or the other way round. */
  readonly drill: number;
  readonly bad: number;
}

const nothing: Counts = { plates: 0, heartbeats: 0, repeated: 0, late: 0, leaving: 0, drill: 0, bad: 0 };
const linesPerMinute = 20;

/** What came from one camera, counted; and one line in the log for each thing that was wrong. */
export class Tally {
  readonly #cameraId: string;
  readonly #log: (line: string) => void;
  readonly #monotonicMs: () => number;
  #counts: Counts = nothing;
  readonly #faults = new Map<CameraFault, number>();
  #minuteMs = 0;
  #lines = 0;

  constructor(cameraId: string, log: (line: string) => void, monotonicMs: () => number) {
    this.#cameraId = cameraId;
    this.#log = log;
    this.#monotonicMs = monotonicMs;
  }

  get counts(): Counts {
    return this.#counts;
  }

  get faults(): Readonly<Partial<Record<CameraFault, number>>> {
    return Object.fromEntries(this.#faults);
  }

  add(what: Exclude<keyof Counts, 'bad'>): void {
    this.#counts = { ...this.#counts, [what]: this.#counts[what] + 1 };
  }

  bad(fault: CameraFault, detail: string): void {
    this.#counts = { ...this.#counts, bad: this.#counts.bad + 1 };
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    const nowMs = this.#monotonicMs();
    if (nowMs - this.#minuteMs >= 60_000) {
      this.#minuteMs = nowMs;
      this.#lines = 0;
    }
    this.#lines += 1;
    // A camera gone mad must not fill the disk; the counters go on.
    if (this.#lines > linesPerMinute) return;
    const more = this.#lines === linesPerMinute ? ' (further ones of this minute are only counted)' : '';
    this.#log(`camera ${this.#cameraId}: ${fault}${detail === '' ? '' : ` ${oneLine(detail)}`}${more}`);
  }
}
