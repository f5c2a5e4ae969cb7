import type { Signer } from '../../station/ledger/signing.ts';
import type { Desk } from '../desk/desk.ts';

/** The key this station signs with, where it may: the one the ledger knows, and not revoked. */
export function ownSigner({ deps }: Desk): Signer | null {
  return deps.keys.trouble(deps.stores) === null ? deps.keys.signer : null;
}

export function ownKeyId(desk: Desk): string | null {
  return ownSigner(desk)?.keyId ?? null;
}
