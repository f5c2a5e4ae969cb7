const start = Buffer.from([0xff, 0xd8, 0xff]);
const end = Buffer.from([0xff, 0xd9]);
const maxFrameBytes = 4 * 1024 * 1024;

/** Cuts a run of JPEGs, as `ffmpeg -f mjpeg` writes them, into single ones; what is no picture is dropped. */
export class JpegFrames {
  #kept: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#kept = Buffer.concat([this.#kept, chunk]);
    const frames: Uint8Array[] = [];
    for (;;) {
      const from = this.#kept.indexOf(start);
      if (from < 0) {
        // The last bytes may be the beginning of a marker.
        this.#kept = this.#kept.subarray(Math.max(0, this.#kept.length - start.length + 1));
        return frames;
      }
      const to = this.#kept.indexOf(end, from + start.length);
      if (to < 0) {
        this.#kept = this.#kept.length - from > maxFrameBytes ? Buffer.alloc(0) : this.#kept.subarray(from);
        return frames;
      }
      frames.push(Uint8Array.from(this.#kept.subarray(from, to + end.length)));
      this.#kept = this.#kept.subarray(to + end.length);
    }
  }
}
