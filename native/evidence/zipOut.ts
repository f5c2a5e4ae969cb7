import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { ZipEntry } from './zipForm.ts';
import { directory, localHeader, maxEntries, maxZipBytes } from './zipForm.ts';

export interface Written {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** More than one bundle can hold: a shorter period has to be chosen. */
export class TooMuch extends Error {}

/** Writes a bundle's zip file piece by piece; nothing is held but the directory. */
export class ZipOut {
  readonly #file: FileHandle;
  readonly #entries: ZipEntry[] = [];
  #at = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<ZipOut> {
    return new ZipOut(await open(path, 'w', 0o600));
  }

  /** Throws TooMuch beyond what a zip without extensions can say; the file is of no use then. */
  async add(name: string, method: ZipEntry['method'], pieces: Pieces): Promise<Written> {
    if (this.#entries.length >= maxEntries) throw new TooMuch('too many files');
    const at = this.#at;
    const empty: ZipEntry = { name, method, crc: 0, packedBytes: 0, bytes: 0, at };
    await this.#put(localHeader(empty));
    const from = this.#at;
    const hash = createHash('sha256');
    let crc = 0;
    let bytes = 0;
    const seen = (piece: Uint8Array): void => {
      hash.update(piece);
      crc = crc32(piece, crc);
      bytes += piece.length;
    };
    if (method === 'stored') {
      for await (const piece of pieces) {
        seen(piece);
        await this.#put(piece);
      }
    } else await this.#deflate(pieces, seen);
    const entry: ZipEntry = { name, method, crc, packedBytes: this.#at - from, bytes, at };
    if (bytes > maxZipBytes) throw new TooMuch('too many bytes');
    this.#entries.push(entry);
    const header = localHeader(entry);
    await this.#file.write(header, 0, header.length, at);
    return { name, bytes, sha256: hash.digest('hex') };
  }

  async finish(): Promise<void> {
    await this.#put(directory(this.#entries, this.#at));
    await this.#file.sync();
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    await this.#file.close();
  }

  async #deflate(pieces: Pieces, seen: (piece: Uint8Array) => void): Promise<void> {
    const stream = createDeflateRaw();
    const packed = (async () => {
      for await (const chunk of stream as AsyncIterable<Buffer>) await this.#put(chunk);
    })();
    for await (const piece of pieces) {
      seen(piece);
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), packed]);
    }
    stream.end();
    await packed;
  }

  async #put(piece: Uint8Array): Promise<void> {
    if (this.#at + piece.length > maxZipBytes) throw new TooMuch('too many bytes');
    await this.#file.write(piece, 0, piece.length, this.#at);
    this.#at += piece.length;
  }
}
