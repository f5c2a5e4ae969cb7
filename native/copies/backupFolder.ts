import { readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { chineseDateTime } from '../../station/chineseTime.ts';
import { Sha256 } from '../../station/ledger/bodies/form.ts';
import { KeyId, Signature } from '../../station/ledger/bodies/keys.ts';
import { namesIn } from './copyPictures.ts';

/**
 * What a place holds of a station:
 *
 *   yuanheng-YQ-7/pictures/…                       every picture once, by its hash, shared by all backups
 *   yuanheng-YQ-7/20261124-020000-000812/          one backup: manifest.json, yuanheng.db, config.json, station-key.pem
 *
 * The key file is encrypted with a secret that no backup holds.
 */
export const Manifest = z
  .object({
    format: z.literal('yuanheng-backup-1'),
    station: z.string().min(1).max(64),
    mode: z.enum(['real', 'drill']),
    madeAtMs: z.int(),
    epoch: z.int().min(0),
    headSequence: z.int().min(0),
    headHash: Sha256,
    headTimeMs: z.int(),
    /** The last weighing number in it. */
    number: z.int().min(0),
    /** Of yuanheng.db. */
    bytes: z.int().min(0),
    sha256: Sha256,
    pictures: z.int().min(0),
    /** How far the clock stood behind what was written already when it was made; 0 for a clock nobody doubts. */
    clockBehindMs: z.int().min(0).default(0),
    /** The station's public keys, so that a stranger can check what is in it. */
    keys: z.array(z.object({ id: KeyId, publicKey: z.string().max(200), fromMs: z.int() })).max(1000),
    /** By the key in use, see backupKey.ts. Null where the program that made it had none that the ledger knows. */
    signed: z.object({ keyId: KeyId, signature: Signature }).nullable().default(null),
  })
  .readonly();
export type Manifest = z.infer<typeof Manifest>;

export const storeName = 'yuanheng.db';
export const settingsName = 'config.json';
export const keyName = 'station-key.pem';
export const manifestName = 'manifest.json';
const partStart = '.part-';
/** Nobody works on a copy for this long without touching it. */
const abandonedMs = 3_600_000;

export interface FoundBackup {
  readonly folder: string;
  readonly manifest: Manifest;
}

export function stationFolder(place: string, station: string, mode: 'real' | 'drill'): string {
  return join(place, `yuanheng-${station}${mode === 'drill' ? '-drill' : ''}`);
}

/** By Chinese time and the head it holds. */
export function backupName(madeAtMs: number, headSequence: number): string {
  const stamp = chineseDateTime(madeAtMs).replaceAll(/[-:]/g, '').replace(' ', '-');
  return `${stamp}-${String(headSequence).padStart(6, '0')}`;
}

/** The whole backups in a station's folder, the one that goes furthest first. */
export async function listBackups(base: string): Promise<FoundBackup[]> {
  const found: FoundBackup[] = [];
  for (const name of await namesIn(base)) {
    if (name.startsWith(partStart)) continue;
    const manifest = await readManifest(join(base, name));
    if (manifest !== null) found.push({ folder: join(base, name), manifest });
  }
  return found.sort(
    (a, b) =>
      b.manifest.epoch - a.manifest.epoch ||
      b.manifest.headSequence - a.manifest.headSequence ||
      b.manifest.madeAtMs - a.manifest.madeAtMs,
  );
}

export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const parsed = Manifest.safeParse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Takes away all but the `keep` that go furthest, and what an interrupted copy left. Which is newer is told by the
 * ledger's own order: a clock that was wrong must not decide which copy of the records goes. What is not of this ledger
 * (`isOurs`), as of a branch that a restore gave up, is nobody's older copy and stays. Returns what is kept.
 */
export async function prune(
  base: string,
  keep: number,
  nowMs: number,
  isOurs: (manifest: Manifest) => boolean,
): Promise<FoundBackup[]> {
  const found = await listBackups(base);
  const going = new Set(found.filter(({ manifest }) => isOurs(manifest)).slice(Math.max(1, keep)));
  for (const { folder } of going) {
    // Under another name first: half of a backup must not look like one.
    const part = join(base, `${partStart}${basename(folder)}`);
    await rename(folder, part);
    await rm(part, { recursive: true, force: true });
  }
  await sweep(base, nowMs);
  return found.filter((each) => !going.has(each));
}

async function sweep(base: string, nowMs: number): Promise<void> {
  for (const name of await namesIn(base)) {
    if (!name.startsWith(partStart)) continue;
    const { mtimeMs } = await stat(join(base, name));
    if (nowMs - mtimeMs > abandonedMs) await rm(join(base, name), { recursive: true, force: true });
  }
}
