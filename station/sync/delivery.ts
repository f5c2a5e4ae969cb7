import * as z from 'zod';
import { KeyId, Signature } from '../ledger/bodies/keys.ts';

/** Version of the HTTP contract between a station and its city platform; see docs/platform-api.md. */
export const deliveryContract = 1;

const Sequence = z.int().min(1);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a platform takes at most in one delivery. */
export const maxDeliveryBytes = 1024 * 1024;

/** One ledger event as it goes to the platform: `event` is the exact text the hash was made of. */
export const Delivery = z
  .object({
    contract: z.literal(deliveryContract),
    sequence: Sequence,
    previousHash: Sha256,
    hash: Sha256,
    event: z.string().min(2).max(maxDeliveryBytes),
    /**
     * The station's signature of the event, see station/ledger/signing.ts; null for events inside a batch, whose last
     * one is signed, and for those of before the first key.
     */
    signed: z.object({ keyId: KeyId, signature: Signature }).readonly().nullable().default(null),
  })
  .readonly();
export type Delivery = z.infer<typeof Delivery>;

/** The only answer that means the platform holds the event. */
export const Acknowledgement = z
  .object({ accepted: z.literal(true), sequence: Sequence, hash: Sha256 })
  .readonly();
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** One key for one event, however often it is sent. */
export function idempotencyKey(stationId: string, sequence: number): string {
  return `${encodeURIComponent(stationId)}:${String(sequence)}`;
}

/** Where a station's events go. `baseUrl` with or without a trailing slash. */
export function eventsUrl(baseUrl: string, stationId: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/v1/stations/${encodeURIComponent(stationId)}/events`;
}
