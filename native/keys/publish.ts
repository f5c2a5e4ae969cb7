import { openLink } from '../../station/ledger/chain.ts';
import { KeyHistory } from '../../station/ledger/keyHistory.ts';
import type { PublishedBody, PublishedKeys } from '../../station/ledger/publishedKeys.ts';
import { publishedMessage } from '../../station/ledger/publishedKeys.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Db } from '../store/database.ts';
import { linksOfTypes } from '../store/ledgerLinks.ts';
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
  return ok(signedList(check.keys, stores.db, station, signer, nowMs));
}

/**
 * The same beside the weighing, which a look at the whole ledger would hold up: the keys come from the events about
 * keys alone, each of which a key has signed.
 */
export function publishedKeysNow(
  { db }: Pick<Stores, 'db'>,
  station: { readonly id: string; readonly name: string },
  signer: Signer,
  nowMs: number,
): Result<PublishedKeys, string> {
  const history = new KeyHistory();
  for (const link of linksOfTypes(db, ['key-introduced', 'key-revoked'])) {
    const opened = openLink(link);
    const fault = opened.ok ? history.take(opened.value, link.hash, link.signed, true) : opened.error;
    if (fault !== null) return err(`the ledger does not hold: ${fault.kind} ${String(fault.sequence)}`);
  }
  return ok(signedList(history, db, station, signer, nowMs));
}

function signedList(
  { keys: known }: KeyHistory,
  db: Db,
  station: { readonly id: string; readonly name: string },
  signer: Signer,
  nowMs: number,
): PublishedKeys {
  const fromOf = (sequence: number | null): number | null =>
    known.find(({ fromSequence }) => fromSequence === sequence)?.fromMs ?? null;
  const voided = db
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
  return { ...body, signature: signer.sign(publishedMessage(body, nodeChecker.sha256)) };
}
