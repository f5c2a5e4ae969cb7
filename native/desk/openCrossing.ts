import { openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { OpenCrossing } from '../../station/weighing/ports.ts';
import type { Stores } from '../store/stores.ts';

/** The crossing that began, or was weighed, and was not seen to end; null when there is none. */
export function openCrossingOf(stores: Stores): OpenCrossing | null {
  const closed = lastEvent(stores, 'crossing-closed');
  const closedId = closed?.type === 'crossing-closed' ? closed.body.crossingId : null;
  const weighing = lastEvent(stores, 'weighing');
  const begun = lastEvent(stores, 'crossing-begun');
  const weighed = weighing?.type === 'weighing' && weighing.body.crossingId !== closedId ? weighing : null;
  const started = begun?.type === 'crossing-begun' && begun.body.crossingId !== closedId ? begun : null;
  if (started !== null && started.body.crossingId !== weighed?.body.crossingId) {
    return { crossingId: started.body.crossingId, stored: null, peakKg: started.body.kg };
  }
  if (weighed === null) return null;
  const { body } = weighed;
  const outcome = body.decision?.outcome ?? null;
  return {
    crossingId: body.crossingId,
    stored: {
      saved: {
        number: body.number,
        kind: body.kind,
        outcome,
        paper: outcome === 'allow' ? 'slip' : outcome === 'refuse' ? 'refusal' : null,
      },
      decision: body.decision,
      identity: { plate: body.plate, colour: body.colour, source: body.plateSource, wellFormed: true },
      facts: body.facts,
    },
    peakKg: body.weighedKg,
  };
}

function lastEvent(stores: Stores, type: LedgerEvent['type']): LedgerEvent | null {
  const link = stores.ledger.lastOfType(type);
  if (link === null) return null;
  const opened = openLink(link);
  return opened.ok ? opened.value : null;
}
