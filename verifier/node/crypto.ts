/** In the page's place of node:crypto: the part of it that the checks of a bundle use, in plain JavaScript. */
import { sha256 } from '@noble/hashes/sha2.js';
import { pageChecker } from '../checker.ts';

const ascii = new TextEncoder();

interface Hash {
  readonly update: (data: string | Uint8Array, encoding?: 'utf8') => Hash;
  readonly digest: (encoding: 'hex') => string;
}

export function createHash(name: string): Hash {
  if (name !== 'sha256') throw new Error(`no ${name} in this page`);
  const inner = sha256.create();
  const hash: Hash = {
    update: (data) => {
      inner.update(typeof data === 'string' ? ascii.encode(data) : data);
      return hash;
    },
    digest: () => hexOf(inner.digest()),
  };
  return hash;
}

interface Key {
  readonly asymmetricKeyType: 'ed25519';
  readonly spki: string;
}

/** Whether it is one shows when something is verified with it. */
export function createPublicKey({ key }: { readonly key: Uint8Array }): Key {
  return { asymmetricKeyType: 'ed25519', spki: base64Of(key) };
}

export function verify(_: null, message: Uint8Array, { spki }: Key, signature: Uint8Array): boolean {
  return pageChecker.signatureHolds(spki, new TextDecoder().decode(message), base64Of(signature));
}

/** A page signs nothing. */
export function sign(): never {
  throw new Error('no key in this page');
}

export const createPrivateKey = sign;
export const generateKeyPairSync = sign;

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
