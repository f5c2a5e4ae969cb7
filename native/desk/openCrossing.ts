import { openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { OpenCrossing } from '../../station/weighing/ports.ts';
import type { Stores } from '../store/stores.ts';

/** The crossing whose weighing was stored and whose vehicle was not seen to leave, if there is one. */
export function openCrossingOf(stores: Stores): OpenCrossing | null {
  const weighing = lastEvent(stores, 'weighing');
  if (weighing?.type !== 'weighing') return null;
  const closed = lastEvent(stores, 'crossing-closed');
  if (closed?.type === 'crossing-closed' && closed.body.crossingId === weighing.body.crossingId) return null;
  const { body } = weighing;
  const outcome = body.decision?.outcome ?? null;
  return {
    crossingId: body.crossingId,
    saved: {
      number: body.number,
      kind: body.kind,
      outcome,
      paper: outcome === 'allow' ? 'slip' : outcome === 'refuse' ? 'refusal' : null,
    },
    decision: body.decision,
    identity: { plate: body.plate, colour: body.colour, source: body.plateSource, wellFormed: true },
    facts: body.facts,
    peakKg: body.weighedKg,
  };
}

function lastEvent(stores: Stores, type: LedgerEvent['type']): LedgerEvent | null {
  const link = stores.ledger.lastOfType(type);
  if (link === null) return null;
  const opened = openLink(link);
  return opened.ok ? opened.value : null;
}
