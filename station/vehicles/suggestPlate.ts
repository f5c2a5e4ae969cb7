import * as z from 'zod';
import { plateKind } from './plate.ts';
import { PlateColour } from './plateColour.ts';

/** Why another plate may be meant than the one the camera read. */
export const suggestionReasons = [
  /** Read with characters cameras take for one another, or was not sure of. */
  'similar',
  /** The rear camera saw the trailer the register couples with it. */
  'trailer',
  /** The same characters, on a plate of another colour. */
  'colour',
  /** Weighed empty here and not gone yet. */
  'in-yard',
  /** Letters O and I stand nowhere after the second character. */
  'never-o-or-i',
  /** Read on this computer in a picture of a camera that reads no plates, or did not read this one. */
  'picture',
  /** A camera told it so late that it may be of the vehicle before or behind. */
  'seen-late',
] as const;
export const SuggestionReason = z.enum(suggestionReasons);
export type SuggestionReason = z.infer<typeof SuggestionReason>;

/** For a person to take or leave: a suggestion never names a vehicle by itself. */
export const PlateSuggestion = z.object({
  /** What was read; null when nothing was. */
  read: z.string().nullable(),
  plate: z.string(),
  colour: PlateColour,
  why: z.array(SuggestionReason),
  /** Where the two differ, by index; empty unless they are of one length. */
  differs: z.array(z.int()),
  /** Whether the register (备案) knows the suggested plate. */
  registered: z.boolean(),
  /** How sure the reading in a picture is; null where a camera read it. */
  percent: z.int().nullable(),
  /** SHA-256 of the picture it was read in. */
  picture: z.string().nullable(),
});
export type PlateSuggestion = z.infer<typeof PlateSuggestion>;

export interface KnownPlate {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly trailerPlate: string | null;
}

export interface ReadPlate {
  readonly text: string;
  readonly colour: PlateColour;
  /** One for each character, or none. */
  readonly characterPercents: readonly number[];
}

export interface SuggestionInput {
  /** Of the front camera; null when it read nothing. */
  readonly read: ReadPlate | null;
  readonly rearPlate: string | null;
  readonly known: readonly KnownPlate[];
  readonly inYard: (plate: string, colour: PlateColour) => boolean;
}

/** Sets of characters that look alike on a dirty plate. */
const alike = ['0ODQC', '8B36', '1IT7L', '2Z7', '5S6', '4A', 'UV', 'MNH', 'EF', 'GC6', 'KXR', 'PR', 'WV'];
const alikeCost = 0.5;
const otherCost = 1;
/** A character the camera itself doubts. */
const doubtedPercent = 80;
const doubtedFactor = 0.5;
const missingCost = 1;
/** Further off it is another vehicle. */
const mostCost = 1.2;
const trailerBonus = 0.7;
const yardBonus = 0.3;
/** Nearer together neither is the likelier. */
const clearBy = 0.25;
const unreadCost = 0.9;

interface Scored {
  readonly known: KnownPlate;
  readonly cost: number;
  readonly why: readonly SuggestionReason[];
}

/** The plate that was probably meant; null when the one read stands, or none is clearly the likeliest. */
export function suggestPlate(input: SuggestionInput): PlateSuggestion | null {
  const { read, known } = input;
  if (read !== null && known.some(({ plate, colour }) => plate === read.text && colour === read.colour)) {
    return null;
  }
  const [best, next] = known
    .flatMap((each) => {
      const scored = score(each, input);
      return scored === null ? [] : [scored];
    })
    .sort((one, other) => one.cost - other.cost);
  if (best === undefined) return read === null ? null : neverOOrI(read);
  if (next !== undefined && next.cost - best.cost < clearBy) return null;
  const { plate, colour } = best.known;
  return {
    read: read?.text ?? null,
    plate,
    colour,
    why: [...best.why],
    differs: read === null ? [] : differing(read.text, plate),
    registered: true,
    percent: null,
    picture: null,
  };
}

