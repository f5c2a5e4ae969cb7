import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../limits/decide.ts';
import { axlesOfLayout } from '../../limits/ruleSet.ts';
import { VehicleFacts } from '../facts.ts';
import { factsOf, licenceLoadOf, vehicleCredentials } from './coupled.ts';
import { VehicleEntry } from './entries.ts';

const tractor = (change: Record<string, unknown> = {}): VehicleEntry =>
  VehicleEntry.parse({
    plate: '晋C70001',
    colour: 'yellow',
    unit: 'tractor',
    axles: 3,
    layout: '1+2',
    driveAxles: 2,
    registeredGrossKg: 25_000,
    ...change,
  });
const trailer = (change: Record<string, unknown> = {}): VehicleEntry =>
  VehicleEntry.parse({
    plate: '晋C1234挂',
    colour: 'yellow',
    unit: 'trailer',
    axles: 3,
    layout: '3',
    vehicleClass: 'articulated',
    registeredGrossKg: 40_000,
    ...change,
  });
const limitKg = (facts: VehicleFacts): number | null =>
  decide({ facts, grossKg: 40_000, date: '2026-03-02' }).limitKg;

describe('a tractor with its trailer', () => {
  it('is the combination of both: axles and groups one behind the other', () => {
    expect(factsOf(tractor(), trailer())).toMatchObject({
      axles: 6,
      layout: '1+2+3',
      vehicleClass: 'articulated',
      driveAxles: 2,
    });
    expect(limitKg(factsOf(tractor(), trailer()))).toBe(49_000);
    expect(limitKg(factsOf(tractor({ axles: 2, layout: '1+1', driveAxles: 1 }), trailer()))).toBe(42_000);
  });

  it('is of the class its trailer makes, not of one the tractor names', () => {
    const drawn = trailer({ vehicleClass: 'centre-axle', axles: 2, layout: '2' });
    expect(factsOf(tractor({ vehicleClass: 'rigid' }), drawn).vehicleClass).toBe('centre-axle');
  });

  it('has no licence gross of its own: neither unit’s is that of the combination', () => {
    expect(factsOf(tractor(), trailer()).registeredGrossKg).toBeNull();
  });

  it('has the axle spacing of the trailer, where the law asks for it', () => {
    const of = (trailerAxleSpacingMm: number | null): VehicleFacts =>
      factsOf(
        tractor({
          axles: 2,
          layout: '1+1',
          driveAxles: 1,
          airSuspension: true,
          trailerAxleSpacingMm: 1_800,
        }),
        trailer({ axles: 2, layout: '2', trailerAxleSpacingMm }),
      );
    expect(limitKg(of(1_800))).toBe(37_000);
    expect(limitKg(of(1_799))).toBe(36_000);
    expect(limitKg(of(null))).toBe(36_000);
  });

  it('shows the papers of both, each by its own plate', () => {
    const held = vehicleCredentials([
      { plate: '晋C70001', entry: tractor({ licenceExpires: '2027-01-01' }) },
      { plate: '晋C1234挂', entry: trailer({ permitExpires: '2026-06-30' }) },
    ]);
    expect(held).toEqual([
      { kind: 'vehicle-licence', of: '晋C70001', expires: '2027-01-01' },
      { kind: 'transport-permit', of: '晋C70001', expires: null },
      { kind: 'vehicle-licence', of: '晋C1234挂', expires: null },
      { kind: 'transport-permit', of: '晋C1234挂', expires: '2026-06-30' },
    ]);
  });

  it('owes the papers of a trailer nobody registered', () => {
    const known = { plate: '晋C70001', entry: tractor({ licenceExpires: '2027-01-01' }) };
    expect(vehicleCredentials([known, { plate: '晋C5678挂', entry: null }])).toContainEqual({
      ...{ kind: 'vehicle-licence', of: '晋C5678挂', expires: null },
    });
  });
});

describe('核定载质量', () => {
  const truck = (change: Record<string, unknown> = {}): VehicleEntry =>
    tractor({ licenceLoadKg: 16_000, ...change });
  const drawn = (vehicleClass: string, kg: number | null = 18_000): VehicleEntry =>
    trailer({ vehicleClass, licenceLoadKg: kg });

  it.each([
    ['of a single truck is its own', truck({ unit: 'whole' }), null, null, 16_000],
    ['of a tractor alone is none', truck(), null, null, null],
    ['of a semi-trailer is the trailer’s', truck(), drawn('articulated'), '晋C1234挂', 18_000],
    ['and never the tractor’s in its place', truck(), drawn('articulated', null), '晋C1234挂', null],
    ['of a truck with a full trailer is of both', truck(), drawn('full-trailer'), '晋C1234挂', 34_000],
    [
      'of which each has to be stated',
      truck({ licenceLoadKg: null }),
      drawn('full-trailer'),
      '晋C1234挂',
      null,
    ],
    ['and so has the other', truck(), drawn('centre-axle', null), '晋C1234挂', null],
    [
      'where a 全挂牵引车 carries nothing',
      truck({ vehicleType: 'Q12', licenceLoadKg: null }),
      drawn('full-trailer'),
      '晋C1234挂',
      18_000,
    ],
    [
      'of a combination stated as one may be said before its trailer is named',
      truck({ unit: 'whole' }),
      null,
      '晋C1234挂',
      16_000,
    ],
  ] as const)('%s', (_what, vehicle, pulled, plate, kg) => {
    expect(licenceLoadOf(vehicle, pulled, plate)).toBe(kg);
  });
});

