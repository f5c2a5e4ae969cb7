import type { Checker } from '../ledger/checker.ts';
import type { PublishedKeys } from '../ledger/publishedKeys.ts';
import type { SignedSlipCode } from './slipCode.ts';
import { isExpired, readSlipCode } from './slipCode.ts';

/**
 * What a scanned code is worth. Only `genuine` says that this station wrote exactly this, and that it still holds; one
 * paper shown by two trucks is the roadside's to see, so the plate stands largest.
 */
export type SlipVerdict =
  /** `voidsKnownMs`: until when the list of voided weighings is complete. */
  | {
      readonly kind: 'genuine';
      readonly slip: SignedSlipCode;
      readonly voidsKnownMs: number;
      readonly stationName: string;
    }
  | { readonly kind: 'expired'; readonly slip: SignedSlipCode; readonly stationName: string }
  | { readonly kind: 'voided'; readonly slip: SignedSlipCode; readonly voidedMs: number }
  /** The signature does not hold under any key this station published. */
  | { readonly kind: 'altered'; readonly slip: SignedSlipCode }
  /** Signed with a key that was not to be believed any more. */
  | { readonly kind: 'revoked-key'; readonly slip: SignedSlipCode }
  | { readonly kind: 'unknown-station'; readonly slip: SignedSlipCode }
  | { readonly kind: 'drill'; readonly slip: SignedSlipCode }
  | { readonly kind: 'not-a-slip' };

/** Checks a code as it was scanned against the published keys at hand. Times UTC ms. */
export function verdictOfSlip(
  scanned: string,
  published: readonly PublishedKeys[],
  nowMs: number,
  check: Checker,
): SlipVerdict {
  const read = readSlipCode(scanned);
  if (!read.ok) return { kind: 'not-a-slip' };
  const slip = read.value;
  if (slip.drill) return { kind: 'drill', slip };
  // The newest list knows most of what was voided.
  const [station] = published
    .filter((each) => each.station === slip.station)
    .sort((one, other) => other.asOfMs - one.asOfMs);
  if (station === undefined) return { kind: 'unknown-station', slip };
  const key = station.keys.find(({ publicKey }) =>
    check.signatureHolds(publicKey, slip.message, slip.signature),
  );
  if (key === undefined) return { kind: 'altered', slip };
  if (key.revokedSinceMs !== null && slip.timeMs >= key.revokedSinceMs) return { kind: 'revoked-key', slip };
  const voided = station.voided.find(({ number }) => number === slip.number);
  if (voided !== undefined) return { kind: 'voided', slip, voidedMs: voided.timeMs };
  const { stationName, asOfMs } = station;
  return isExpired(slip, nowMs)
    ? { kind: 'expired', slip, stationName }
    : { kind: 'genuine', slip, voidsKnownMs: asOfMs, stationName };
}
