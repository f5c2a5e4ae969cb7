import type { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { ZipEntry } from './zipForm.ts';
import { declaredAt, directory, endBytes, localHeader, maxEntries, maxZipBytes } from './zipForm.ts';

const maxDirectoryBytes = 16 * 1024 * 1024;
const readBytes = 256 * 1024;

/** Where a bundle's bytes come from: a file on a disk, or one a person gave to a page. */
export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from an offset on; fewer only at the end. */
  readonly read: (from: number, length: number) => Promise<Buffer>;
}

/** What is wrong with the container: its form, a name no bundle has, or one file twice. */
export type ZipFault = 'form' | 'name' | 'twice';

/** A file of a bundle is broken, or is not as long as it declares. */
export class BrokenEntry extends Error {}

/** A bundle's zip file opened for reading: from a stranger, and larger than memory. */
export class ZipIn {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly #source: ByteSource;

  private constructor(source: ByteSource, entries: ReadonlyMap<string, ZipEntry>) {
    this.#source = source;
    this.entries = entries;
  }

  static async open(
    source: ByteSource,
    allowed: (name: string) => boolean,
  ): Promise<Result<ZipIn, ZipFault>> {
    const entries = await readDirectory(source, allowed);
    return entries.ok ? ok(new ZipIn(source, entries.value)) : entries;
  }

  /** The file, piece by piece. Throws BrokenEntry. */
  async *read(entry: ZipEntry): AsyncGenerator<Buffer> {
    let crc = 0;
    let from = entry.at + localHeader(entry).length;
    const end = from + entry.bytes;
    while (from < end) {
      const piece = await this.#source.read(from, Math.min(readBytes, end - from));
      if (piece.length === 0) throw new BrokenEntry('ends too early');
      crc = crc32(piece, crc);
      from += piece.length;
      yield piece;
    }
    if (crc !== entry.crc) throw new BrokenEntry('not what it declares');
  }
}

/** Every byte outside the files themselves has to be the one the writer would have put there. */
async function readDirectory(
  source: ByteSource,
  allowed: (name: string) => boolean,
): Promise<Result<ReadonlyMap<string, ZipEntry>, ZipFault>> {
  const { size } = source;
  if (size < endBytes || size > maxZipBytes + maxDirectoryBytes) return err('form');
  const end = await source.read(size - endBytes, endBytes);
  const count = end.readUInt16LE(10);
  const listedBytes = end.readUInt32LE(12);
  const at = size - endBytes - listedBytes;
  if (at < 0 || listedBytes > maxDirectoryBytes || count > maxEntries) return err('form');
  const listed = await source.read(at, listedBytes + endBytes);
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
  for (const entry of entries.values()) {
    const header = localHeader(entry);
    if (entry.at !== expected) return err('form');
    if (!(await source.read(expected, header.length)).equals(header)) return err('form');
    expected += header.length + entry.bytes;
  }
  return expected === at ? ok(entries) : err('form');
}
