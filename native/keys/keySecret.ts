import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SecretPlace } from '../../station/contract.ts';

/** What the station's key file is encrypted with, and where it lies; or that the store it lies in does not open. */
export type KeySecret =
  | { readonly kind: 'open'; readonly place: SecretPlace; readonly secret: string }
  | { readonly kind: 'closed'; readonly detail: string };

/**
 * The secret where no desktop secret store gives it: a systemd credential, then the environment, then a file of the
 * account's own, outside the records: a copied or backed-up data folder cannot sign. The file is made when there is
 * none. Throws when none can be read or made.
 */
export function keySecret(environment: NodeJS.ProcessEnv = process.env): KeySecret {
  const given = givenSecret(environment);
  if (given !== null) return { kind: 'open', place: 'given', secret: given };
  return { kind: 'open', place: 'file', secret: secretIn(secretFile(environment)) };
}

/** Where the desktop program keeps the secret of these records, sealed by the operating system's store. */
export function sealedSecretFile(dataDir: string): string {
  return join(dataDir, 'shell', 'key-secret.sealed');
}

/** The secret of a station without a window. One that the desktop program sealed is out of its reach. */
export function stationSecret(dataDir: string, environment: NodeJS.ProcessEnv = process.env): KeySecret {
  if (givenSecret(environment) === null && existsSync(sealedSecretFile(dataDir)))
    return { kind: 'closed', detail: 'the desktop program keeps it in the system’s secret store' };
  return keySecret(environment);
}

/** The same for whoever only reads: null where there is none, and none is made. */
export function knownSecret(environment: NodeJS.ProcessEnv = process.env): string | null {
  return givenSecret(environment) ?? fileSecret(environment);
}

/** What a service manager or the environment gives. It stands above every store. */
export function givenSecret(environment: NodeJS.ProcessEnv): string | null {
  const { CREDENTIALS_DIRECTORY: credentials, YUANHENG_KEY_SECRET: given } = environment;
  const credential = credentials === undefined ? null : readIfThere(join(credentials, 'yuanheng-key-secret'));
  return credential ?? (given === undefined || given === '' ? null : given);
}

export function fileSecret(environment: NodeJS.ProcessEnv): string | null {
  return readIfThere(secretFile(environment));
}

export function secretFile(environment: NodeJS.ProcessEnv): string {
  const state = environment.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return join(state, 'yuanheng', 'key-secret');
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Reads the secret, or makes one that only this account can read. */
function secretIn(file: string): string {
  const known = readIfThere(file);
  if (known !== null) return known;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const secret = newSecret();
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${secret}\n`);
    fsyncSync(handle);
    closeSync(handle);
    return secret;
  } catch (problem) {
    // Another station of this account may have made it in the same moment.
    const made = readIfThere(file);
    if (made !== null) return made;
    throw problem;
  }
}

function readIfThere(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? null : text;
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null;
    throw problem;
  }
}
