/**
 * What a zip file says it holds, read from its central directory (APPNOTE 4.3.12, 4.3.16) before anything of it is
 * unpacked: a few kilobytes can declare, and become, gigabytes.
 */
export interface ZipSize {
  readonly files: number;
  readonly bytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
const maxCommentBytes = 0xffff;
/** A size that stands in a zip64 field instead; no spreadsheet of a yard is that large. */
const elsewhere = 0xffffffff;

/** Null when it is no zip file, or a broken one. */
export function zipSize(bytes: Uint8Array): ZipSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const files = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let nth = 0; nth < files; nth += 1) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== entrySignature) return null;
    const size = view.getUint32(at + 24, true);
    if (size === elsewhere) return null;
    total += size;
    at +=
      entryBytes +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return { files, bytes: total };
}

function endOf(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endBytes - maxCommentBytes);
  for (let at = view.byteLength - endBytes; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return null;
}
