import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { createInflateRaw, crc32 } from 'node:zlib';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { ZipEntry } from './zipForm.ts';
import { declaredAt, directory, endBytes, localHeader, maxEntries, maxZipBytes } from './zipForm.ts';

const maxDirectoryBytes = 16 * 1024 * 1024;
const readBytes = 256 * 1024;
/** All files of a bundle together, unpacked: a bomb is put away before it is lit. */
const maxUnpackedBytes = 8_000_000_000;

/** What is wrong with the container: its form, a name no bundle has, or one file twice. */
export type ZipFault = 'form' | 'name' | 'twice';

/** A file of a bundle is broken, or is not as long as it declares. */
export class BrokenEntry extends Error {}

/** A bundle's zip file opened for reading: from a stranger, and larger than memory. */
export class ZipIn {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, entries: ReadonlyMap<string, ZipEntry>) {
    this.#file = file;
    this.entries = entries;
  }

  /** Throws what the file system says when there is no such file. */
  static async open(path: string, allowed: (name: string) => boolean): Promise<Result<ZipIn, ZipFault>> {
    const file = await open(path, 'r');
    try {
      const entries = await readDirectory(file, allowed);
      if (entries.ok) return ok(new ZipIn(file, entries.value));
      await file.close();
      return entries;
    } catch (problem) {
      await file.close();
      throw problem;
    }
  }

  /** The file unpacked, piece by piece, never more than it declares. Throws BrokenEntry. */
  async *read(entry: ZipEntry): AsyncGenerator<Buffer> {
    let crc = 0;
    let bytes = 0;
    for await (const piece of entry.method === 'stored' ? this.#packed(entry) : this.#inflated(entry)) {
      bytes += piece.length;
      if (bytes > entry.bytes) throw new BrokenEntry('larger than it declares');
      crc = crc32(piece, crc);
      yield piece;
    }
    if (bytes !== entry.bytes || crc !== entry.crc) throw new BrokenEntry('not what it declares');
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async *#packed({ name, at, packedBytes }: ZipEntry): AsyncGenerator<Buffer> {
    let from = at + localHeader({ name, method: 'stored', crc: 0, packedBytes: 0, bytes: 0, at }).length;
    const end = from + packedBytes;
    while (from < end) {
      const piece = await readAt(this.#file, from, Math.min(readBytes, end - from));
      if (piece.length === 0) throw new BrokenEntry('ends too early');
      yield piece;
      from += piece.length;
    }
  }

  async *#inflated(entry: ZipEntry): AsyncGenerator<Buffer> {
    const stream = createInflateRaw();
    const feed = (async () => {
      for await (const piece of this.#packed(entry)) {
        if (stream.destroyed || stream.writableEnded) return;
        if (!stream.write(piece)) {
          await new Promise((resolve) => {
            stream.once('drain', resolve);
            stream.once('close', resolve);
          });
        }
      }
      stream.end();
    })();
    // A stream that broke ends the reading below; what feeds it has nothing to add.
    feed.catch(() => stream.destroy());
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) yield piece;
    } catch {
      throw new BrokenEntry('cannot be unpacked');
    } finally {
      stream.destroy();
      await feed.catch(() => undefined);
    }
    if (stream.bytesWritten !== entry.packedBytes) throw new BrokenEntry('more bytes than it needs');
  }
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, from);
  return bytes.subarray(0, bytesRead);
}

/** Every byte outside the files themselves has to be the one the writer would have put there. */
async function readDirectory(
  file: FileHandle,
  allowed: (name: string) => boolean,
): Promise<Result<ReadonlyMap<string, ZipEntry>, ZipFault>> {
  const { size } = await file.stat();
  if (size < endBytes || size > maxZipBytes + maxDirectoryBytes) return err('form');
  const end = await readAt(file, size - endBytes, endBytes);
  const count = end.readUInt16LE(10);
  const listedBytes = end.readUInt32LE(12);
  const at = size - endBytes - listedBytes;
  if (at < 0 || listedBytes > maxDirectoryBytes || count > maxEntries) return err('form');
  const listed = await readAt(file, at, listedBytes + endBytes);
  const entries = new Map<string, ZipEntry>();
  let next = 0;
  for (let nth = 0; nth < count; nth += 1) {
    const found = declaredAt(listed, next);
    if (found === null) return err('form');
    const { entry } = found;
    if (!allowed(entry.name)) return err('name');
    if (entries.has(entry.name)) return err('twice');
    entries.set(entry.name, entry);
    next += found.length;
  }
  if (!directory([...entries.values()], at).equals(listed)) return err('form');
  let expected = 0;
  let unpacked = 0;
  for (const entry of entries.values()) {
    const header = localHeader(entry);
    unpacked += entry.bytes;
    if (unpacked > maxUnpackedBytes) return err('form');
    if (entry.at !== expected || (entry.method === 'stored' && entry.bytes !== entry.packedBytes))
      return err('form');
    if (!(await readAt(file, expected, header.length)).equals(header)) return err('form');
    expected += header.length + entry.packedBytes;
  }
  return expected === at ? ok(entries) : err('form');
}
