import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { Checker } from '../station/ledger/checker.ts';

hashes.sha512 = sha512;

/** SPKI of an Ed25519 key is these bytes and the 32 of the key (RFC 8410). */
const spkiHead = '302a300506032b6570032100';
const spkiBytes = 44;

/** Plain JavaScript: an officer's phone may be too old to know Ed25519 itself. */
export const pageChecker: Checker = {
  sha256: (text) => hex(sha256(new TextEncoder().encode(text))),
  signatureHolds: (publicKey, message, signature) => {
    try {
      const key = bytesOf(publicKey);
      if (key.length !== spkiBytes || hex(key.subarray(0, 12)) !== spkiHead) return false;
      const bytes = bytesOf(signature);
      if (btoa(String.fromCharCode(...bytes)) !== signature) return false;
      return verify(bytes, new TextEncoder().encode(message), key.subarray(12), { zip215: false });
    } catch {
      return false;
    }
  },
};

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
