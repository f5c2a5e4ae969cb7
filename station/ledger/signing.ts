import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * Ed25519 (RFC 8032) over plain ASCII messages, so that openssl alone can check them:
 *
 *   an event   yuanheng-event-1:<hash of the event, hex>
 *   a new key  yuanheng-key-1:<station>:<key id>
 */
export interface Signer {
  readonly keyId: string;
  /** SPKI in base64. */
  readonly publicKey: string;
  /** Signature of the message's UTF-8 bytes, base64. */
  readonly sign: (message: string) => string;
}

export function eventMessage(hash: string): string {
  return `yuanheng-event-1:${hash}`;
}

export function keyProofMessage(station: string, keyId: string): string {
  return `yuanheng-key-1:${station}:${keyId}`;
}

/** The first 16 hex digits of the SHA-256 of a key's SPKI bytes, given in base64. */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}

/**
 * False for a signature that does not hold, and for a key that is none. A signature has one spelling: a text that only
 * decodes to the same bytes was changed.
 */
export function signatureHolds(publicKey: string, message: string, signature: string): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64');
    if (bytes.toString('base64') !== signature) return false;
    const key = keyOf(publicKey);
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(message, 'utf8'), key, bytes);
  } catch {
    return false;
  }
}

/** A ledger has a handful of keys and millions of signatures, and reading a key takes longer than a hash. */
const mostKeys = 64;
const keysRead = new Map<string, KeyObject>();

/** Throws for what is no key. */
function keyOf(publicKey: string): KeyObject {
  const known = keysRead.get(publicKey);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (keysRead.size >= mostKeys) keysRead.clear();
  keysRead.set(publicKey, key);
  return key;
}
