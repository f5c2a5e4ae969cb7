import { createHash } from 'node:crypto';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import type { KnownKey } from '../../station/ledger/keyHistory.ts';
import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import { signatureHolds } from '../../station/ledger/signing.ts';
import type { LedgerSummary } from '../../station/ledger/verifyLedger.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Manifest } from './backupFolder.ts';

/**
 * A backup is signed over `yuanheng-backup-1:` and the SHA-256 (hex) of its manifest's canonical JSON (RFC 8785)
 * without `signed`, by the key that the ledger in it knows as its own at its last event. The key file that lies in the
 * folder, and the one a program has in hand, prove nothing by being there.
 */
export type ManifestBody = Omit<Manifest, 'signed'>;

export type BackupKeyProblem =
  | {
      readonly kind: 'unknown' | 'replaced' | 'revoked' | 'changed' | 'not-published';
      readonly keyId: string;
    }
  /** Behind the last signature stand events that no key signed: anybody may have put them there. */
  | { readonly kind: 'unsigned'; readonly fromSequence: number; readonly events: number };

function messageOf(body: ManifestBody): string {
  const text = canonicalJson(body);
  return `yuanheng-backup-1:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

export function signManifest(body: ManifestBody, signer: Signer): Manifest {
  return { ...body, signed: { keyId: signer.keyId, signature: signer.sign(messageOf(body)) } };
}

/** The signer, where the ledger that was copied knows its key as the one in use and not revoked; null otherwise. */
export function signerFor(summary: LedgerSummary, signer: Signer | null): Signer | null {
  const current = summary.keys.at(-1);
  return signer !== null && current?.publicKey === signer.publicKey && current.revokedSinceMs === null
    ? signer
    : null;
}

/**
 * Whether the ledger's own key of that moment speaks for the backup. One that nobody signed, as an account without the
 * key's secret makes them, is proven by the chain's last signature alone.
 */
export function checkBackupKey(
  { signed, ...body }: Manifest,
  { keys, head, unsignedTail }: LedgerSummary,
  acceptUnsigned: boolean,
): Result<null, BackupKeyProblem> {
  if (unsignedTail > 0 && !acceptUnsigned) {
    return err({ kind: 'unsigned', fromSequence: head.sequence - unsignedTail + 1, events: unsignedTail });
  }
  if (signed === null) return ok(null);
  const { keyId } = signed;
  const key = keys.find((each) => each.keyId === keyId);
  if (key === undefined) return err({ kind: 'unknown', keyId });
  if (key.revokedSinceMs !== null) return err({ kind: 'revoked', keyId });
  if (key.untilSequence !== null) return err({ kind: 'replaced', keyId });
  return signatureHolds(key.publicKey, messageOf(body), signed.signature)
    ? ok(null)
    : err({ kind: 'changed', keyId });
}

/** What the station published since: a key may have been revoked or replaced before the backup's last event was written. */
export function checkAgainstPublished(
  { keys, head }: Pick<LedgerSummary, 'keys' | 'head'>,
  published: Pick<PublishedKeys, 'keys'>,
): Result<null, BackupKeyProblem> {
  for (const { keyId, publicKey } of keys)
    if (!published.keys.some((each) => each.id === keyId && each.publicKey === publicKey))
      return err({ kind: 'not-published', keyId });
  const current: KnownKey | undefined = keys.at(-1);
  const said = published.keys.find(({ id }) => id === current?.keyId);
  if (said === undefined) return ok(null);
  if (said.revokedSinceMs !== null && said.revokedSinceMs <= head.timeMs)
    return err({ kind: 'revoked', keyId: said.id });
  if (said.untilMs !== null && said.untilMs < head.timeMs) return err({ kind: 'replaced', keyId: said.id });
  return ok(null);
}
