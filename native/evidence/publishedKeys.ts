import type { KeyHistory } from '../../station/ledger/keyHistory.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { readPublishedKeys as readWith } from '../../station/ledger/publishedKeys.ts';
import type { Result } from '../../station/result.ts';
import { nodeChecker } from '../keys/checker.ts';
import { Found } from './fault.ts';

export type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';

/** Reads a file of published keys; the error is for a person. Whether it is the right file, only its source can say. */
export function readPublishedKeys(text: string): Result<PublishedKeys, string> {
  return readWith(text, nodeChecker);
}

/** Every key of the ledger that signed something is one the station published, and was good then. Throws Found. */
export function checkPublished(
  published: PublishedKeys,
  station: string,
  history: KeyHistory,
  used: ReadonlyMap<string, { readonly last: number }>,
): void {
  if (published.station !== station) throw new Found('keys', 'other-station', published.station);
  for (const { keyId, publicKey } of history.keys) {
    const known = published.keys.find(({ id }) => id === keyId);
    if (known?.publicKey !== publicKey) throw new Found('keys', 'not-published', keyId);
    const last = used.get(keyId)?.last;
    if (known.revokedSinceMs !== null && last !== undefined && last >= known.revokedSinceMs)
      throw new Found('keys', 'revoked-key', keyId);
  }
}
