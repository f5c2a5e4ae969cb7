import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Sha256 } from '../../station/ledger/bodies/form.ts';
import type { FoundBackup, Manifest } from './backupFolder.ts';
import { writeDurably } from './files.ts';
import { syncFolder } from './place.ts';

/**
 * `pictures/gone.json` of a place: since which backup the station's retention holds a picture no more. A picture leaves
 * the place once every backup that is kept there is at least as new: an older one still needs it. Told by the ledger's
 * heads, never by a clock. Without the file pictures stay longer, and no more.
 */
const Gone = z.record(Sha256, z.object({ epoch: z.int().min(0), sequence: z.int().min(0) }));
export type Gone = z.infer<typeof Gone>;

const goneName = 'gone.json';
type Head = Pick<Manifest, 'epoch' | 'headSequence'>;

/** Brings the list up to date with what the backup's own ledger says, before the backup counts. */
export async function noteGone(
  pictures: string,
  gone: ReadonlySet<string>,
  { epoch, headSequence: sequence }: Head,
): Promise<void> {
  const before = await readGone(pictures);
  const held = await heldAt(pictures);
  const now: Gone = {};
  // What was kept again meanwhile falls out, and so does what is not here.
  for (const sha256 of held) if (gone.has(sha256)) now[sha256] = before[sha256] ?? { epoch, sequence };
  if (Object.keys(now).length === 0 && Object.keys(before).length === 0) return;
  const part = join(pictures, `${goneName}.part`);
  await rm(part, { force: true });
  await writeDurably(part, JSON.stringify(now));
  await rename(part, join(pictures, goneName));
  await syncFolder(pictures);
}

/** Takes away the pictures that no kept backup needs any more. Returns how many went. */
export async function prunePictures(
  pictures: string,
  kept: readonly FoundBackup[],
  beat: () => void,
): Promise<number> {
  let went = 0;
  for (const [sha256, since] of Object.entries(await readGone(pictures))) {
    if (!kept.every(({ manifest }) => isSince(manifest, since))) continue;
    await rm(join(pictures, sha256.slice(0, 2), `${sha256}.jpg`), { force: true });
    went += 1;
    beat();
  }
  return went;
}

function isSince({ epoch, headSequence }: Head, since: Gone[string]): boolean {
  return epoch > since.epoch || (epoch === since.epoch && headSequence >= since.sequence);
}

async function readGone(pictures: string): Promise<Gone> {
  try {
    const parsed = Gone.safeParse(JSON.parse(await readFile(join(pictures, goneName), 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

async function heldAt(pictures: string): Promise<string[]> {
  const names = await readdir(pictures, { recursive: true });
  return names.flatMap((name) => /(?:^|[\\/])([0-9a-f]{64})\.jpg$/.exec(name)?.[1] ?? []);
}
