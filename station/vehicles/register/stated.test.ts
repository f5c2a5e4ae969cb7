import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unknownFacts } from '../facts.ts';
import { factsOf } from './coupled.ts';
import { VehicleEntry, noPapers } from './entries.ts';
import { statedEntries } from './stated.ts';

const plates = { plate: '晋C70001', colour: 'yellow' } as const;
const trailer = { plate: '晋C1234挂', colour: 'yellow', papers: noPapers } as const;

it('a combination stated at the scale is the same combination when its units are looked up again', () => {
  const facts = fc.record({
    ...{ layout: fc.constantFrom('1+1+1', '1+1+2', '1+2+2', '1+2+3', '2+1+3', '1+1+1+1') },
    ...{
      vehicleClass: fc.constantFrom('articulated' as const, 'centre-axle' as const, 'full-trailer' as const),
    },
    ...{
      driveAxles: fc.constantFrom(1 as const, 2 as const),
      singleTyredAxles: fc.integer({ min: 0, max: 4 }),
    },
    spacingMm: fc.constantFrom(null, 1000, 1310),
    ...{
      wideTyres: fc.boolean(),
      airSuspension: fc.boolean(),
      trailerAxleSpacingMm: fc.constantFrom(1300, 1810),
    },
  });
  const before = fc.record({ singleTyredAxles: fc.integer({ min: 0, max: 2 }), wideTyres: fc.boolean() });
  fc.assert(
    fc.property(facts, before, before, ({ spacingMm, ...stated }, vehicle, pulled) => {
      const axles = stated.layout.split('+').reduce((sum, group) => sum + Number(group), 0);
      const spacings = stated.layout.split('+').map((group) => (group === '1' ? null : spacingMm));
      const groupSpacingsMm = spacings.every((mm) => mm === null) ? null : spacings;
      const whole = { ...unknownFacts, ...stated, axles, groupSpacingsMm };
      const now = statedEntries(
        { ...plates, unit: 'tractor', facts: whole, papers: noPapers, trailer },
        { vehicle, trailer: pulled },
      );
      expect(now.vehicle.unit).toBe('tractor');
      expect(factsOf(now.vehicle, now.trailer)).toEqual(whole);
    }),
  );
});

it('the spacings of one layout are not kept for another', () => {
  const was = VehicleEntry.parse({
    ...plates,
    unit: 'tractor',
    axles: 3,
    layout: '1+2',
    groupSpacings: '0+1350',
  });
  const facts = { ...unknownFacts, axles: 7, layout: '1+3+3', vehicleClass: 'articulated' } as const;
  const now = statedEntries(
    { ...plates, unit: 'tractor', facts, papers: noPapers, trailer },
    { vehicle: was, trailer: {} },
  );
  expect(now.vehicle.groupSpacings).toBeNull();
  expect(factsOf({ ...was, unit: 'whole', layout: '1+1+1' }, null).groupSpacingsMm).toBeNull();
});

it('what was not stated of either unit stays as the register had it', () => {
  const vehicle = VehicleEntry.parse({
    ...plates,
    unit: 'tractor',
    axles: 3,
    layout: '1+2',
    licenceExpires: '2027-01-01',
  });
  const pulled = VehicleEntry.parse({
    plate: trailer.plate,
    colour: 'yellow',
    unit: 'trailer',
    axles: 3,
    layout: '3',
  });
  const papers = { ...noPapers, permitExpires: '2028-01-01' };
  const now = statedEntries(
    { ...plates, unit: 'tractor', facts: unknownFacts, papers, trailer: { ...trailer, papers } },
    { vehicle, trailer: pulled },
  );
  expect(now.vehicle).toEqual({ ...vehicle, permitExpires: '2028-01-01' });
  expect(now.trailer).toEqual({ ...pulled, permitExpires: '2028-01-01' });
});

it('a truck or combination stated as one stays one, and its trailer takes only its own papers', () => {
  const facts = { ...unknownFacts, axles: 6, layout: '1+2+3', vehicleClass: 'articulated' } as const;
  const papers = { ...noPapers, licenceExpires: '2027-01-01' };
  const now = statedEntries(
    { ...plates, unit: 'whole', facts, papers: noPapers, trailer: { ...trailer, papers } },
    { vehicle: {}, trailer: {} },
  );
  expect(now.vehicle).toMatchObject({ unit: 'whole', axles: 6, licenceExpires: null });
  expect(now.trailer).toMatchObject({ unit: 'trailer', axles: null, licenceExpires: '2027-01-01' });
});
