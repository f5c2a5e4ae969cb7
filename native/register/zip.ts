/**
 * A zip file (APPNOTE 6.3), as much of it as spreadsheets use. Nothing is unpacked before its declared size is known,
 * and nothing becomes larger than it declared: a few kilobytes can be made to declare, or to become, gigabytes.
 */
import { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { SheetRefused } from './sheet.ts';

interface ZipEntry {
  readonly method: number;
  readonly packed: Uint8Array;
  readonly bytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const maxCommentBytes = 0xffff;
const maxFiles = 500;
const encrypted = 1;
const stored = 0;
const deflated = 8;
const unpack = promisify(inflateRaw);
/** How .xls files, and .xlsx files with a password, begin. */
const oleSignature = 0xe011cfd0;

export class ZipFile {
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  #leftBytes: number;

  /** Throws SheetRefused when it is none, or a broken one. */
  constructor(bytes: Uint8Array, maxUnpackedBytes: number) {
    this.#entries = directoryOf(bytes);
    this.#leftBytes = maxUnpackedBytes;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The file unpacked; null when there is none of this name. All files together stay within the limit given. */
  async read(name: string): Promise<Uint8Array | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    this.#leftBytes -= entry.bytes;
    if (this.#leftBytes < 0) throw new SheetRefused('holds more than a register');
    if (entry.method === stored) return entry.packed;
    if (entry.method !== deflated) throw new SheetRefused('packed in an unknown way');
    try {
      const bytes = await unpack(entry.packed, { maxOutputLength: Math.max(1, entry.bytes) });
      if (bytes.length === entry.bytes) return bytes;
    } catch {
      // Said below: broken, or larger than it declared.
    }
    throw new SheetRefused('broken, or larger than it declares');
  }
}

function directoryOf(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength >= 4 && view.getUint32(0, true) === oleSignature) {
    throw new SheetRefused('an .xls file or one with a password: save it as .xlsx without one');
  }
  const end = endOf(view);
  if (end === null) throw new SheetRefused('not an .xlsx file');
  const files = view.getUint16(end + 10, true);
  if (files > maxFiles) throw new SheetRefused('holds more than a register');
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let nth = 0; nth < files; nth += 1) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== entrySignature) {
      throw new SheetRefused('not a whole .xlsx file');
    }
    const nameBytes = view.getUint16(at + 28, true);
    const name = Buffer.from(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes)).toString('utf8');
    // The first of a name counts; a second one is nobody's honest work.
    if (entries.has(name)) throw new SheetRefused('holds one file twice');
    entries.set(name, entryAt(view, bytes, at));
    at += entryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): ZipEntry {
  if ((view.getUint16(at + 8, true) & encrypted) !== 0) throw new SheetRefused('protected by a password');
  const packedBytes = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if (local + localBytes > view.byteLength || view.getUint32(local, true) !== localSignature) {
    throw new SheetRefused('not a whole .xlsx file');
  }
  const from = local + localBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packedBytes > view.byteLength) throw new SheetRefused('not a whole .xlsx file');
  const method = view.getUint16(at + 10, true);
  const declared = view.getUint32(at + 24, true);
  return {
    method,
    packed: bytes.subarray(from, from + packedBytes),
    bytes: method === stored ? packedBytes : declared,
  };
}

function endOf(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endBytes - maxCommentBytes);
  for (let at = view.byteLength - endBytes; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return null;
}
