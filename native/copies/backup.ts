import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Timers } from '../city/timers.ts';
import type { Db } from '../store/database.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Manifest } from './backupFolder.ts';
import {
  backupName,
  keyName,
  manifestName,
  prune,
  settingsName,
  stationFolder,
  storeName,
} from './backupFolder.ts';
import { signManifest, signerFor } from './backupKey.ts';
import { copyPictures } from './copyPictures.ts';
import { copyFileDurably, hashOfFile, readIfThere, writeDurably } from './files.ts';
import { Pace } from './pace.ts';
import type { PlaceProblem } from './place.ts';
import { PlaceError, placeProblem, syncFolder } from './place.ts';
import { removeStage, stageStore } from './stageStore.ts';
import { noteGone, prunePictures } from './prunePictures.ts';
import { unlessStalled } from './stall.ts';
import type { VerifiedStore } from './verifyStore.ts';
import { verifyStore } from './verifyStore.ts';

export interface BackupSource {
  readonly db: Db;
  /** Holds the store and `pictures/`. */
  readonly dir: string;
  readonly settingsFile: string;
  readonly station: string;
  readonly mode: 'real' | 'drill';
}

export interface BackupOptions {
  readonly place: string;
  /** Backups that stay at the place. */
  readonly keep: number;
  readonly nowMs: () => number;
  /** How far the clock stands behind what was written already; the backup is marked with it. */
  readonly clockBehindMs: number;
  readonly timers: Timers;
  /** The key in hand. It signs the backup only where the ledger that was copied knows it as the one in use. */
  readonly signer: Signer | null;
  /** Leaves off; the place stays as it was. */
  readonly stopped: AbortSignal;
}

export interface MadeBackup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Of the store and the pictures that were new. */
  readonly bytesWritten: number;
  readonly picturesCopied: number;
  /** Pictures that are no longer what their name says, or that a record names and nobody has. */
  readonly picturesMissing: number;
}

const quietMs = 90_000;
const marginBytes = 4 * 1024 * 1024;

/**
 * Copies the store, the pictures that are new, the settings and the encrypted key to a folder, proves the copy's whole
 * chain, reads everything back from the place, and only then gives the backup its name. The station may go on
 * writing meanwhile; what it writes after the beginning may or may not be in the copy, whole events only.
 * What fails leaves the place as it was.
 */
export async function makeBackup(
  source: BackupSource,
  options: BackupOptions,
): Promise<Result<MadeBackup, PlaceProblem>> {
  const stage = join(source.dir, `backup-${randomUUID()}.part.db`);
  try {
    const base = await enter(source, options.place);
    await removeOldStages(source.dir, options.nowMs());
    await stageStore(source.db, stage, options.stopped);
    const verified = await verifyStore(stage, { every: false, pace: new Pace(options.stopped) });
    if (!verified.ok) {
      const { kind, sequence } = verified.error;
      throw new PlaceError('damaged', `the ledger does not check out: ${kind} at event ${String(sequence)}`);
    }
    const made = await unlessStalled(
      (beat) =>
        write({
          source,
          options,
          base,
          stage,
          verified: verified.value,
          beat: () => {
            options.stopped.throwIfAborted();
            beat();
          },
        }),
      quietMs,
      options.timers,
    );
    await tidy(source, options, base).catch(() => undefined);
    return ok(made);
  } catch (problem) {
    return err(placeProblem(problem));
  } finally {
    await removeStage(stage).catch(() => undefined);
  }
}

/** The station's folder at the place, where the place is there and has room. */
async function enter(source: BackupSource, place: string): Promise<string> {
  const found = await stat(place);
  if (!found.isDirectory()) throw new PlaceError('missing', `${place} is not a folder`);
  await access(place, constants.W_OK);
  const neededBytes = (await stat(join(source.dir, storeName))).size + marginBytes;
  for (const folder of [source.dir, place]) {
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    if (freeBytes < neededBytes) {
      throw new PlaceError(
        'full',
        `${folder}: needs ${megabytes(neededBytes)} MB, ${megabytes(freeBytes)} MB free`,
      );
    }
  }
  const base = stationFolder(place, source.station, source.mode);
  await mkdir(base, { recursive: true });
  return base;
}

