import type { Checker } from '../ledger/checker.ts';
import type { PublishedKeys } from '../ledger/publishedKeys.ts';
import type { SignedSlipCode } from './slipCode.ts';
import { isExpired, readSlipCode } from './slipCode.ts';

/**
 * What a scanned code is worth. Only `genuine` says that this station wrote exactly this, and that it still holds; one
 * paper shown by two trucks is the roadside's to see, so the plate stands largest.
 */
export type SlipVerdict =
  /**
   * `voidsKnownMs`: until when the list of voided weighings is complete; `listIsOlder`: it ends before this slip began, so
   * nobody here knows whether it was voided. `checkedMs`: the checking device's own clock, by which the hours were
   * counted; `clockIsBehind`: the slip is from after it, so that clock is wrong.
   */
  | {
      readonly kind: 'genuine';
      readonly slip: SignedSlipCode;
      readonly voidsKnownMs: number;
      readonly listIsOlder: boolean;
      readonly checkedMs: number;
      readonly clockIsBehind: boolean;
      readonly stationName: string;
    }
  | {
      readonly kind: 'expired';
      readonly slip: SignedSlipCode;
      readonly stationName: string;
      readonly checkedMs: number;
    }
  | {
      readonly kind: 'voided';
      readonly slip: SignedSlipCode;
      readonly voidedMs: number;
      readonly voidsKnownMs: number;
    }
  /** The signature does not hold under any key this station published. */
  | { readonly kind: 'altered'; readonly slip: SignedSlipCode }
  /** Signed with a key that was not to be believed any more. */
  | { readonly kind: 'revoked-key'; readonly slip: SignedSlipCode }
  | { readonly kind: 'unknown-station'; readonly slip: SignedSlipCode }
  | { readonly kind: 'drill'; readonly slip: SignedSlipCode }
  | { readonly kind: 'not-a-slip' };

/** A telephone's clock and a station's may be this far apart without anybody's fault. */
const clockSlackMs = 5 * 60_000;

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
  if (voided !== undefined)
    return { kind: 'voided', slip, voidedMs: voided.timeMs, voidsKnownMs: station.asOfMs };
  const { stationName, asOfMs } = station;
  if (isExpired(slip, nowMs)) return { kind: 'expired', slip, stationName, checkedMs: nowMs };
  return {
    ...{ kind: 'genuine', slip, stationName, checkedMs: nowMs },
    ...{ voidsKnownMs: asOfMs, listIsOlder: asOfMs < slip.timeMs },
    clockIsBehind: slip.timeMs > nowMs + clockSlackMs,
  };
}
