import { plateKind } from '../../station/vehicles/plate.ts';
import type { Box } from './picture.ts';
import type { ReadCharacter } from './readLine.ts';

const shortestPlate = 7;
const longestPlate = 8;

/** A line of text in a picture. */
export interface Line {
  readonly box: Box;
  readonly characters: readonly ReadCharacter[];
}

export interface ReadPlateText {
  readonly text: string;
  readonly characterPercents: readonly number[];
  /** The lines it stands in: one, or the two rows of a large plate. */
  readonly boxes: readonly Box[];
}

/** The plates among the lines, the surest first; each line belongs to one plate at most. */
export function platesOf(lines: readonly Line[]): readonly ReadPlateText[] {
  const single = lines.map((line) => [line]);
  const pairs = lines.flatMap((one) =>
    lines
      .filter((other) => other !== one && (isBelow(one.box, other.box) || isBeside(one.box, other.box)))
      .map((other) => [one, other]),
  );
  const plates = [...pairs, ...single].flatMap((together) => {
    const plate = plateIn(joined(together));
    return plate === null ? [] : [{ ...plate, boxes: together.map(({ box }) => box) }];
  });
  const taken = new Set<Box>();
  return plates
    .sort((one, other) => sureness(other) - sureness(one))
    .filter(({ boxes }) => {
      if (boxes.some((box) => taken.has(box))) return false;
      for (const box of boxes) taken.add(box);
      return true;
    });
}

/** Of all its characters; one that is doubtful makes the plate so. */
export function confidencePercent({ characterPercents }: Pick<ReadPlateText, 'characterPercents'>): number {
  const sum = characterPercents.reduce((total, percent) => total + percent, 0);
  return Math.round(sum / Math.max(1, characterPercents.length));
}

function sureness(plate: Pick<ReadPlateText, 'characterPercents' | 'text'>): number {
  return confidencePercent(plate) + Math.min(...plate.characterPercents);
}

/** Where two pieces of one row overlap, the character at the seam stands in both. */
function joined(together: readonly Line[]): readonly ReadCharacter[] {
  const [one, other] = together;
  if (one === undefined || other === undefined) return one?.characters ?? [];
  const { along } = between(one.box, other.box);
  const overlap = (one.box.width + other.box.width) / 2 - along;
  const twice = one.characters.at(-1)?.character === other.characters[0]?.character;
  const atSeam = isBeside(one.box, other.box) && overlap > 0.3 * other.box.height && twice;
  return [...one.characters, ...other.characters.slice(atSeam ? 1 : 0)];
}

/** Letters O and I stand nowhere after the second character; whatever is printed around a plate is left away. */
function plateIn(characters: readonly ReadCharacter[]): Omit<ReadPlateText, 'boxes'> | null {
  for (let from = 0; from + shortestPlate <= characters.length; from += 1) {
    for (const length of [longestPlate, shortestPlate]) {
      const part = withoutStroke(characters.slice(from)).slice(0, length);
      if (part.length < length) continue;
      const text = part
        .map(({ character }, at) => (at < 2 ? character : character.replace('O', '0').replace('I', '1')))
        .join('');
      if (plateKind(text) !== null) return { text, characterPercents: part.map(({ percent }) => percent) };
    }
  }
  return null;
}

/** No place has the letter I: after a province it is the last stroke of 川, or the plate's border, read twice. */
function withoutStroke(characters: readonly ReadCharacter[]): readonly ReadCharacter[] {
  const second = characters[1]?.character ?? '';
  return ['I', '1'].includes(second) ? characters.toSpliced(1, 1) : characters;
}

/** The lower row of a large plate (GA 36: 440 mm × 220 mm): five characters below province and letter. */
function isBelow(upper: Box, lower: Box): boolean {
  const { along, across } = between(upper, lower);
  const apart = (upper.height + lower.height) / 2;
  const alike = upper.height > 0.3 * lower.height && upper.height < 1.3 * lower.height;
  return (
    alike &&
    upper.width < 1.1 * lower.width &&
    across > 0.45 * apart &&
    across < 1.6 * apart &&
    Math.abs(along) < 0.35 * lower.width
  );
}

/** One row that was found in two pieces, parted at the dot. */
function isBeside(left: Box, right: Box): boolean {
  const { along, across } = between(left, right);
  const height = Math.max(left.height, right.height);
  const gap = along - (left.width + right.width) / 2;
  const alike = Math.min(left.height, right.height) > 0.6 * height;
  return alike && along > 0 && gap < 1.2 * height && gap > -0.8 * height && Math.abs(across) < 0.4 * height;
}

/** From the middle of one box to that of another, as seen along the second one's text. */
function between(from: Box, to: Box): { readonly along: number; readonly across: number } {
  const cos = Math.cos(to.angle);
  const sin = Math.sin(to.angle);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return { along: dx * cos + dy * sin, across: dy * cos - dx * sin };
}