/** Of a plate that was read in a picture: always for a person to take, also when the register knows it as it was read. */
export function suggestFromPicture(
  input: ReadInput,
  { percent, picture }: { readonly percent: number; readonly picture: string },
): PlateSuggestion {
  return asRead(input, 'picture', percent, picture);
}

/** Of a plate a camera told late, with its picture where it sent one. */
export function suggestLate(input: ReadInput, picture: string | null): PlateSuggestion {
  return asRead(input, 'seen-late', null, picture);
}

type ReadInput = SuggestionInput & { readonly read: ReadPlate };

function asRead(
  input: ReadInput,
  why: SuggestionReason,
  percent: number | null,
  picture: string | null,
): PlateSuggestion {
  const { read, known } = input;
  const nearer = suggestPlate(input);
  if (nearer !== null) return { ...nearer, why: [why, ...nearer.why], percent, picture };
  const { text, colour } = read;
  return {
    read: text,
    plate: text,
    colour,
    why: [why],
    differs: [],
    registered: known.some((each) => each.plate === text && each.colour === colour),
    percent,
    picture,
  };
}

function score(known: KnownPlate, { read, rearPlate, inYard }: SuggestionInput): Scored | null {
  const trailer = rearPlate !== null && known.trailerPlate === rearPlate;
  if (read === null && !trailer) return null;
  const apart = read === null ? unreadCost : distance(read, known.plate);
  const base = apart - (trailer ? trailerBonus : 0);
  if (base > mostCost) return null;
  const yard = inYard(known.plate, known.colour);
  const why: SuggestionReason[] = [];
  if (read !== null) why.push(apart === 0 ? 'colour' : 'similar');
  if (trailer) why.push('trailer');
  if (yard) why.push('in-yard');
  return { known, cost: base - (yard ? yardBonus : 0), why };
}

/** How far a reading is from a plate: each character by how easily, and how doubtfully, it was read. */
export function distance({ text, characterPercents }: ReadPlate, plate: string): number {
  if (text.length === plate.length) {
    let cost = 0;
    for (let at = 0; at < text.length && cost <= mostCost + trailerBonus; at += 1) {
      cost += substitution(text[at] ?? '', plate[at] ?? '', characterPercents[at]);
    }
    return cost;
  }
  const [shorter, longer] = text.length < plate.length ? [text, plate] : [plate, text];
  if (longer.length - shorter.length > 1) return Number.POSITIVE_INFINITY;
  // One character too few or too many, anywhere.
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at += 1;
  return shorter.slice(at) === longer.slice(at + 1) ? missingCost : Number.POSITIVE_INFINITY;
}

/** One character off, and one that is easily taken for the other: the same plate read badly, more likely than not. */
export function isMisreading(read: ReadPlate, plate: string): boolean {
  return read.text !== plate && distance(read, plate) <= alikeCost;
}

function substitution(said: string, meant: string, percent: number | undefined): number {
  if (said === meant) return 0;
  const cost = alike.some((set) => set.includes(said) && set.includes(meant)) ? alikeCost : otherCost;
  return percent !== undefined && percent < doubtedPercent ? cost * doubtedFactor : cost;
}

function differing(one: string, other: string): number[] {
  if (one.length !== other.length) return [];
  return Array.from(one, (_, at) => at).filter((at) => one[at] !== other[at]);
}

/** Without any help of the register: what the grammar of plates leaves of it. */
function neverOOrI({ text, colour }: ReadPlate): PlateSuggestion | null {
  const plate = text.slice(0, 2) + text.slice(2).replaceAll('O', '0').replaceAll('I', '1');
  if (plate === text || plateKind(plate) === null) return null;
  return {
    read: text,
    plate,
    colour,
    why: ['never-o-or-i'],
    differs: differing(text, plate),
    registered: false,
    percent: null,
    picture: null,
  };
}
