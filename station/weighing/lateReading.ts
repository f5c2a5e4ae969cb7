import type { PlateColour } from '../vehicles/plateColour.ts';
import { isMisreading } from '../vehicles/suggestPlate.ts';

/** What a camera told too late to name anyone. Time UTC ms, by our clock. */
export interface LateReading {
  /** Null where it could not read any. */
  readonly plate: string | null;
  readonly colour: PlateColour;
  readonly characterPercents: readonly number[];
  /** Of the other end, from a device that sees both. */
  readonly rearPlate: string | null;
  readonly end: 'front' | 'rear';
  readonly seenMs: number;
}

/** A weighing that stands written. Times UTC ms. */
export interface LateCandidate {
  readonly number: number;
  /** Every plate it goes by: as recorded, as corrected, of its trailer. */
  readonly plates: readonly string[];
  /** What cameras said of it already, by end. */
  readonly said: { readonly front: readonly string[]; readonly rear: readonly string[] };
  readonly begunMs: number;
  /** When its weight came to a rest; null where nothing tells. */
  readonly stableMs: number | null;
  /** Null while it stands there. */
  readonly closedMs: number | null;
}

export interface LateRules {
  /** So long before its wheels touch the scale a vehicle may be seen. */
  readonly aheadMs: number;
  /** Whether the register knows a vehicle of just this plate. */
  readonly isKnown: (plate: string) => boolean;
}

/** `told`: a camera said the same of that weighing in time, and nothing is new. */
export type LateOwner = { readonly number: number; readonly told: boolean } | null;

/** A camera is a little slower now than then. */
const jitterMs = 3000;
/** Seen first when it stood still for so long, a plate may be of the next one in the queue. */
const standsMs = 15_000;

/** The weighing whose own plate was read, or read badly, while it was there or came; the nearest in time. */
export function agreeingWeighing(
  reading: LateReading,
  candidates: readonly LateCandidate[],
  rules: LateRules,
): LateOwner {
  const there = nearestFirst(reading, candidates).filter((each) => wasThere(reading, each, rules));
  const read = [reading.plate, reading.rearPlate].filter((plate) => plate !== null);
  const owner =
    there.find(({ plates }) => read.some((plate) => plates.includes(plate))) ??
    there.find(({ plates }) => plates.some((plate) => isReadBadly(reading, plate, rules)));
  return owner === undefined ? null : ownerOf(reading, owner);
}

/**
 * The weighing of which no camera read that end, by time alone: of who stood there then and had not long stood still,
 * else of who came next.
 */
export function unreadWeighing(
  reading: LateReading,
  candidates: readonly LateCandidate[],
  rules: LateRules,
): LateOwner {
  const { seenMs, end } = reading;
  const unread = candidates.filter(
    (each) => each.said[end].length === 0 && wasThere(reading, each, rules) && seenMs <= queueFromMs(each),
  );
  const standing = unread.find((each) => each.begunMs <= seenMs);
  const coming = unread
    .filter((each) => each.begunMs > seenMs)
    .sort((one, other) => one.begunMs - other.begunMs)[0];
  // What a rear camera sees is never of who comes next.
  const owner = standing ?? (end === 'front' ? coming : undefined);
  return owner === undefined ? null : ownerOf(reading, owner);
}

/** How what a camera said late stands to the plates of its record. */
export function lateSays(
  { plate, rearPlate }: Pick<LateReading, 'plate' | 'rearPlate'>,
  plates: readonly string[],
): 'same' | 'other' | 'unread' {
  const read = [plate, rearPlate].filter((each) => each !== null);
  if (read.length === 0) return 'unread';
  return read.every((each) => plates.includes(each)) ? 'same' : 'other';
}

function ownerOf({ plate, rearPlate, end }: LateReading, { number, said }: LateCandidate): LateOwner {
  const isSaid =
    plate !== null && said[end].includes(plate) && (rearPlate === null || said.rear.includes(rearPlate));
  return { number, told: isSaid };
}

function wasThere({ seenMs }: LateReading, { begunMs, closedMs }: LateCandidate, rules: LateRules): boolean {
  return seenMs >= begunMs - rules.aheadMs && (closedMs === null || seenMs <= closedMs + jitterMs);
}

function queueFromMs({ begunMs, stableMs }: LateCandidate): number {
  return (stableMs ?? begunMs) + standsMs;
}

function isReadBadly(
  { plate, colour, characterPercents }: LateReading,
  own: string,
  { isKnown }: LateRules,
): boolean {
  return plate !== null && isMisreading({ text: plate, colour, characterPercents }, own) && !isKnown(plate);
}

function nearestFirst(
  { seenMs }: LateReading,
  candidates: readonly LateCandidate[],
): readonly LateCandidate[] {
  const apart = ({ begunMs, closedMs }: LateCandidate): number =>
    Math.max(0, begunMs - seenMs, closedMs === null ? 0 : seenMs - closedMs);
  return [...candidates].sort((one, other) => apart(one) - apart(other));
}
