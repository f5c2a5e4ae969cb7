import { provinces } from '../../station/vehicles/plate.ts';
import type { Box } from './picture.ts';
import { pointOf } from './picture.ts';
import type { Line } from './platesOf.ts';

/** A plate of one row is about three times as wide as high, one of two rows twice (GA 36). */
const doubleRow = { from: 1.2, to: 2.9, upperPart: 0.42 };
const province = new RegExp(`[${provinces}]`);
const fewest = 5;
const most = 8;

/** The two rows of a box that is as high as a large plate. */
export function rowsOf(box: Box): readonly Box[] {
  const shape = box.width / box.height;
  if (shape <= doubleRow.from || shape >= doubleRow.to) return [];
  const { upperPart } = doubleRow;
  return [part(box, [0, 1], [0, upperPart]), part(box, [0, 1], [upperPart, 1])];
}

/** Where the beginning of a plate must be whose end was found alone: to its left, or in a row above it. */
export function beginningsOf({ box, characters }: Line): readonly Box[] {
  const found = characters.length;
  if (found < fewest || found >= most) return [];
  if (characters.some(({ character }) => province.test(character))) return [];
  const missing = Math.max(1, 7 - found) + 0.7;
  const whole = part(box, [-missing / found, 1.02], [-0.05, 1.05]);
  return found === fewest ? [whole, part(box, [0.17, 0.83], [-0.78, 0.04])] : [whole];
}

/** Part of a box, or more than it: where it begins and ends across and down, the box itself being 0 to 1. */
function part(box: Box, across: readonly [number, number], down: readonly [number, number]): Box {
  const middle = pointOf(box, (across[0] + across[1]) / 2, (down[0] + down[1]) / 2);
  return {
    ...middle,
    width: (across[1] - across[0]) * box.width,
    height: (down[1] - down[0]) * box.height,
    angle: box.angle,
  };
}
