import { Buffer } from 'node:buffer';
import type { BundleVerdict } from '../native/evidence/checkBundle.ts';
import { checkBundle } from '../native/evidence/checkBundle.ts';
import { stationOfBundle } from '../native/evidence/stationOfBundle.ts';
import type { ByteSource } from '../native/evidence/zipIn.ts';
import type { PublishedKeys } from '../station/ledger/publishedKeys.ts';
import type { KeptOutside } from './keptOutside.ts';

/** A file a person gave to the page, read piece by piece: a bundle may be larger than the telephone's memory. */
function blobSource(file: Blob): ByteSource {
  return {
    size: file.size,
    read: async (from, length) => Buffer.from(await file.slice(from, from + length).arrayBuffer()),
  };
}

/**
 * Checks a bundle as `yuanheng verify bundle` does, with the newest keys this page holds of its station and what was
 * kept outside the yard.
 */
export async function verdictOfBundle(
  file: Blob,
  published: readonly PublishedKeys[],
  { anchors, heads }: KeptOutside,
): Promise<BundleVerdict> {
  const source = blobSource(file);
  const station = await stationOfBundle(source);
  const [keys = null] = published
    .filter((each) => each.station === station)
    .sort((one, other) => other.asOfMs - one.asOfMs);
  return checkBundle(source, keys, anchors, heads);
}
