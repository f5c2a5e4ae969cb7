import { Buffer } from 'node:buffer';

/**
 * The one form of zip (APPNOTE 6.3) an evidence bundle has: no comment, no extra field, no time, no gap, every size
 * in front of its bytes, nothing packed: a packed stream has bits at its end that say nothing. What could be said in two
 * ways is said in one, so that any other byte is a change.
 *
 *   local header, name, bytes | … | directory entry, name | … | end of directory
 */
export interface ZipEntry {
  readonly name: string;
  readonly crc: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly at: number;
}

export const localBytes = 30;
export const directoryEntryBytes = 46;
export const endBytes = 22;
export const maxEntries = 65_000;
/** Offsets are 32 bits wide, and stay so. */
export const maxZipBytes = 4_000_000_000;
const version = 20;
const utf8Names = 0x0800;
/** 1980-01-01 00:00: the same records give the same file. */
const dosDate = 0x0021;

/** What the local header and the directory say alike. */
function common({ name, crc, bytes }: ZipEntry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(dosDate, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(bytes, 14);
  fields.writeUInt32LE(bytes, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

/** The local header with the name behind it. */
export function localHeader(entry: ZipEntry): Buffer {
  const local = Buffer.alloc(localBytes);
  local.writeUInt32LE(0x04034b50, 0);
  common(entry).copy(local, 4);
  return Buffer.concat([local, Buffer.from(entry.name, 'utf8')]);
}

/** The directory and its end. */
export function directory(entries: readonly ZipEntry[], at: number): Buffer {
  const listed = entries.flatMap((entry) => {
    const head = Buffer.alloc(directoryEntryBytes);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(version, 4);
    common(entry).copy(head, 6);
    head.writeUInt32LE(entry.at, 42);
    return [head, Buffer.from(entry.name, 'utf8')];
  });
  const body = Buffer.concat(listed);
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(body.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([body, end]);
}

/** The entry a directory entry at this place declares; null when it is none. Its form is checked by writing it again. */
export function declaredAt(bytes: Buffer, at: number): { entry: ZipEntry; length: number } | null {
  if (at + directoryEntryBytes > bytes.length) return null;
  const nameBytes = bytes.readUInt16LE(at + 28);
  const end = at + directoryEntryBytes + nameBytes;
  if (end > bytes.length) return null;
  return {
    length: directoryEntryBytes + nameBytes,
    entry: {
      name: bytes.toString('utf8', at + directoryEntryBytes, end),
      crc: bytes.readUInt32LE(at + 16),
      bytes: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    },
  };
}
