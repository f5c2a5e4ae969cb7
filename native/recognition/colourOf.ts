import { plateKind } from '../../station/vehicles/plate.ts';
import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import type { Box, Picture } from './picture.ts';
import { pointOf } from './picture.ts';

const samplesAcross = 24;
const samplesDown = 8;

/** What the characters say of a plate's colour (GA 36), and where they say nothing, what its ground looks like. */
export function colourOf(text: string, picture: Picture, box: Box): PlateColour {
  switch (plateKind(text)) {
    case 'nev-small':
      return 'gradient-green';
    case 'nev-large':
      return 'yellow-green';
    case 'trailer':
      return 'yellow';
    case 'suffix':
      if (text.endsWith('警')) return 'white';
      if (text.endsWith('学')) return 'yellow';
      return 'black';
    case 'normal':
    case null:
      return groundOf(picture, box);
  }
}

type Ground = 'blue' | 'yellow' | 'green' | 'white' | 'black';

/** The ground has more pixels than the characters. */
function groundOf({ width, height, rgb }: Picture, box: Box): PlateColour {
  const votes: Record<Ground, number> = { blue: 0, yellow: 0, green: 0, white: 0, black: 0 };
  for (let across = 0; across < samplesAcross; across += 1) {
    for (let down = 0; down < samplesDown; down += 1) {
      const { x, y } = pointOf(
        box,
        0.08 + (0.84 * across) / samplesAcross,
        0.15 + (0.7 * down) / samplesDown,
      );
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = (Math.floor(y) * width + Math.floor(x)) * 3;
      votes[ground(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0)] += 1;
    }
  }
  // Characters are white or black themselves: a ground with a colour needs no more than a third.
  const total = Object.values(votes).reduce((sum, count) => sum + count, 0);
  for (const coloured of ['blue', 'yellow', 'green'] as const)
    if (votes[coloured] > total / 3) return coloured;
  return votes.white > votes.black ? 'white' : 'black';
}

function ground(red: number, green: number, blue: number): Ground {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < 0.25 * most || most < 40) return most > 120 ? 'white' : 'black';
  const span = most - least;
  if (most === blue) return 'blue';
  const hue = most === red ? ((green - blue) / span) * 60 : 120 + ((blue - red) / span) * 60;
  if (hue >= 180) return 'blue';
  return hue > 75 ? 'green' : 'yellow';
}
