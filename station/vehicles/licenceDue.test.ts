import { expect, it } from 'vitest';
import { unknownFacts } from './facts.ts';
import { carriesItself, licenceDue } from './licenceDue.ts';

const asked = { gross: true, load: true };
const notAsked = { gross: false, load: false };
const trailerPlate = '晋C1234挂';
const rigid = { axles: 4, vehicleClass: 'rigid' } as const;
const articulated = { axles: 6, vehicleClass: 'articulated' } as const;
const drawn = { axles: 5, vehicleClass: 'full-trailer' } as const;

it.each([
  ['a single truck names both', 'whole', rigid, null, asked, [true, true, false]],
  [
    'a tractor’s licence names neither: its trailer’s does',
    'tractor',
    articulated,
    trailerPlate,
    asked,
    [false, false, true],
  ],
  [
    'so does that of a combination stated as one',
    'whole',
    articulated,
    trailerPlate,
    asked,
    [false, false, true],
  ],
  ['whose trailer nobody named yet', 'whole', articulated, null, asked, [false, true, false]],
  [
    'a truck with a full trailer names its own load beside',
    'tractor',
    drawn,
    trailerPlate,
    asked,
    [false, true, true],
  ],
  ['where the station does not ask, nobody owes any', 'whole', rigid, null, notAsked, [false, false, false]],
  [
    'but where the law names the licence',
    'whole',
    { ...rigid, axles: 2 },
    null,
    notAsked,
    [true, true, false],
  ],
  ['and of a 低速货车', 'whole', { ...rigid, purpose: 'low-speed' }, null, notAsked, [true, true, false]],
  [
    'a 专用作业车 carries its work',
    'whole',
    { ...rigid, purpose: 'special-purpose' },
    null,
    asked,
    [true, false, false],
  ],
] as const)('%s', (_what, unit, facts, trailer, station, expected) => {
  const stated = { unit, facts: { ...unknownFacts, ...facts }, trailerPlate: trailer };
  const { gross, ownLoad, trailerLoad } = licenceDue(stated, station);
  expect([gross, ownLoad, trailerLoad]).toEqual(expected);
  if (ownLoad) expect(carriesItself(stated)).toBe(true);
});
