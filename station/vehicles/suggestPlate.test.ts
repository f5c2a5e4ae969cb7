import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownPlate, SuggestionInput } from './suggestPlate.ts';
import { suggestPlate } from './suggestPlate.ts';

const known: readonly KnownPlate[] = [
  { plate: '晋C12845', colour: 'yellow', trailerPlate: '晋C1234挂' },
  { plate: '晋C77777', colour: 'yellow', trailerPlate: null },
  { plate: '晋C06618D', colour: 'yellow-green', trailerPlate: null },
];

function suggest(text: string | null, more: Partial<SuggestionInput> = {}): ReturnType<typeof suggestPlate> {
  return suggestPlate({
    read: text === null ? null : { text, colour: 'yellow', characterPercents: [] },
    rearPlate: null,
    known,
    inYard: () => false,
    ...more,
  });
}

describe('the plate that was probably meant', () => {
  it('one character that looks alike: 晋C12B45 → 晋C12845, and where they differ', () => {
    expect(suggest('晋C12B45')).toEqual({
      read: '晋C12B45',
      plate: '晋C12845',
      colour: 'yellow',
      why: ['similar'],
      differs: [4],
      registered: true,
      percent: null,
      picture: null,
    });
  });

  it.each([
    ['晋C1284', 'a character lost'],
    ['晋C128455', 'one too many'],
    ['冀C12845', 'the province mistaken'],
  ])('%s: %s', (text) => {
    expect(suggest(text)).toMatchObject({ plate: '晋C12845' });
  });

  it('two doubtful characters, where the camera itself doubts them', () => {
    const doubt = (percents: readonly number[]): ReturnType<typeof suggestPlate> =>
      suggestPlate({
        read: { text: '晋C19945', colour: 'yellow', characterPercents: percents },
        rearPlate: null,
        known,
        inYard: () => false,
      });
    expect(doubt([99, 99, 99, 40, 40, 99, 99])).toMatchObject({ plate: '晋C12845' });
    expect(doubt([99, 99, 99, 99, 99, 99, 99])).toBeNull();
  });

  it('nothing of the plate was read, but the rear camera saw the trailer coupled with it', () => {
    expect(suggest(null, { rearPlate: '晋C1234挂' })).toMatchObject({
      read: null,
      plate: '晋C12845',
      why: ['trailer'],
    });
    expect(suggest(null, { rearPlate: '晋C9999挂' })).toBeNull();
    expect(suggest(null)).toBeNull();
  });

  it('the right characters in another colour, as a camera that tells none says it', () => {
    const read = { text: '晋C12845', colour: 'other', characterPercents: [] } as const;
    expect(suggestPlate({ read, rearPlate: null, known, inYard: () => false })).toMatchObject({
      colour: 'yellow',
      why: ['colour'],
    });
  });

  it('without any help of the register: O and I where no plate has them', () => {
    expect(suggest('晋C9OI62', { known: [] })).toMatchObject({
      plate: '晋C90162',
      why: ['never-o-or-i'],
      registered: false,
      percent: null,
      picture: null,
    });
  });

  it('of two that look alike the one that is in the yard; of two equals none', () => {
    const two: readonly KnownPlate[] = [
      { plate: '晋C12845', colour: 'yellow', trailerPlate: null },
      { plate: '晋C12645', colour: 'yellow', trailerPlate: null },
    ];
    expect(suggest('晋C12B45', { known: two })).toBeNull();
    expect(suggest('晋C12B45', { known: two, inYard: (plate) => plate === '晋C12645' })).toMatchObject({
      plate: '晋C12645',
      why: ['similar', 'in-yard'],
    });
    const further: readonly KnownPlate[] = [
      two[0]!,
      { plate: '晋C12X45', colour: 'yellow', trailerPlate: null },
    ];
    expect(suggest('晋C12B45', { known: further })).toMatchObject({ plate: '晋C12845' });
  });
});

describe('when nothing is suggested', () => {
  it('the register knows the plate as it was read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), ({ plate, colour }) => {
        const read = { text: plate, colour, characterPercents: Array.from(plate, () => 1) };
        expect(suggestPlate({ read, rearPlate: '晋C1234挂', known, inYard: () => true })).toBeNull();
      }),
    );
  });

  it('a stranger whose plate is like no other', () => {
    expect(suggest('京A98K31')).toBeNull();
  });

  it('of anything a camera may read, only plates the register knows, or of the plates’ own grammar', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 10 }),
        fc.array(fc.nat({ max: 100 }), { maxLength: 10 }),
        (text, percents) => {
          const read = { text, colour: 'yellow', characterPercents: percents } as const;
          const found = suggestPlate({ read, rearPlate: null, known, inYard: () => false });
          if (found?.registered === true) expect(known.map(({ plate }) => plate)).toContain(found.plate);
        },
      ),
    );
  });
});
