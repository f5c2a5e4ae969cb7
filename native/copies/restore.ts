import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { KnownHead } from '../../station/ledger/anchor.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { systemClock } from '../clock.ts';
import { knownSigner } from '../keys/keyRing.ts';
import { openExistingKey } from '../keys/stationKey.ts';
import { lastNumber, restoresOf } from '../store/restores.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import type { BackupKeyProblem } from './backupKey.ts';
import { checkAgainstPublished, checkBackupKey } from './backupKey.ts';
import type { FoundBackup, Manifest } from './backupFolder.ts';
import { keyName, manifestName, settingsName, storeName } from './backupFolder.ts';
import { copyPictures } from './copyPictures.ts';
import type { CopiedPictures } from './copyPictures.ts';
import { copyFileDurably, hashOfFile } from './files.ts';
import { Pace } from './pace.ts';
import { PlaceError, syncFolder } from './place.ts';
import type { VerifiedStore } from './verifyStore.ts';
import { verifyStore } from './verifyStore.ts';
import type { Contradiction } from './witnesses.ts';
import { Witnesses } from './witnesses.ts';

/** What somebody outside knows of the ledger: an anchor file, the platform, a newer backup. */
export interface Witness {
  readonly name: string;
  readonly hear: (witnesses: Witnesses) => void;
}

export interface RestoreOptions {
  readonly backup: FoundBackup;
  readonly dataDir: string;
  readonly witnesses: readonly Witness[];
  /** A person knows what is lost and goes on. */
  readonly acceptLoss: boolean;
  /** A person knows that no key signed the last events, and goes on. */
  readonly acceptUnsigned: boolean;
  /** The keys the station published since, where somebody has them. */
  readonly published: PublishedKeys | null;
  /** The highest number on any slip that a person has seen. */
  readonly lastNumber: number | null;
  readonly keySecret: string | null;
}

export type RestoreProblem =
  | { readonly kind: 'store-exists'; readonly dir: string }
  | { readonly kind: 'backup-broken'; readonly detail: string }
  | { readonly kind: 'backup-key'; readonly problem: BackupKeyProblem }
  | { readonly kind: 'would-lose'; readonly found: Contradiction; readonly manifest: Manifest };

export interface Restored {
  readonly manifest: Manifest;
  readonly lost: Contradiction | null;
  readonly nextNumber: number;
  readonly pictures: CopiedPictures;
  readonly picturesMissing: number;
  /**
   * Whether this computer can sign as the station. The key of another computer cannot be opened (`closed`), and one
   * that the ledger does not know as the one in use signs nothing (`unknown`).
   */
  readonly signs: 'yes' | 'closed' | 'unknown';
  /** False when settings were there already and stayed. */
  readonly settingsRestored: boolean;
}

/**
 * Puts a backup in the place of a store: proves its whole chain and every signature, compares it with what is known
 * outside, and writes `store-restored` as the first event after its head. The folder becomes a store in the last
 * step; until then nothing is changed in it. Throws what the disk says.
 */
