import * as z from 'zod';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { canonicalJson } from './canonical.ts';
import type { CanonicalValue } from './canonical.ts';
import type { Checker } from './checker.ts';
import { KeyId, Signature } from './bodies/keys.ts';

/**
 * The keys a station published, and the weighings it has voided until then, as its owner or the city platform gives
 * them out. Signed with the station's key in use over `yuanheng-keys-1:` and the SHA-256 (hex) of the canonical JSON
 * without `signature`: whole, not proven to be the right file. That only its source can say.
 */
export const PublishedKeys = z.object({
  format: z.literal('yuanheng-keys-1'),
  station: z.string().max(64),
  stationName: z.string().max(512),
  asOfMs: z.int(),
  keys: z
    .array(
      z.object({
        id: KeyId,
        publicKey: z.string().max(200),
        fromMs: z.int(),
        untilMs: z.int().nullable(),
        revokedSinceMs: z.int().nullable(),
        vouched: z.boolean(),
      }),
    )
    .min(1)
    .max(1000),
  voided: z.array(z.object({ number: z.int().min(1), timeMs: z.int() })).max(1_000_000),
  signedBy: KeyId,
  signature: Signature,
});
export type PublishedKeys = z.infer<typeof PublishedKeys>;
export type PublishedBody = Omit<PublishedKeys, 'signature'>;

/** The message a file of published keys is signed over. */
export function publishedMessage(body: CanonicalValue, sha256: Checker['sha256']): string {
  return `yuanheng-keys-1:${sha256(canonicalJson(body))}`;
}

/** Reads a file of published keys; the error is for a person. */
export function readPublishedKeys(text: string, check: Checker): Result<PublishedKeys, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('not JSON');
  }
  const parsed = PublishedKeys.safeParse(json);
  if (!parsed.success) return err('not a file of published keys');
  const { signature, ...body } = parsed.data;
  const signer = body.keys.find(({ id }) => id === body.signedBy);
  const message = publishedMessage(body, check.sha256);
  return signer !== undefined && check.signatureHolds(signer.publicKey, message, signature)
    ? ok(parsed.data)
    : err('its signature does not hold');
}
