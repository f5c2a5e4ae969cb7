import type { CallError } from '../../station/contract.ts';
import type { EventBody, WeighingBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { ClosedCrossing, WeighingDraft } from '../../station/weighing/ports.ts';
import type { CurveStore } from '../store/blobStore.ts';
import type { LedgerStore } from '../store/ledgerStore.ts';

/** Turns a lane's draft into a stored weighing: curve, event, outbox row and lists in one transaction. */
export function recordWeighing(
  stores: { readonly ledger: LedgerStore; readonly curves: CurveStore },
  draft: WeighingDraft,
  around: Pick<WeighingBody, 'instrument' | 'operator'>,
  curveText: string,
): Result<number, CallError> {
  const appended = stores.ledger.append((number) => ({
    type: 'weighing',
    body: { ...draft, ...around, number: number(), curveSha256: stores.curves.keep(curveText) },
  }));
  if (!appended.ok) return err({ code: 'store-failed', detail: appended.error.detail });
  const { event } = appended.value;
  return event.type === 'weighing'
    ? ok(event.body.number)
    : err({ code: 'store-failed', detail: 'the record read back is not a weighing' });
}

/** The end of a crossing with its curve, which goes on after the weight was saved: event and curve in one transaction, kept where the disk refuses them. */
export function recordCrossing(
  stores: { readonly ledger: LedgerStore; readonly curves: CurveStore },
  closed: ClosedCrossing & { readonly operator: string | null },
  curveText: string,
): Result<null, CallError> {
  const appended = stores.ledger.appendOrKeep((): EventBody => ({
    type: 'crossing-closed',
    body: { ...closed, curveSha256: stores.curves.keep(curveText) },
  }));
  return appended.ok ? ok(null) : err({ code: 'store-failed', detail: appended.error.detail });
}
