import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * What the station's key file is encrypted with, where no desktop secret store gives it: a systemd credential, then
 * the environment, then a file of the account's own, outside the records: a copied or backed-up data folder cannot
 * sign. Throws when none can be read or made.
 */
export function keySecret(environment: NodeJS.ProcessEnv = process.env): string {
  const { CREDENTIALS_DIRECTORY: credentials, YUANHENG_KEY_SECRET: given } = environment;
  if (credentials !== undefined) {
    const text = readIfThere(join(credentials, 'yuanheng-key-secret'));
    if (text !== null) return text;
  }
  if (given !== undefined && given !== '') return given;
  const state = environment.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return secretIn(join(state, 'yuanheng', 'key-secret'));
}

/** Reads the secret, or makes one that only this account can read. */
function secretIn(file: string): string {
  const known = readIfThere(file);
  if (known !== null) return known;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('base64url');
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
