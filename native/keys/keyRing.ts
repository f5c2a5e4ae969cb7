import type { KeyTrouble, SecretPlace } from '../../station/contract.ts';
import type { KeyReason } from '../../station/ledger/bodies/keys.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import { keyProofMessage } from '../../station/ledger/signing.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Stores } from '../store/stores.ts';
import type { KeySecret } from './keySecret.ts';
import type { KeyProblem } from './stationKey.ts';
import { newStationKey, openStationKey } from './stationKey.ts';

/** The key in hand and the key the ledger knows: only where both are one may anything be decided. */
export class KeyRing {
  readonly #dir: string;
  readonly #renew: (() => Promise<KeySecret>) | null;
  #secret: KeySecret;
  readonly #station: string;
  #opened: Result<Signer, KeyProblem>;

  /** `renew` makes a secret in the place of one that cannot be had any more; without it none is made. */
  constructor(
    dir: string,
    secret: KeySecret,
    station: string,
    renew: (() => Promise<KeySecret>) | null = null,
  ) {
    this.#dir = dir;
    this.#secret = secret;
    this.#station = station;
    this.#renew = renew;
    this.#opened = openWith(dir, secret);
  }

  /** Null while the store that holds the secret does not open. */
  get secretPlace(): SecretPlace | null {
    return this.#secret.kind === 'open' ? this.#secret.place : null;
  }

  /** A new secret where the old one is out of reach: the key it opened stays out of reach, too. */
  async renewSecret(): Promise<Result<null, string>> {
    if (this.#renew === null) return err('no new secret can be made here');
    const secret = await this.#renew();
    if (secret.kind === 'closed') return err(secret.detail);
    this.#secret = secret;
    this.#opened = openWith(this.#dir, secret);
    return ok(null);
  }

  /** Null while the key file cannot be read. */
  get signer(): Signer | null {
    return this.#opened.ok ? this.#opened.value : null;
  }

  trouble(stores: Pick<Stores, 'db'>): KeyTrouble | null {
    if (!this.#opened.ok) return this.#opened.error;
    const { keyId } = this.#opened.value;
    const current = currentKey(stores);
    if (current?.keyId !== keyId) return { kind: 'unknown-key', detail: keyId };
    return current.revokedSinceMs === null ? null : { kind: 'revoked-key', detail: keyId };
  }

  /** Signs from the next event on, where the ledger knows the key in hand; any other signature would be a stranger's. */
  signFor(stores: Pick<Stores, 'db' | 'ledger'>): void {
    if (this.#opened.ok && this.trouble(stores) === null) stores.ledger.signWith(this.#opened.value);
  }

  /** Introduces the key in hand to a ledger that has none yet. */
  introduceFirst(stores: Stores): Result<null, string> {
    if (!this.#opened.ok || currentKey(stores) !== null) return ok(null);
    const written = this.#write(stores, this.#opened.value, 'first', this.#opened.value, null);
    if (written.ok) this.signFor(stores);
    return written;
  }

  /**
   * Makes a new key and signs with it from the next event on. A `rotation` is signed by the key before it; otherwise
   * that one is gone, and the new one can only speak for itself.
   */
  introduce(stores: Stores, reason: KeyReason, operator: string | null): Result<Signer, string> {
    const before = this.trouble(stores) === null ? this.signer : null;
    if (reason === 'rotation' && before === null) return err('the key before it cannot sign');
    if (this.#secret.kind === 'closed') return err(this.#secret.detail);
    const made = newStationKey(this.#dir, this.#secret.secret);
    if (!made.ok) return err(made.error.detail);
    const written = this.#write(stores, made.value, reason, reason === 'rotation' ? before : null, operator);
    if (!written.ok) return written;
    this.#opened = made;
    stores.ledger.signWith(made.value);
    return made;
  }

  #write(
    stores: Stores,
    key: Signer,
    reason: KeyReason,
    signedBy: Signer | null,
    operator: string | null,
  ): Result<null, string> {
    const body: EventBody = {
      type: 'key-introduced',
      body: {
        keyId: key.keyId,
        publicKey: key.publicKey,
        proof: key.sign(keyProofMessage(this.#station, key.keyId)),
        replaces: currentKey(stores)?.keyId ?? null,
        reason,
        operator,
      },
    };
    const appended = stores.ledger.append(() => body, signedBy ?? key);
    return appended.ok ? ok(null) : err(appended.error.detail);
  }
}

function openWith(dir: string, secret: KeySecret): Result<Signer, KeyProblem> {
  if (secret.kind === 'closed') return err({ kind: 'store-closed', detail: secret.detail });
  return openStationKey(dir, secret.secret);
}

export interface StoredKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly fromMs: number;
  readonly revokedSinceMs: number | null;
}

/** The keys of this ledger, oldest first. */
export function storedKeys({ db }: Pick<Stores, 'db'>): StoredKey[] {
  return db
    .prepare(
      `SELECT key_id AS keyId, public_key AS publicKey, from_ms AS fromMs, revoked_since_ms AS revokedSinceMs
       FROM station_keys ORDER BY sequence`,
    )
    .all() as StoredKey[];
}

/** The signer, where this ledger knows its key as the one in use and not revoked; null otherwise. */
export function knownSigner(stores: Pick<Stores, 'db'>, signer: Signer | null): Signer | null {
  const current = currentKey(stores);
  return signer !== null && current?.publicKey === signer.publicKey && current.revokedSinceMs === null
    ? signer
    : null;
}

export function currentKey(stores: Pick<Stores, 'db'>): StoredKey | null {
  return storedKeys(stores).at(-1) ?? null;
}
