import type { ExitMatch } from '../../station/exits/matchExit.ts';
import type { Sighting } from './sightings.ts';

/** What a camera at the exit saw just now. Time UTC ms. */
export interface SeenNow extends ExitMatch {
  readonly camera: string;
  readonly seenMs: number;
  readonly plate: string | null;
}

type EndOf = (camera: string) => 'front' | 'rear';

/** A camera that could not read a plate sees it a moment earlier or later, unless it is another truck's. */
const sameLookMs = 5000;
/** The cameras of both ends see one truck within this time. */
const bothEndsMs = 20_000;
/** A truck nobody can read stands in the picture, and is told again and again. */
export const unreadAgainMs = 60_000;

/** The sighting before of the truck that is seen now; null when this is the first. `seen` has the nearest first. */
export function sameTruck(now: SeenNow, seen: readonly Sighting[], endOf: EndOf): Sighting | null {
  return (
    seen.find((each) => isSameRecord(now, each)) ??
    (now.found === 'unreadable' ? seen.find((each) => isSameUnread(now, each)) : undefined) ??
    (endOf(now.camera) === 'rear' && isVague(now)
      ? seen.find(
          (each) =>
            endOf(each.camera) === 'front' &&
            isWithin(now, each, bothEndsMs) &&
            (each.found !== 'unreadable' || now.found === 'unreadable'),
        )
      : undefined) ??
    null
  );
}

/** The sighting without a name, a moment before, that the plate read now belongs to; null when there is none. */
export function unnamedBefore(now: SeenNow, seen: readonly Sighting[], endOf: EndOf): number | null {
  if (now.found === 'unreadable') return null;
  const unnamed = seen.find((each) => {
    if (each.settled !== null) return false;
    const otherEnd = endOf(each.camera) !== endOf(now.camera) && isWithin(now, each, bothEndsMs);
    if (each.found === 'unreadable')
      return otherEnd || (each.camera === now.camera && isWithin(now, each, sameLookMs));
    // What the rear camera made of a dirty plate, before the front one read it.
    return otherEnd && endOf(each.camera) === 'rear' && each.found === 'not-weighed';
  });
  return unnamed?.sequence ?? null;
}

/** Found to be the same: the same weighing, or the same plate without one. */
function isSameRecord(now: SeenNow, before: Sighting): boolean {
  if (before.found !== now.found) return false;
  return now.number !== null
    ? before.number === now.number
    : before.number === null && now.plate !== null && before.plate === now.plate;
}

function isSameUnread(now: SeenNow, before: Sighting): boolean {
  if (before.camera !== now.camera) return false;
  return isWithin(now, before, before.found === 'unreadable' ? unreadAgainMs : sameLookMs);
}

/** Nothing that names another truck than the one at the other end. */
function isVague({ found, probably }: SeenNow): boolean {
  return probably || found === 'unreadable' || found === 'not-weighed' || found === 'ignored';
}

function isWithin(now: SeenNow, before: Sighting, withinMs: number): boolean {
  return Math.abs(now.seenMs - before.seenMs) <= withinMs;
}
