import type { CallError, Recheck } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingEvent } from '../../station/ledger/event.ts';
import { eventMessage, signatureHolds } from '../../station/ledger/signing.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { frameKg } from '../desk/curvePoints.ts';
import { redecideOne } from '../rules/redecide.ts';
import { recordPictures, wasRemoved } from '../pictures/recordPictures.ts';
import type { Records } from '../store/records.ts';

export type RuleSetOf = (sha256: string) => RuleSet | null;

/** Makes out again, from the stored bytes alone, whether a record still holds. Errors: there is none, or no JSON in it. */
export function recheck(
  records: Records,
  number: number,
  ruleSetOf: RuleSetOf,
): Result<{ readonly check: Recheck; readonly event: WeighingEvent }, CallError> {
  const link = records.ledger.linkOfNumber(number);
  if (link === null) return err({ code: 'no-such-passage', detail: String(number) });
  const opened = openLink(link);
  if (!opened.ok || opened.value.type !== 'weighing')
    return err({ code: 'store-failed', detail: `record ${String(number)} does not hold` });
  const event = opened.value as WeighingEvent;
  const { body } = event;
  const before = link.sequence === 1 ? null : records.ledger.link(link.sequence - 1);
  const readKg = frameKg(body.frames.at(-1) ?? '', body.instrument);
  const named = recordPictures(records, number);
  const kept = named.filter((sha256) => records.pictures.read(sha256) !== null);
  return ok({
    event,
    check: {
      number,
      link: link.sequence === 1 || before?.hash === link.previousHash,
      ...signatureOf(records, link, event.timeMs),
      weight: readKg === null ? 'cannot' : readKg === body.weighedKg ? 'same' : 'differs',
      readKg,
      ...decisionOf(event, ruleSetOf),
      pictures: {
        named: named.length,
        kept: kept.length,
        removed: named.filter((sha256) => !kept.includes(sha256) && wasRemoved(records.db, sha256)).length,
      },
      curve:
        body.curveSha256 === null
          ? 'none'
          : records.curves.read(body.curveSha256) === null
            ? 'missing'
            : 'kept',
    },
  });
}

function signatureOf(
  { db }: Records,
  { hash, signed }: SignedLink,
  timeMs: number,
): Pick<Recheck, 'signature' | 'keyId'> {
  if (signed === null) return { signature: 'unsigned', keyId: null };
  const { keyId } = signed;
  const key = db
    .prepare('SELECT public_key AS publicKey, revoked_since_ms AS sinceMs FROM station_keys WHERE key_id = ?')
    .get(keyId) as { publicKey: string; sinceMs: number | null } | undefined;
  if (key === undefined) return { signature: 'unknown-key', keyId };
  if (!signatureHolds(key.publicKey, eventMessage(hash), signed.signature))
    return { signature: 'wrong', keyId };
  return { signature: key.sinceMs !== null && timeMs >= key.sinceMs ? 'revoked-key' : 'holds', keyId };
}

function decisionOf(event: WeighingEvent, ruleSetOf: RuleSetOf): Pick<Recheck, 'decision' | 'changed'> {
  const again = redecideOne(event, ruleSetOf);
  switch (again?.kind) {
    case undefined:
      return { decision: 'none', changed: [] };
    case 'same':
      return { decision: 'same', changed: [] };
    case 'differs':
      return { decision: 'differs', changed: [...again.changed] };
    case 'cannot':
      return { decision: 'cannot', changed: [again.why.slice(0, 200)] };
  }
}
