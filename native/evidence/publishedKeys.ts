import * as z from 'zod';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { KeyId, Signature } from '../../station/ledger/bodies/keys.ts';
import { keyIdOf, signatureHolds } from '../../station/ledger/signing.ts';
import { createHash } from 'node:crypto';
import type { KeyHistory } from '../../station/ledger/keyHistory.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { Found } from './fault.ts';

const TimeMs = z.int();

/** The keys a station published, as its owner or the city platform gives them out. */
export const PublishedKeys = z.object({
  format: z.literal('yuanheng-keys-1'),
  station: z.string().max(64),
  stationName: z.string().max(512),
  asOfMs: TimeMs,
  keys: z
    .array(
      z.object({
        id: KeyId,
        publicKey: z.string().max(200),
        fromMs: TimeMs,
        untilMs: TimeMs.nullable(),
        revokedSinceMs: TimeMs.nullable(),
        vouched: z.boolean(),
      }),
    )
    .min(1)
    .max(1000),
  voided: z.array(z.object({ number: z.int().min(1), timeMs: TimeMs })).max(1_000_000),
  signedBy: KeyId,
  signature: Signature,
});
export type PublishedKeys = z.infer<typeof PublishedKeys>;

/** Reads a file of published keys; the error is for a person. Whether it is the right file, only its source can say. */
export function readPublishedKeys(text: string): Result<PublishedKeys, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('not JSON');
  }
  const parsed = PublishedKeys.safeParse(json);
  if (!parsed.success) return err('not a file of published keys');
  const { keys, signedBy, signature } = parsed.data;
  if (keys.some(({ id, publicKey }) => keyIdOf(publicKey) !== id)) return err('a key does not have its id');
  const unsigned = Object.fromEntries(
    Object.entries(json as object).filter(([name]) => name !== 'signature'),
  );
  let message: string;
  try {
    const canonical = canonicalJson(unsigned);
    message = `yuanheng-keys-1:${createHash('sha256').update(canonical, 'utf8').digest('hex')}`;
  } catch {
    return err('not a file of published keys');
  }
  const signer = keys.find(({ id }) => id === signedBy);
  if (signer === undefined || !signatureHolds(signer.publicKey, message, signature))
    return err('its signature does not hold');
  return ok(parsed.data);
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
