import { provinces } from '../../station/vehicles/plate.ts';

export interface ReadCharacter {
  readonly character: string;
  readonly percent: number;
}

/** What stands on plates; a dot, a space and nothing are read and left out. */
const plateCharacters = new Set(`${provinces}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789挂学警港澳`);
const separators = new Set(['·', '•', '.', '-', ' ', '・']);
const small = /[a-z]/;

/** The classes of a recognition network: nothing, its dictionary, a space. */
export class Alphabet {
  /** Class numbers that may stand on a plate, with what they stand for; an empty text is left out. */
  readonly #classes: readonly (readonly [number, string])[];
  readonly size: number;

  /** `dictionary` has one character a line. */
  constructor(dictionary: string) {
    const characters = ['', ...dictionary.split(/\r?\n/), ' '];
    this.size = characters.length;
    this.#classes = characters.flatMap((character, index): (readonly [number, string])[] => {
      if (index === 0 || separators.has(character)) return [[index, '']];
      const upper = small.test(character) ? character.toUpperCase() : character;
      return plateCharacters.has(upper) ? [[index, upper]] : [];
    });
  }

  /**
   * The likeliest characters of a plate, step by step along the line (greedy CTC): the same class in steps that
   * follow each other is one character. How sure the network is counts against all of its classes.
   */
  read(steps: Float32Array): readonly ReadCharacter[] {
    const read: ReadCharacter[] = [];
    let before = 0;
    for (let from = 0; from + this.size <= steps.length; from += this.size) {
      let best = 0;
      let character = '';
      let likely = -1;
      for (const [index, text] of this.#classes) {
        const here = steps[from + index] ?? 0;
        if (here > likely) [best, character, likely] = [index, text, here];
      }
      const percent = Math.round(likely * 100);
      const last = read.at(-1);
      if (best === before && character !== '' && last !== undefined) {
        read[read.length - 1] = { character, percent: Math.max(last.percent, percent) };
      } else if (character !== '') read.push({ character, percent });
      before = best;
    }
    return read;
  }
}
