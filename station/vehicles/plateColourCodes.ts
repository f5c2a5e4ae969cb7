import type { PlateKind } from './plate.ts';
import type { PlateColour } from './plateColour.ts';

/** JT/T 697.7 and 网络货运. Its 91 农黄 and 92 农绿 have no name of their own here. */
const jttCodes: Readonly<Record<PlateColour, number>> = {
  blue: 1,
  yellow: 2,
  black: 3,
  white: 4,
  green: 5,
  other: 9,
  'yellow-green': 93,
  'gradient-green': 94,
};
const coloursOfJtt: ReadonlyMap<number, PlateColour> = new Map([
  [1, 'blue'],
  [2, 'yellow'],
  [3, 'black'],
  [4, 'white'],
  [5, 'green'],
  [9, 'other'],
  [91, 'other'],
  [92, 'other'],
  [93, 'yellow-green'],
  [94, 'gradient-green'],
]);

export function jttCodeOf(colour: PlateColour): number {
  return jttCodes[colour];
}

/** Null for a number the standard does not give. */
export function colourOfJtt(code: number): PlateColour | null {
  return coloursOfJtt.get(code) ?? null;
}

/** Vzenith `colorType`: 0 unknown, 1 blue, 2 yellow, 3 white, 4 black, 5 green, 6 yellow-green. */
const coloursOfVzenith: ReadonlyMap<number, PlateColour> = new Map([
  [1, 'blue'],
  [2, 'yellow'],
  [3, 'white'],
  [4, 'black'],
  [5, 'green'],
  [6, 'yellow-green'],
]);
const newEnergyType = 19;
const largeNewEnergyType = 20;

/** The plate's type tells the two new-energy plates apart, which the colour alone does not. */
export function colourOfVzenith(colorType: number, type: number): PlateColour {
  if (type === newEnergyType) return 'gradient-green';
  if (type === largeNewEnergyType) return 'yellow-green';
  return coloursOfVzenith.get(colorType) ?? 'other';
}

const plausible: Readonly<Record<PlateKind, readonly PlateColour[]>> = {
  normal: ['yellow', 'blue', 'black', 'white', 'green', 'other'],
  suffix: ['yellow', 'blue', 'white', 'black', 'other'],
  trailer: ['yellow', 'other'],
  'nev-small': ['gradient-green'],
  'nev-large': ['yellow-green'],
};

/** The colours a plate of this form may have, the likeliest for a truck first. */
export function plausibleColours(kind: PlateKind): readonly PlateColour[] {
  return plausible[kind];
}
