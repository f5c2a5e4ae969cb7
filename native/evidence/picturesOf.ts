import type { LedgerEvent } from '../../station/ledger/event.ts';

/** The pictures an event names for a weighing besides the weighing itself; null where it names none. */
export function picturesOf(event: LedgerEvent): { number: number; pictures: readonly string[] } | null {
  switch (event.type) {
    case 'release-granted':
      return { number: event.body.number, pictures: [event.body.picture] };
    case 'pictures-taken': {
      const { number, shots } = event.body;
      return { number, pictures: shots.flatMap(({ sha256 }) => sha256 ?? []) };
    }
    case 'exit-seen': {
      const { number, pictures } = event.body;
      return number === null ? null : { number, pictures };
    }
    default:
      return null;
  }
}
