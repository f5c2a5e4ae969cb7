import { expect, test } from 'vitest';
import { unknownFacts } from './facts.ts';
import { requiredFacts } from './requiredFacts.ts';

test.each([
  ['nothing known', {}, ['axles', 'class']],
  ['only axles', { axles: 4 }, ['class']],
  ['a four-axle truck without layout', { axles: 4, vehicleClass: 'rigid' }, ['layout']],
  ['a four-axle truck', { axles: 4, vehicleClass: 'rigid', layout: '2+2' }, []],
  ['a two-axle truck', { axles: 2, vehicleClass: 'rigid' }, ['registeredGross']],
  ['a two-axle truck with its licence', { axles: 2, vehicleClass: 'rigid', registeredGrossKg: 16_000 }, []],
  ['six axles', { axles: 6, vehicleClass: 'articulated', layout: '1+2+3' }, ['driveAxles']],
  ['six axles, one driven', { axles: 6, vehicleClass: 'articulated', layout: '1+2+3', driveAxles: 1 }, []],
  [
    'six axles where the drive does not matter',
    { axles: 6, vehicleClass: 'articulated', layout: '2+1+3' },
    [],
  ],
  ['five axles', { axles: 5, vehicleClass: 'articulated', layout: '1+2+2' }, []],
  ['a layout of another axle count', { axles: 5, vehicleClass: 'articulated', layout: '1+2+3' }, ['layout']],
  ['a layout no row lists', { axles: 5, vehicleClass: 'articulated', layout: '2+2+1' }, []],
  ['a vehicle no rule knows', { axles: 5, vehicleClass: 'rigid' }, []],
] as const)('%s: ask for %j', (_what, facts, ask) => {
  expect(requiredFacts({ ...unknownFacts, ...facts })).toEqual(ask);
});
