import { open } from 'node:fs/promises';
import { isBundleName } from '../../native/evidence/bundleForm.ts';
import { fileSource } from '../../native/evidence/verifyBundle.ts';
import { localHeader } from '../../native/evidence/zipForm.ts';
import { ZipIn } from '../../native/evidence/zipIn.ts';

/** One byte of a bundle to be changed, and whose it is: a file's name, or `zip` for what is between the files. */
export interface Flip {
  readonly at: number;
  readonly of: string;
}

/** Places in every file of a bundle, in every local header, in the directory and in every byte of its end. */
export async function placesIn(path: string, inEach: number): Promise<Flip[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const opened = await ZipIn.open(await fileSource(file), isBundleName);
    if (!opened.ok) throw new Error(opened.error);
    const found: Flip[] = [];
    let end = 0;
    for (const entry of opened.value.entries.values()) {
      const { length } = localHeader(entry);
      const from = entry.at + length;
      end = from + entry.bytes;
      found.push(...spread(entry.at, length, inEach).map((at) => ({ at, of: 'zip' })));
      found.push(...spread(from, entry.bytes, inEach).map((at) => ({ at, of: entry.name })));
    }
    found.push(...spread(end, size - 22 - end, 6 * inEach).map((at) => ({ at, of: 'zip' })));
    found.push(...spread(size - 22, 22, 22).map((at) => ({ at, of: 'zip' })));
    return found;
  } finally {
    await file.close();
  }
}

/** So many places from the first to the last of a stretch, both included. */
function spread(from: number, length: number, count: number): number[] {
  const places = Array.from({ length: count }, (_, nth) =>
    count === 1 ? 0 : Math.round((nth * (length - 1)) / (count - 1)),
  );
  return [...new Set(places)].filter((place) => place < length).map((place) => from + place);
}

export function flippedAt(bytes: Buffer, at: number, by: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
}
