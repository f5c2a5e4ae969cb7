/** In the page's place of node:zlib: the part of it that the checks of a bundle use, in plain JavaScript. */
import { Inflate } from 'fflate';

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

const pieceBytes = 16_384;

/** Throws on a broken stream, on one that ends too early, and before it grows beyond `maxOutputLength`. */
export function inflateRawSync(
  packed: Uint8Array,
  { maxOutputLength }: { readonly maxOutputLength: number },
): { readonly toString: (encoding: 'utf8') => string } {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((piece) => {
    length += piece.length;
    if (length > maxOutputLength) throw new Error('too large');
    pieces.push(piece.slice());
  });
  for (let at = 0; at < packed.length || at === 0; at += pieceBytes)
    stream.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { toString: () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole) };
}
