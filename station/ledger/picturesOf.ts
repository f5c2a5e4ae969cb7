import type { Shot } from './bodies/pictures.ts';
import type { LedgerEvent } from './event.ts';

export interface NamedPictures {
  /** The weighing they are of; null for those of none. */
  readonly number: number | null;
  /** By SHA-256. */
  readonly pictures: readonly string[];
}

/**
 * Which pictures an event names, and of which weighing: the one place that knows, for whoever looks for them, copies
 * them, proves them or takes them away.
 */
export function picturesOf(event: LedgerEvent): NamedPictures {
  if (event.type === 'weighing' || event.type === 'exit-seen' || event.type === 'plate-told-late')
    return event.body;
  if (event.type === 'pictures-taken')
    return { number: event.body.number, pictures: taken(event.body.shots) };
  if (event.type === 'release-granted') return { number: event.body.number, pictures: [event.body.picture] };
  return { number: null, pictures: ofNoWeighing(event) };
}

function ofNoWeighing(event: LedgerEvent): readonly string[] {
  if (event.type === 'manual-weighing') return event.body.picture === null ? [] : [event.body.picture];
  if (event.type === 'manual-pictures-taken') return taken(event.body.shots);
  if (event.type === 'vehicle-stated') {
    const { papers, trailer } = event.body;
    return [papers, ...(trailer === null ? [] : [trailer.papers])].flatMap(documentsOf);
  }
  if (event.type === 'register-changed')
    return event.body.now === null ? [] : documentsOf(event.body.now.entry);
  return [];
}

function taken(shots: readonly Shot[]): readonly string[] {
  return shots.flatMap(({ sha256 }) => sha256 ?? []);
}

/** The scanned papers an entry of the register names (行驶证, 随车清单, 道路运输证, …). */
export function documentsOf(entry: object): readonly string[] {
  return Object.entries(entry).flatMap(([field, value]) =>
    field.endsWith('Picture') && typeof value === 'string' ? [value] : [],
  );
}
