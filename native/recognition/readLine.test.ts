import { expect, it } from 'vitest';
import { Alphabet } from './readLine.ts';

const dictionary = '晋\nC\n8\no\n疗\n·';
const alphabet = new Alphabet(dictionary);
const classes = ['', ...dictionary.split('\n'), ' '];

/** Steps in which the network is so sure, in percent, of one class. */
const steps = (...said: readonly (readonly [string, number])[]): Float32Array => {
  const out = new Float32Array(said.length * alphabet.size);
  for (const [at, [character, percent]] of said.entries()) {
    out[at * alphabet.size + classes.indexOf(character)] = percent / 100;
  }
  return out;
};
const read = (...said: readonly (readonly [string, number])[]): string =>
  alphabet
    .read(steps(...said))
    .map(({ character, percent }) => `${character}${String(percent)}`)
    .join(' ');

it('the same character in steps that follow each other is one, after nothing it is another', () => {
  expect(read(['晋', 90], ['晋', 97], ['C', 99], ['', 99], ['8', 80], ['', 90], ['8', 70])).toBe(
    '晋97 C99 880 870',
  );
});

it('dots and spaces are no characters of a plate, small letters are large ones', () => {
  expect(read(['晋', 90], ['·', 99], [' ', 99], ['o', 60])).toBe('晋90 O60');
});

it('what stands on no plate is not read', () => {
  expect(read(['疗', 99])).toBe('');
});