describe('what is not known of one unit', () => {
  it('a tractor alone says nothing of the combination: the axles are asked for', () => {
    const alone = factsOf(tractor({ vehicleClass: 'articulated' }), null);
    expect(alone).toMatchObject({ axles: null, layout: null, vehicleClass: null, registeredGrossKg: null });
    expect(decide({ facts: alone, grossKg: 9_000, date: '2026-03-02' }).outcome).toBe('cannot-decide');
  });

  it('a trailer of unknown axles leaves the count unknown, never the tractor’s own', () => {
    expect(factsOf(tractor(), trailer({ axles: null, layout: null }))).toMatchObject({
      axles: null,
      layout: null,
    });
    expect(factsOf(tractor({ axles: null }), trailer()).axles).toBeNull();
  });

  it('a layout of one unit is none of the combination', () => {
    expect(factsOf(tractor({ layout: null }), trailer())).toMatchObject({ axles: 6, layout: null });
    expect(limitKg(factsOf(tractor(), trailer({ layout: null })))).toBe(46_000);
  });
});

describe('single tyres', () => {
  const combined = (ofTractor: Record<string, unknown>, ofTrailer: Record<string, unknown>): number | null =>
    limitKg(factsOf(tractor(ofTractor), trailer(ofTrailer)));

  it.each([
    ['of both units add up', { singleTyredAxles: 1 }, { singleTyredAxles: 2 }, 40_000],
    ['on wide tyres excuse the trailer they are on', {}, { singleTyredAxles: 3, wideTyres: true }, 49_000],
    [
      'of the trailer are not excused by wide tyres of the tractor',
      { wideTyres: true },
      { singleTyredAxles: 1 },
      46_000,
    ],
    [
      'of the tractor are not excused by wide tyres of the trailer',
      { singleTyredAxles: 1 },
      { singleTyredAxles: 1, wideTyres: true },
      43_000,
    ],
  ])('%s', (_what, ofTractor, ofTrailer, kg) => {
    expect(combined(ofTractor, ofTrailer)).toBe(kg);
  });
});

describe('properties', () => {
  const axles = fc.option(fc.integer({ min: 1, max: 4 }));
  const common = {
    singleTyredAxles: fc.integer({ min: 0, max: 3 }),
    wideTyres: fc.boolean(),
    airSuspension: fc.boolean(),
    trailerAxleSpacingMm: fc.option(fc.integer({ min: 0, max: 3_000 })),
  };
  const anyTractor = fc
    .record({
      ...common,
      axles,
      layout: fc.constantFrom(null, '1+1', '1+2', '2+1', '2+2'),
      driveAxles: fc.constantFrom(null, 1, 2),
    })
    .map(tractor);
  const anyTrailer = fc
    .record({
      ...common,
      axles,
      layout: fc.constantFrom(null, '1', '2', '3', '1+1'),
      vehicleClass: fc.constantFrom(null, 'articulated', 'centre-axle', 'full-trailer'),
    })
    .map(trailer);

  it('two units that agree with themselves make facts that agree with each other', () => {
    fc.assert(
      fc.property(anyTractor, anyTrailer, (pulling, pulled) => {
        const facts = factsOf(pulling, pulled);
        expect(VehicleFacts.safeParse(facts).success).toBe(true);
        const agrees = ({ axles: count, layout }: VehicleEntry): boolean =>
          layout === null || count === axlesOfLayout(layout);
        if (facts.layout !== null && agrees(pulling) && agrees(pulled))
          expect(axlesOfLayout(facts.layout)).toBe(facts.axles);
      }),
    );
  });

  it('knowing less of the trailer never raises what the combination may weigh', () => {
    fc.assert(
      fc.property(
        anyTractor,
        anyTrailer,
        fc.record(
          { layout: fc.constant(null), trailerAxleSpacingMm: fc.constant(null) },
          { requiredKeys: [] },
        ),
        (pulling, pulled, forgotten) => {
          const known = limitKg(factsOf(pulling, pulled));
          const less = limitKg(factsOf(pulling, { ...pulled, ...forgotten }));
          if (known !== null && less !== null) expect(less).toBeLessThanOrEqual(known);
        },
      ),
    );
  });
});
