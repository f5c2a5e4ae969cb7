import type { LedgerEvent } from './event.ts';
import { eventMessage, keyIdOf, keyProofMessage, signatureHolds } from './signing.ts';

/** What a link carries besides the chain. Null where no key signed it. */
export interface LinkSignature {
  readonly keyId: string;
  /** Base64. */
  readonly signature: string;
}

export interface KnownKey {
  readonly keyId: string;
  /** SPKI in base64. */
  readonly publicKey: string;
  readonly fromSequence: number;
  readonly fromMs: number;
  /** Whether the key before it signed its introduction; the first key needs nobody. */
  readonly vouched: boolean;
  readonly reason: string;
  /** The sequence from which another key signs. */
  readonly untilSequence: number | null;
  readonly revokedSinceMs: number | null;
}

export type KeyFault =
  | { readonly kind: 'unsigned'; readonly sequence: number }
  | { readonly kind: 'signature'; readonly sequence: number }
  | { readonly kind: 'unknown-key'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'replaced-key'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'revoked-key'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'key-proof'; readonly sequence: number };

/** A station introduces its key with its second event; what stands before the first key is chained to it anyway. */
const mostEarly = 1000;

/** The keys of a ledger as its own events tell them, and whether each signature was theirs to give. */
export class KeyHistory {
  readonly #keys = new Map<string, KnownKey>();
  #current: string | null = null;
  /** Signed before any key was introduced. */
  readonly #early: { readonly sequence: number; readonly hash: string; readonly signed: LinkSignature }[] =
    [];

  /** In the order they were introduced. */
  get keys(): readonly KnownKey[] {
    return [...this.#keys.values()];
  }

  get current(): KnownKey | null {
    return this.#current === null ? null : (this.#keys.get(this.#current) ?? null);
  }

  /**
   * Takes the next event. Its signature is checked when `checked`, and always where a key is introduced or revoked.
   * Returns the first thing that does not hold, or null.
   */
  take(event: LedgerEvent, hash: string, signed: LinkSignature | null, checked: boolean): KeyFault | null {
    if (event.type === 'key-introduced') return this.#introduce(event, hash, signed);
    if (event.type === 'key-revoked') {
      const fault = this.#check(event, hash, signed);
      if (fault !== null) return fault;
      const { keyId, sinceMs } = event.body;
      const key = this.#keys.get(keyId);
      if (key === undefined) return { kind: 'unknown-key', sequence: event.sequence, detail: keyId };
      this.#keys.set(keyId, { ...key, revokedSinceMs: sinceMs });
      return null;
    }
    // Whose signature it says to be costs nothing to look at, also where only the last ones are checked.
    if (!checked) return signed === null || this.#current === null ? null : this.#giver(event, signed);
    if (this.#current !== null || signed === null) return this.#check(event, hash, signed);
    // The first key signs before it is introduced: it is looked at then.
    if (this.#early.length < mostEarly) this.#early.push({ sequence: event.sequence, hash, signed });
    return null;
  }

  /** Whether what `keyId` signed at `atMs` may be believed. */
  trusts(keyId: string, atMs: number): boolean {
    const key = this.#keys.get(keyId);
    return key !== undefined && (key.revokedSinceMs === null || atMs < key.revokedSinceMs);
  }

  #check(event: LedgerEvent, hash: string, signed: LinkSignature | null): KeyFault | null {
    const { sequence } = event;
    if (signed === null) return { kind: 'unsigned', sequence };
    const fault = this.#giver(event, signed);
    if (fault !== null) return fault;
    const publicKey = this.#keys.get(signed.keyId)?.publicKey ?? '';
    return signatureHolds(publicKey, eventMessage(hash), signed.signature)
      ? null
      : { kind: 'signature', sequence };
  }

  /** Whether this key was the one to sign then. */
  #giver({ sequence, timeMs }: LedgerEvent, { keyId }: LinkSignature): KeyFault | null {
    if (!this.#keys.has(keyId)) return { kind: 'unknown-key', sequence, detail: keyId };
    if (keyId !== this.#current) return { kind: 'replaced-key', sequence, detail: keyId };
    return this.trusts(keyId, timeMs) ? null : { kind: 'revoked-key', sequence, detail: keyId };
  }

  #introduce(
    event: LedgerEvent & { readonly type: 'key-introduced' },
    hash: string,
    signed: LinkSignature | null,
  ): KeyFault | null {
    const { sequence, station, timeMs } = event;
    const { keyId, publicKey, proof, reason } = event.body;
    const proven =
      keyIdOf(publicKey) === keyId && signatureHolds(publicKey, keyProofMessage(station, keyId), proof);
    if (!proven || this.#keys.has(keyId)) return { kind: 'key-proof', sequence };
    if (signed === null) return { kind: 'unsigned', sequence };
    const before = this.current;
    const byItself = signed.keyId === keyId;
    const signer = byItself ? publicKey : before?.publicKey;
    if (signer === undefined || (!byItself && signed.keyId !== before?.keyId))
      return { kind: 'unknown-key', sequence, detail: signed.keyId };
    if (!byItself && !this.trusts(signed.keyId, timeMs))
      return { kind: 'revoked-key', sequence, detail: signed.keyId };
    if (!signatureHolds(signer, eventMessage(hash), signed.signature)) return { kind: 'signature', sequence };
    for (const each of this.#early.splice(0)) {
      if (each.signed.keyId !== keyId)
        return { kind: 'unknown-key', sequence: each.sequence, detail: each.signed.keyId };
      if (!signatureHolds(publicKey, eventMessage(each.hash), each.signed.signature))
        return { kind: 'signature', sequence: each.sequence };
    }
    if (before !== null) this.#keys.set(before.keyId, { ...before, untilSequence: sequence });
    this.#keys.set(keyId, {
      keyId,
      publicKey,
      fromSequence: sequence,
      fromMs: timeMs,
      vouched: before === null || !byItself,
      reason,
      untilSequence: null,
      revokedSinceMs: null,
    });
    this.#current = keyId;
    return null;
  }
}
