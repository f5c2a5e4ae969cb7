import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Anchor } from '../../station/ledger/anchor.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import type { BundleVerdict } from './checkBundle.ts';
import { checkBundle } from './checkBundle.ts';
import type { ByteSource } from './zipIn.ts';

export type { BundleReport, BundleVerdict, WeighingShown } from './checkBundle.ts';

/** Checks a bundle on this computer. Throws what the file system says when the file cannot be read. */
export async function verifyBundle(
  path: string,
  published: PublishedKeys | null,
  anchors: readonly Anchor[] = [],
): Promise<BundleVerdict> {
  const file = await open(path, 'r');
  try {
    return await checkBundle(await fileSource(file), published, anchors);
  } finally {
    await file.close();
  }
}

export async function fileSource(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    read: async (from, length) => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, from);
      return bytes.subarray(0, bytesRead);
    },
  };
}
