import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from '../../station/ledger/signing.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';

const fileName = 'station-key.pem';

export interface KeyProblem {
  /**
   * `unreadable`: the file is there, and this computer's secret does not open it; `store-closed`: the secret itself
   * cannot be had.
   */
  readonly kind: 'unreadable' | 'not-written' | 'store-closed';
  readonly detail: string;
}

/**
 * The key this station signs with: Ed25519 in PKCS #8, encrypted (PBES2, AES-256) with a secret that is kept
 * elsewhere. Made when there is none; one that cannot be opened is never replaced without a person saying so.
 */
export function openStationKey(dir: string, secret: string): Result<Signer, KeyProblem> {
  const file = join(dir, fileName);
  if (!existsSync(file)) return newStationKey(dir, secret);
  return openExistingKey(dir, secret);
}

/** The key in the file, which must be there; never makes one. */
export function openExistingKey(dir: string, secret: string): Result<Signer, KeyProblem> {
  const file = join(dir, fileName);
  try {
    return ok(signerOf(createPrivateKey({ key: readFileSync(file, 'utf8'), passphrase: secret })));
  } catch (problem) {
    return err({ kind: 'unreadable', detail: problem instanceof Error ? problem.message : String(problem) });
  }
}

/** Makes a new key; the file of an earlier one is kept beside it under its own name. */
export function newStationKey(dir: string, secret: string): Result<Signer, KeyProblem> {
  const file = join(dir, fileName);
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = signerOf(privateKey);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secret });
  try {
    const part = `${file}.part`;
    const handle = openSync(part, 'w', 0o600);
    writeSync(handle, String(pem));
    fsyncSync(handle);
    closeSync(handle);
    if (existsSync(file)) renameSync(file, join(dir, `station-key-before-${signer.keyId}.pem`));
    renameSync(part, file);
    return ok(signer);
  } catch (problem) {
    return err({ kind: 'not-written', detail: problem instanceof Error ? problem.message : String(problem) });
  }
}

function signerOf(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (message) => sign(null, Buffer.from(message, 'utf8'), privateKey).toString('base64'),
  };
}
