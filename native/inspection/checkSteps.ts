import type { ChainProgress } from '../../station/contract.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import type { Db } from '../store/database.ts';
import { HeadCheck } from '../verify/heads.ts';
import { linksIn } from '../store/ledgerLinks.ts';

const page = 200;

/**
 * Checks a store's whole chain, every signature of it, as far as it reached when the check began. Yields after so
 * many links; the last value says how it ended.
 */
export function* checkSteps(db: Db, nowMs: () => number): Generator<ChainProgress, void> {
  const total = Number(db.prepare('SELECT coalesce(max(sequence), 0) FROM ledger').pluck().get());
  const check = new LedgerCheck({ every: true });
  const hashAt = db.prepare('SELECT hash FROM ledger WHERE sequence = ?').pluck();
  const heads = new HeadCheck((sequence) => (hashAt.get(sequence) as string | undefined) ?? null);
  const counts = { events: 0, weighings: 0, signatures: 0, headSequence: 0, headHash: '' };
  const done = (fault: string | null): ChainProgress => ({
    state: 'done',
    endedMs: nowMs(),
    ...counts,
    fault,
  });
  for (let from = 1; from <= total;) {
    const links = linksIn(db, from, page);
    if (links.length === 0) {
      yield done(`sequence ${String(from)}`);
      return;
    }
    for (const link of links) {
      if (link.sequence > total) break;
      const taken = check.take(link);
      if ('fault' in taken) {
        yield done(`${taken.fault.kind} ${String(taken.fault.sequence)}`);
        return;
      }
      const head = heads.take(taken.event);
      if (head !== null) {
        yield done(`${head.code} ${String(link.sequence)}`);
        return;
      }
      counts.events += 1;
      if (taken.event.type === 'weighing') counts.weighings += 1;
      counts.headSequence = link.sequence;
      counts.headHash = link.hash;
    }
    from = counts.headSequence + 1;
    yield { state: 'running', taken: counts.headSequence, total };
  }
  const end = check.finish();
  if ('summary' in end) counts.signatures = end.summary.signaturesChecked;
  yield done('fault' in end ? `${end.fault.kind} ${String(end.fault.sequence)}` : null);
}
