import type { PublishedBody, PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { publishedMessage } from '../../station/ledger/publishedKeys.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Stores } from '../store/stores.ts';
import { nodeChecker } from './checker.ts';

/** How long a void is of interest to the roadside: no slip is good for longer. */
const voidsForMs = 30 * 86_400_000;

/**
 * The station's keys and voids for everyone who checks its papers. The keys come from the ledger's own events, checked
 * again from the first one.
 */
export function publishedKeys(
  stores: Pick<Stores, 'db' | 'ledger'>,
  station: { readonly id: string; readonly name: string },
  signer: Signer,
  nowMs: number,
): Result<PublishedKeys, string> {
  const check = new LedgerCheck({ every: false });
  for (const link of stores.ledger.links()) {
    const taken = check.take(link);
    if ('fault' in taken)
      return err(`the ledger does not hold: ${taken.fault.kind} ${String(taken.fault.sequence)}`);
  }
  const known = check.keys.keys;
  const fromOf = (sequence: number | null): number | null =>
    known.find(({ fromSequence }) => fromSequence === sequence)?.fromMs ?? null;
  const voided = stores.db
    .prepare(
      `SELECT v.number, l.time_ms AS timeMs FROM voids v JOIN ledger l USING (sequence)
       WHERE l.time_ms >= ? ORDER BY v.number`,
    )
    .all(nowMs - voidsForMs) as { number: number; timeMs: number }[];
  const body: PublishedBody = {
    format: 'yuanheng-keys-1',
    station: station.id,
    stationName: station.name,
    asOfMs: nowMs,
    keys: known.map(({ keyId, publicKey, fromMs, untilSequence, revokedSinceMs, vouched }) => ({
      id: keyId,
      publicKey,
      fromMs,
      untilMs: fromOf(untilSequence),
      revokedSinceMs,
      vouched,
    })),
    voided,
    signedBy: signer.keyId,
  };
  return ok({ ...body, signature: signer.sign(publishedMessage(body, nodeChecker.sha256)) });
}
