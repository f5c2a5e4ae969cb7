import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface FileToZip {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

interface Packed {
  readonly name: Buffer;
  readonly crc: number;
  readonly bytes: number;
  readonly packed: Buffer;
}

const version = 20;
const utf8Names = 0x0800;
const deflated = 8;
/** 1980-01-01 00:00: the same content gives the same file. */
const dosDate = 0x0021;

/** A zip file of texts (APPNOTE 6.3). Between pieces the program does what else it has to. */
export async function writeZip(files: readonly FileToZip[]): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const each = await pack(file);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    common(each).copy(local, 4);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(version, 4);
    common(each).copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    parts.push(local, each.name, each.packed);
    directory.push(entry, each.name);
    at += local.length + each.name.length + each.packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** What the local header and the directory say alike. */
function common({ name, crc, bytes, packed }: Packed): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(deflated, 4);
  fields.writeUInt16LE(dosDate, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

async function pack({ name, pieces }: FileToZip): Promise<Packed> {
  const stream = createDeflateRaw();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(stream, 'end');
  let crc = 0;
  let bytes = 0;
  for (const piece of pieces) {
    const chunk = Buffer.from(piece, 'utf8');
    crc = crc32(chunk, crc);
    bytes += chunk.length;
    if (stream.write(chunk)) await nextTurn();
    else await once(stream, 'drain');
  }
  stream.end();
  await ended;
  return { name: Buffer.from(name, 'utf8'), crc, bytes, packed: Buffer.concat(chunks) };
}
