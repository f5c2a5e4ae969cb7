import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../native/copies/place.ts';
import { fileSecret, givenSecret, newSecret, secretFile } from '../native/keys/keySecret.ts';
import { openExistingKey } from '../native/keys/stationKey.ts';
import type { HandedSecret } from './messages.ts';
import type { SecretStore } from './secretStore.ts';

export interface SecretPlaces {
  readonly store: SecretStore;
  /**
   * The secret, sealed by the store. In the shell's own folder, because on Windows what it is sealed with lies there
   * too (Chromium's `Local State`, itself sealed for the account).
   */
  readonly sealedFile: string;
  /** Where key files of this station may lie: the records' folder and its drill. */
  readonly keyDirs: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/**
 * The secret of the station's key out of the operating system's store, for the station process. One that a file of the
 * account held until now is moved into the store. Where there is no store the station finds its secret as it does
 * without a window. A store that held it and does not open now never leads to a new secret.
 */
export async function handedSecret(places: SecretPlaces): Promise<HandedSecret> {
  const { store, sealedFile, environment, log } = places;
  if (givenSecret(environment) !== null) return { kind: 'own' };
  if (existsSync(sealedFile)) return openSealed(places);
  const missing = await whyMissing(store);
  if (missing !== null) {
    log(`key secret: in a file of this account; ${missing}`);
    return { kind: 'own' };
  }
  const kept = fileSecret(environment);
  // A secret that opens nothing here is another station's, and stays where it is.
  const moving = kept !== null && opensKey(places.keyDirs, kept);
  try {
    const secret = moving ? kept : newSecret();
    await keepSealed(store, sealedFile, secret);
    if (moving) await rm(secretFile(environment));
    log(`key secret: ${moving ? 'moved from its file into' : 'made in'} the system's secret store`);
    return { kind: 'store', secret };
  } catch (problem) {
    log(`key secret: not put into the system's secret store: ${textOf(problem)}`);
    return { kind: 'own' };
  }
}

/** A person starts a new key while the secret is out of reach: the old one is set aside, not thrown away. */
export async function renewedSecret(places: SecretPlaces, nowMs: number): Promise<HandedSecret> {
  const { sealedFile } = places;
  if (existsSync(sealedFile)) await rename(sealedFile, `${sealedFile}.before-${String(nowMs)}`);
  return handedSecret(places);
}

/** For a command beside the station or without one: the secret as it lies, or null; nothing is made or moved. */
export async function readSecret(places: SecretPlaces): Promise<string | null> {
  const { environment, sealedFile } = places;
  const given = givenSecret(environment);
  if (given !== null || !existsSync(sealedFile)) return given ?? fileSecret(environment);
  const handed = await openSealed(places);
  return handed.kind === 'store' ? handed.secret : null;
}

async function openSealed({ store, sealedFile, environment, log }: SecretPlaces): Promise<HandedSecret> {
  try {
    const missing = await whyMissing(store);
    if (missing !== null) throw new Error(missing);
    const { text: secret, again } = await store.open(await readFile(sealedFile));
    if (again) await keepSealed(store, sealedFile, secret);
    // A move that was interrupted after the secret was safe.
    if (fileSecret(environment) === secret) await rm(secretFile(environment));
    return { kind: 'store', secret };
  } catch (problem) {
    const detail = textOf(problem);
    log(`key secret: the system's secret store does not open: ${detail}`);
    return { kind: 'closed', detail: detail.slice(0, 300) };
  }
}

async function whyMissing(store: SecretStore): Promise<string | null> {
  try {
    return await store.missing();
  } catch (problem) {
    return textOf(problem);
  }
}

function opensKey(dirs: readonly string[], secret: string): boolean {
  return dirs.some((dir) => existsSync(join(dir, 'station-key.pem')) && openExistingKey(dir, secret).ok);
}

/** Written, read back and opened before it counts. */
async function keepSealed(store: SecretStore, file: string, secret: string): Promise<void> {
  const part = `${file}.part`;
  const sealed = await store.seal(secret);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(sealed);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const { text } = await store.open(await readFile(part));
    if (text !== secret) throw new Error('what was sealed reads back as something else');
    await rename(part, file);
    await syncFolder(dirname(file));
  } finally {
    await rm(part, { force: true });
  }
}

function textOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
