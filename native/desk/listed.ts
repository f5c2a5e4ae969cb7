import type { ListEntry } from '../../station/limits/case.ts';
import type { ListingEntry } from '../../station/vehicles/register/entries.ts';
import type { Identity } from '../../station/weighing/visit.ts';
import type { RegisterStore } from '../store/registerStore.ts';

/**
 * What the lists say of a vehicle and the trailer behind it on a day (YYYY-MM-DD). The blacklist holds for the plate's
 * characters, whatever colour was read or typed; a whitelist entry for the very plate and colour it names.
 */
export function listedOf(
  register: RegisterStore,
  { plate, colour }: Pick<Identity, 'plate' | 'colour'>,
  trailerPlate: string | null,
  date: string,
): ListEntry | null {
  const inForce = (of: string): readonly ListingEntry[] =>
    register.listings(of).filter(({ until }) => until === null || until >= date);
  const own = inForce(plate);
  const black = own.find(({ list }) => list === 'black');
  if (black !== undefined) return entryOf(black, black.reason);
  const pulled = trailerPlate === null ? [] : inForce(trailerPlate);
  const blackTrailer = pulled.find(({ list }) => list === 'black');
  if (blackTrailer !== undefined)
    return entryOf(blackTrailer, `${blackTrailer.plate} ${blackTrailer.reason}`);
  const white = own.find((each) => each.list === 'white' && each.colour === colour);
  return white === undefined ? null : entryOf(white, white.reason);
}

function entryOf({ list, by }: ListingEntry, reason: string): ListEntry {
  return { list, reason, by: by ?? '' };
}
