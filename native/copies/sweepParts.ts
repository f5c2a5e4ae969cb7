import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from './copyPictures.ts';

/**
 * Takes away what a program that was killed left half-written: pictures, papers and keys that never got
 * their name. Only what is older than this start is touched. Never throws.
 */
export async function sweepParts(dir: string, startedMs: number): Promise<void> {
  try {
    for (const top of [join(dir, 'pictures'), join(dir, 'papers')]) {
      for (const folder of await namesIn(top)) await sweep(join(top, folder), startedMs, /\.part$/);
    }
    await sweep(dir, startedMs, /\.part$/);
  } catch {
    // Another start tries again; nothing depends on it.
  }
}

async function sweep(folder: string, startedMs: number, half: RegExp): Promise<void> {
  const names = (await readdir(folder, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && half.test(entry.name),
  );
  for (const { name } of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < startedMs) await rm(path, { force: true });
  }
}
