import type { Reading } from './stability.ts';

const headFrames = 6_000;
const tailFrames = 30_000;

/**
 * The raw frames of a crossing, zero to zero, bounded: a truck parked overnight keeps the frames of its
 * arrival and the last ones, and the number left out between them.
 */
export class Curve {
  #head: Reading[] = [];
  #tail: Reading[] = [];
  #left = 0;

  add(reading: Reading): void {
    if (this.#head.length < headFrames) {
      this.#head.push(reading);
      return;
    }
    this.#tail.push(reading);
    if (this.#tail.length > tailFrames * 2) {
      this.#left += this.#tail.length - tailFrames;
      this.#tail = this.#tail.slice(-tailFrames);
    }
  }

  /** All readings still kept, oldest first. */
  readings(): readonly Reading[] {
    return [...this.#head, ...this.#tail];
  }

  /** One line a frame, `after-ms raw-hex`, negative before it began; a line `# n` stands where n frames were left out. */
  text(startedAtMs: number): string {
    const line = (reading: Reading): string =>
      `${String(Math.round(reading.atMs - startedAtMs))} ${reading.raw}`;
    const gap = this.#left === 0 ? [] : [`# ${String(this.#left)}`];
    return [...this.#head.map(line), ...gap, ...this.#tail.map(line)].join('\n');
  }
}
