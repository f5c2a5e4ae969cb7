import type { ExitFound } from '../ledger/bodies/pictures.ts';
import { plateKind } from '../vehicles/plate.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import type { ExitPlate, ExitReading, WeighedVehicle } from './whoIsIt.ts';
import { whoIsIt } from './whoIsIt.ts';

/** What the yard's records say of one weighing a vehicle at the exit may be of. Times UTC ms. */
export interface Weighed extends WeighedVehicle {
  readonly timeMs: number;
  readonly kind: 'tare' | 'gross';
  readonly outcome: 'allow' | 'refuse' | 'cannot-decide' | null;
  readonly released: boolean;
  readonly voided: boolean;
}

export interface ExitAround {
  /** UTC ms. */
  readonly seenMs: number;
  readonly slipValidMs: number;
  /** A truck that is gone sooner after its tare was not loaded. */
  readonly onlyTaredMs: number;
  /** Colours the yard's own trucks do not carry. */
  readonly ignoreColours: readonly PlateColour[];
  /** Whether the register knows a vehicle of just this plate, in whatever colour. */
  readonly isKnown: (plate: string) => boolean;
  readonly isWhitelisted: (plate: string, colour: PlateColour) => boolean;
  /** When a truck that still stands there was seen first, by its weighing; null for one that comes only now. */
  readonly standsSinceMs: (number: number) => number | null;
}

export interface ExitMatch {
  readonly found: ExitFound;
  readonly number: number | null;
  readonly probably: boolean;
}

/** What lets out: whoever is seen again under the same weighing was not weighed for that. */
export const letOut: readonly ExitFound[] = ['slip', 'released', 'empty'];

const suspicious: ReadonlySet<ExitFound> = new Set<ExitFound>([
  'only-tared',
  'refused',
  'no-decision',
  'voided',
  'slip-expired',
  'not-weighed',
  'unreadable',
]);

/** Whether a person has to look at it: not again for a truck that is still standing there. */
export function standsOut({
  found,
  again,
}: {
  readonly found: ExitFound;
  readonly again: number | null;
}): boolean {
  return again === null && suspicious.has(found);
}

/** What a vehicle at the exit belongs to; `weighed` are the weighings within the time a truck may be in the yard. */
export function matchExit(reading: ExitReading, weighed: readonly Weighed[], around: ExitAround): ExitMatch {
  const who = whoIsIt(reading, weighed, around.isKnown);
  if (who.kind !== 'one')
    return { found: unweighed(reading, around), number: null, probably: who.kind === 'several' };
  const { vehicle, surely } = who;
  // A white list speaks of just this plate, a guess of another one.
  if (!surely && unweighed(reading, around) === 'listed')
    return { found: 'listed', number: null, probably: false };
  const sinceMs = around.standsSinceMs(vehicle.number);
  // One slip lets one truck out once.
  if (vehicle.left && sinceMs === null) {
    const found = unweighed(reading, around) === 'listed' ? 'listed' : 'not-weighed';
    return { found, number: null, probably: found === 'not-weighed' && !surely };
  }
  const found = foundOf(vehicle, { ...around, seenMs: sinceMs ?? around.seenMs });
  return { found, number: vehicle.number, probably: !surely };
}

function foundOf(last: Weighed, { seenMs, slipValidMs, onlyTaredMs }: ExitAround): ExitFound {
  const sinceMs = seenMs - last.timeMs;
  if (last.voided) return 'voided';
  if (last.kind === 'tare') return sinceMs > onlyTaredMs ? 'only-tared' : 'empty';
  if (last.released) return 'released';
  if (last.outcome === 'refuse') return 'refused';
  if (last.outcome !== 'allow') return 'no-decision';
  return sinceMs > slipValidMs ? 'slip-expired' : 'slip';
}

function unweighed(
  { front, rear }: ExitReading,
  { ignoreColours, isKnown, isWhitelisted }: ExitAround,
): ExitFound {
  const named = [front, rear].find((read) => isVehicle(read)) ?? null;
  if (named === null) return 'unreadable';
  if (isWhitelisted(named.text, named.colour)) return 'listed';
  return ignoreColours.includes(named.colour) && !isKnown(named.text) ? 'ignored' : 'not-weighed';
}

/** A trailer's plate names no vehicle: it goes with one tractor today and with another tomorrow. */
function isVehicle(read: ExitPlate | null): read is ExitPlate {
  return read !== null && read.wellFormed && plateKind(read.text) !== 'trailer';
}
