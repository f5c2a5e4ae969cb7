import * as z from 'zod';
import { KeyId, Signature } from '../ledger/bodies/keys.ts';

/** Version of the HTTP contract between a station and its city platform; see docs/platform-api.md. */
export const deliveryContract = 1;

const Sequence = z.int().min(1);
const Epoch = z.int().min(1).max(1_000_000);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a platform takes at most in one delivery. */
export const maxDeliveryBytes = 1024 * 1024;

/** One ledger event as it goes to the platform: `event` is the exact text the hash was made of. */
export const Delivery = z
  .object({
    contract: z.literal(deliveryContract),
    sequence: Sequence,
    /** Left out while it is 0: the branch of the ledger, counted up by each restore from a backup. */
    epoch: Epoch.optional(),
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
export function idempotencyKey(stationId: string, sequence: number, epoch = 0): string {
  const name = `${encodeURIComponent(stationId)}:${String(sequence)}`;
  return epoch === 0 ? name : `${name}:${String(epoch)}`;
}

/** Where the furthest event a platform holds of a station is asked for. */
export function headUrl(baseUrl: string, stationId: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/v1/stations/${encodeURIComponent(stationId)}/head`;
}

/** The platform's own word on how far it knows this ledger; null while it holds nothing. */
export const HeadAnswer = z.object({
  head: z
    .object({
      epoch: z.int().min(0),
      sequence: Sequence,
      hash: Sha256,
      timeMs: z.int(),
      /** The highest weighing number of any epoch; 0 for none. */
      number: z.int().min(0),
    })
    .nullable(),
});

/** Where a station's events go. `baseUrl` with or without a trailing slash. */
export function eventsUrl(baseUrl: string, stationId: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/v1/stations/${encodeURIComponent(stationId)}/events`;
}