/** A failure here leaves more at the place than there has to be, and no less. */
async function tidy(source: BackupSource, options: BackupOptions, base: string): Promise<void> {
  const hashAt = source.db.prepare('SELECT hash FROM ledger WHERE sequence = ?').pluck();
  const kept = await prune(
    base,
    options.keep,
    options.nowMs(),
    ({ headSequence, headHash }) => hashAt.get(headSequence) === headHash,
  );
  await unlessStalled((beat) => prunePictures(join(base, 'pictures'), kept, beat), quietMs, options.timers);
}

interface Write {
  readonly source: BackupSource;
  readonly options: BackupOptions;
  readonly base: string;
  readonly stage: string;
  readonly verified: VerifiedStore;
  readonly beat: () => void;
}

async function write(work: Write): Promise<MadeBackup> {
  const part = join(work.base, `.part-${randomUUID()}`);
  try {
    await mkdir(part);
    return await fill(work, part);
  } catch (problem) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw problem;
  }
}

async function fill(
  { source, options, base, stage, verified, beat }: Write,
  part: string,
): Promise<MadeBackup> {
  const copied = await copyFileDurably(stage, join(part, storeName), beat);
  for (const [from, name] of [
    [source.settingsFile, settingsName],
    [join(source.dir, keyName), keyName],
  ] as const) {
    const bytes = await readIfThere(from);
    if (bytes !== null) await writeDurably(join(part, name), bytes);
  }
  const { gone } = verified;
  const pictures = await copyPictures(join(source.dir, 'pictures'), join(base, 'pictures'), beat, gone);
  const back = await hashOfFile(join(part, storeName), beat);
  if (back.sha256 !== copied.sha256) throw new PlaceError('damaged', 'the copy reads back differently');
  const { summary, epoch, number } = verified;
  const body: Omit<Manifest, 'signed'> = {
    format: 'yuanheng-backup-1',
    station: source.station,
    mode: source.mode,
    madeAtMs: options.nowMs(),
    epoch,
    headSequence: summary.head.sequence,
    headHash: summary.head.hash,
    headTimeMs: summary.head.timeMs,
    number,
    bytes: copied.bytes,
    sha256: copied.sha256,
    pictures: pictures.held,
    clockBehindMs: options.clockBehindMs,
    keys: summary.keys.map(({ keyId, publicKey, fromMs }) => ({ id: keyId, publicKey, fromMs })),
  };
  const signer = signerFor(summary, options.signer);
  const manifest = signer === null ? { ...body, signed: null } : signManifest(body, signer);
  await noteGone(join(base, 'pictures'), gone, manifest);
  await writeDurably(join(part, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncFolder(part);
  const folder = join(base, backupName(manifest.madeAtMs, manifest.headSequence));
  await rename(part, folder);
  await syncFolder(base);
  return {
    folder,
    manifest,
    bytesWritten: copied.bytes + pictures.bytes,
    picturesCopied: pictures.copied,
    picturesMissing: await missing(verified.pictures, join(base, 'pictures')),
  };
}

async function missing(named: ReadonlySet<string>, folder: string): Promise<number> {
  const held = new Set(await readdir(folder, { recursive: true }).then((names) => names.map(bareName)));
  return [...named].filter((sha256) => !held.has(sha256)).length;
}

function bareName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.jpg$/, '');
}

/** What a copy that was killed left beside the store. */
async function removeOldStages(dir: string, nowMs: number): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!/^backup-.*\.part\.db/.test(name)) continue;
    const { mtimeMs } = await stat(join(dir, name));
    if (nowMs - mtimeMs > 3_600_000) await rm(join(dir, name), { force: true });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
