import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
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
  async add(name: string, pieces: Pieces): Promise<Written> {
    if (this.#entries.length >= maxEntries) throw new TooMuch('too many files');
    const at = this.#at;
    const empty: ZipEntry = { name, crc: 0, bytes: 0, at };
    await this.#put(localHeader(empty));
    const hash = createHash('sha256');
    let crc = 0;
    let bytes = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      crc = crc32(piece, crc);
      bytes += piece.length;
      await this.#put(piece);
    }
    const entry: ZipEntry = { name, crc, bytes, at };
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

  async #put(piece: Uint8Array): Promise<void> {
    if (this.#at + piece.length > maxZipBytes) throw new TooMuch('too many bytes');
    await this.#file.write(piece, 0, piece.length, this.#at);
    this.#at += piece.length;
  }
}
