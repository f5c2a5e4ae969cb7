import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../store/blobStore.ts';
import { writeDurably } from './files.ts';
import { PlaceError, syncFolder } from './place.ts';

export interface CopiedPictures {
  /** New at the place, read back from it and found whole. */
  readonly copied: number;
  readonly bytes: number;
  /** Pictures the place holds now. */
  readonly held: number;
  /** Files that no longer have the hash they are named by; they are not copied. */
  readonly damaged: readonly string[];
}

const nameForm = /^([0-9a-f]{64})\.jpg$/;
const folderForm = /^[0-9a-f]{2}$/;

/** Brings the pictures that are missing in `to`; what is there by its hash is never copied again. */
export async function copyPictures(
  from: string,
  to: string,
  beat: () => void,
  /** What retention took away goes nowhere, even where its file is still there. */
  gone: ReadonlySet<string> = new Set(),
): Promise<CopiedPictures> {
  let copied = 0;
  let bytes = 0;
  let held = 0;
  const damaged: string[] = [];
  await mkdir(to, { recursive: true });
  for (const folder of (await namesIn(from)).filter((name) => folderForm.test(name))) {
    const target = join(to, folder);
    const known = new Set(await namesIn(target));
    held += [...known].filter((name) => nameForm.test(name)).length;
    const wanted = (await namesIn(join(from, folder))).filter((name) => {
      const sha256 = nameForm.exec(name)?.[1];
      return sha256 !== undefined && !known.has(name) && !gone.has(sha256);
    });
    if (wanted.length === 0) continue;
    await mkdir(target, { recursive: true });
    for (const name of wanted) {
      const picture = await readFile(join(from, folder, name));
      const sha256 = nameForm.exec(name)?.[1];
      if (sha256Hex(picture) !== sha256) {
        damaged.push(name);
        continue;
      }
      await keep(target, name, picture, sha256);
      copied += 1;
      held += 1;
      bytes += picture.length;
      beat();
    }
    await syncFolder(target);
  }
  return { copied, bytes, held, damaged };
}

async function keep(folder: string, name: string, bytes: Uint8Array, sha256: string): Promise<void> {
  const part = join(folder, `${name}.part`);
  try {
    // Half of one that an earlier copy was stopped in.
    await rm(part, { force: true });
    await writeDurably(part, bytes);
    if (sha256Hex(await readFile(part)) !== sha256)
      throw new PlaceError('damaged', `${name} reads back differently`);
    await rename(part, join(folder, name));
  } catch (problem) {
    await rm(part, { force: true }).catch(() => undefined);
    throw problem;
  }
}

/** Empty where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return [];
    throw problem;
  }
}
