const maxBytes = 4096;

/** The last bytes of a line with the time they came, bounded: what an installer looks at. Times monotonic ms. */
export class BytesSeen {
  #chunks: { readonly atMs: number; readonly bytes: Buffer }[] = [];
  #total = 0;

  add(chunk: Uint8Array, atMs: number): void {
    const bytes = Buffer.from(chunk.subarray(-maxBytes));
    this.#chunks.push({ atMs, bytes });
    this.#total += bytes.length;
    while (this.#total > maxBytes && this.#chunks.length > 1) {
      this.#total -= this.#chunks.shift()?.bytes.length ?? 0;
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#total = 0;
  }

  view(): { afterMs: number; hex: string }[] {
    const startMs = this.#chunks[0]?.atMs ?? 0;
    return this.#chunks.map(({ atMs, bytes }) => ({
      afterMs: Math.round(atMs - startMs),
      hex: bytes.toString('hex'),
    }));
  }
}
