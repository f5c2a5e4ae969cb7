import type { LedgerEvent } from '../../station/ledger/event.ts';

/** The pictures an event names for a weighing besides the weighing itself; null where it names none. */
export function picturesOf(event: LedgerEvent): { number: number; pictures: readonly string[] } | null {
  if (event.type === 'release-granted') return { number: event.body.number, pictures: [event.body.picture] };
  if (event.type === 'pictures-taken') {
    const { number, shots } = event.body;
    return { number, pictures: shots.flatMap(({ sha256 }) => sha256 ?? []) };
  }
  if (event.type !== 'exit-seen' || event.body.number === null) return null;
  return { number: event.body.number, pictures: event.body.pictures };
}