export async function restore(options: RestoreOptions): Promise<Result<Restored, RestoreProblem>> {
  const { backup } = options;
  const dataDir = resolve(options.dataDir);
  if (existsSync(join(dataDir, storeName))) return err({ kind: 'store-exists', dir: dataDir });
  const proven = await prove(backup);
  if (!proven.ok) return err({ kind: 'backup-broken', detail: proven.error });
  const { summary } = proven.value;
  const speaks = checkBackupKey(backup.manifest, summary, options.acceptUnsigned);
  if (!speaks.ok) return err({ kind: 'backup-key', problem: speaks.error });
  const since = options.published === null ? ok(null) : checkAgainstPublished(summary, options.published);
  if (!since.ok) return err({ kind: 'backup-key', problem: since.error });
  const part = join(dirname(dataDir), `.${basename(dataDir)}-restoring-${randomUUID()}`);
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    await copyFileDurably(join(backup.folder, storeName), join(part, storeName), () => undefined);
    await copyIfThere(backup.folder, part, keyName);
    const declared = declare(options, part, backup.manifest, summary.unsignedTail);
    if (!declared.ok) return declared;
    const pictures = await copyPictures(
      join(dirname(backup.folder), 'pictures'),
      join(part, 'pictures'),
      () => undefined,
    );
    const settingsRestored = !existsSync(join(dataDir, settingsName));
    if (settingsRestored) await copyIfThere(backup.folder, part, settingsName);
    await moveInto(part, dataDir);
    return ok({
      manifest: backup.manifest,
      ...declared.value,
      pictures,
      picturesMissing: await countMissing(proven.value, dataDir),
      settingsRestored,
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function prove(backup: FoundBackup): Promise<Result<VerifiedStore, string>> {
  const store = join(backup.folder, storeName);
  try {
    const { sha256 } = await hashOfFile(store, () => undefined);
    if (sha256 !== backup.manifest.sha256)
      return err(`${storeName} is not the file ${manifestName} describes`);
    const verified = await verifyStore(store, { every: true, pace: new Pace() });
    if (!verified.ok) return err(`${verified.error.kind} at event ${String(verified.error.sequence)}`);
    const { head, station } = verified.value.summary;
    const { headSequence, headHash } = backup.manifest;
    if (head.sequence !== headSequence || head.hash !== headHash || station !== backup.manifest.station)
      return err(`its last event is ${String(head.sequence)}, ${manifestName} says ${String(headSequence)}`);
    return ok(verified.value);
  } catch (problem) {
    return err(problem instanceof Error ? problem.message : String(problem));
  }
}

/** Compares the copy with what is known outside and writes its first event. */
function declare(
  { witnesses, acceptLoss, lastNumber: seenNumber, keySecret }: RestoreOptions,
  part: string,
  manifest: Manifest,
  unsigned: number,
): Result<Pick<Restored, 'lost' | 'nextNumber' | 'signs'>, RestoreProblem> {
  const { station, mode } = manifest;
  const key = keySecret === null ? null : openExistingKey(part, keySecret);
  const stores = openStores(part, { station, mode }, systemClock(), true);
  try {
    const signer = knownSigner(stores, key?.ok === true ? key.value : null);
    stores.ledger.signWith(signer);
    const heard = new Witnesses(stores, { station, mode });
    for (const { hear } of witnesses) hear(heard);
    const lost = heard.contradiction();
    if (lost !== null && !acceptLoss) return err({ kind: 'would-lose', found: lost, manifest });
    const body = restoredEvent(stores, heard, manifest, seenNumber, unsigned);
    const appended = stores.ledger.append(() => body);
    if (!appended.ok) throw new PlaceError('failed', appended.error.detail);
    return ok({
      lost,
      nextNumber: stores.ledger.nextNumber(),
      signs: signer !== null ? 'yes' : key?.ok === true ? 'unknown' : 'closed',
    });
  } finally {
    stores.close();
  }
}

function restoredEvent(
  stores: Stores,
  heard: Witnesses,
  manifest: Manifest,
  seenNumber: number | null,
  unsigned: number,
): EventBody {
  const { headSequence, headHash, madeAtMs } = manifest;
  const from = `backup of ${new Date(madeAtMs).toISOString()}`;
  const accepted = heard.acceptance(null);
  const number = Math.max(lastNumber(stores.db), seenNumber ?? 0);
  if (accepted?.type === 'store-restored') {
    const numbersUsedTo = Math.max(number, accepted.body.numbersUsedTo ?? 0);
    return { type: 'store-restored', body: { ...accepted.body, from, numbersUsedTo, unsigned } };
  }
  const epochs = restoresOf(stores.db).map(({ epoch }) => epoch);
  const epoch = Math.max(0, heard.furthestEpoch(), ...epochs) + 1;
  return {
    type: 'store-restored',
    body: {
      ...{ from, epoch, headSequence, headHash, lostTo: null, numbersUsedTo: number, unsigned },
      operator: null,
    },
  };
}

/** The store itself comes last: without it the folder is no station yet. */
async function moveInto(part: string, dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const names = (await readdir(part)).filter((name) => !/^station\.lock|-(wal|shm)$/.test(name));
  for (const name of names.filter((each) => each !== storeName)) {
    if (name === 'pictures' && existsSync(join(dataDir, name))) {
      await copyPictures(join(part, name), join(dataDir, name), () => undefined);
    } else {
      await rename(join(part, name), join(dataDir, name));
    }
  }
  await rename(join(part, storeName), join(dataDir, storeName));
  await syncFolder(dataDir);
}

async function copyIfThere(from: string, to: string, name: string): Promise<void> {
  const source = join(from, name);
  if (existsSync(source)) await copyFileDurably(source, join(to, name), () => undefined);
}

async function countMissing({ pictures }: VerifiedStore, dataDir: string): Promise<number> {
  const names = await readdir(join(dataDir, 'pictures'), { recursive: true }).catch(() => []);
  const held = new Set(names.map((name) => basename(name).replace(/\.jpg$/, '')));
  return [...pictures].filter((sha256) => !held.has(sha256)).length;
}

/** What a newer backup beside this one knows. */
export function backupWitness({ folder, manifest }: FoundBackup): Witness {
  const { epoch, headSequence: sequence, headHash: hash, headTimeMs: timeMs, number } = manifest;
  const head: KnownHead = { epoch, sequence, hash, timeMs, number };
  return {
    name: folder,
    hear: (witnesses) => {
      witnesses.hear(folder, [head]);
    },
  };
}

/** The settings in a backup, as they stand there. */
export function settingsTextOf(backup: FoundBackup): string | null {
  const file = join(backup.folder, settingsName);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
