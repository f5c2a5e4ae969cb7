import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noLoad } from '../vehicles/load.ts';
import { CurrentVisit } from './currentVisit.ts';
import type { LanePorts } from './ports.ts';
import type { PlateOffer } from './visit.ts';

const ports = {
  nowMs: () => 0,
  vehicle: () => null,
  knownPlates: () => [],
  inYard: () => false,
  tare: () => null,
  lastLoad: () => noLoad,
  attempt: () => null,
} as unknown as LanePorts;
const options = { plateAheadMs: 120_000, tareValidDays: 90 };
const first = '晋C11111';
const second = '晋C77777';
const third = '晋C90909';

function offer(plate: string, atMs: number, more: Partial<PlateOffer> = {}): PlateOffer {
  const pictures = [`picture of ${plate}`];
  return {
    ...{ plate, atMs, pictures, colour: 'yellow', wellFormed: true, end: 'front', axles: null },
    ...more,
  };
}

/** The first truck was here and drove off at 100 s, the second stands there since 110 s and nobody named it. */
function queue(name: 'camera' | 'nobody' = 'camera'): CurrentVisit {
  const visit = new CurrentVisit(options, ports);
  visit.begin(50_000);
  if (name === 'camera') visit.offer(offer(first, 50_000), true);
  visit.clear(100_000);
  visit.begin(110_000);
  return visit;
}

function named(visit: CurrentVisit): string | null {
  return visit.now.identity?.plate ?? null;
}

describe('a plate of the truck before, told when the next one stands there', () => {
  it('is of the one that left, and nothing is said of the one that stands there', () => {
    const visit = queue();
    visit.offer(offer(first, 80_000), true);
    // Read badly, it is the same one.
    visit.offer(offer('晋C1I111', 80_000), true);
    expect(visit.now).toMatchObject({ identity: null, suggestion: null, pictures: [] });
  });

  it('is put to a person with its reason and picture where nobody knew the one that left', () => {
    const visit = queue('nobody');
    visit.offer(offer(first, 80_000), true);
    expect(visit.now).toMatchObject({
      identity: null,
      cameraPlate: null,
      pictures: [],
      suggestion: { plate: first, read: first, why: ['seen-late'], picture: `picture of ${first}` },
    });
  });

  it('told while the deck is free waits, and does not name the next one either', () => {
    const visit = new CurrentVisit(options, ports);
    visit.begin(50_000);
    visit.clear(100_000);
    visit.offer(offer(first, 80_000), false);
    visit.begin(110_000);
    expect(visit.now).toMatchObject({ identity: null, suggestion: { why: ['seen-late'] } });
  });

  it('does not stand in the way of the plate the next one was seen by in time', () => {
    const visit = queue('nobody');
    visit.offer(offer(first, 80_000), true);
    visit.offer(offer(second, 111_000), true);
    expect(named(visit)).toBe(second);
    expect(visit.now.suggestion).toBeNull();
  });

  it('at the rear is compared with nobody', () => {
    const visit = queue();
    visit.offer(offer('晋C1234挂', 80_000, { end: 'rear' }), true);
    expect(visit.now.rearPlates).toEqual([]);
  });
});

describe('a plate of the truck behind', () => {
  it('seen while the one before stood there weighed names the next, as ever', () => {
    const visit = new CurrentVisit(options, ports);
    visit.begin(50_000);
    visit.offer(offer(first, 50_000), true);
    visit.note({ saved: { number: 1, kind: 'tare', outcome: null, paper: null } });
    visit.offer(offer(second, 95_000), true);
    visit.clear(100_000);
    visit.begin(110_000);
    expect(named(visit)).toBe(second);
  });

  it('first seen when an unread one has long stood still is put to a person', () => {
    const visit = queue();
    visit.moment('stable', 115_000);
    visit.offer(offer(third, 140_000), true);
    expect(visit.now).toMatchObject({ identity: null, suggestion: { plate: third, why: ['seen-late'] } });
  });

  it('a camera that takes some seconds names the one that just came to a stand', () => {
    const visit = queue();
    visit.moment('stable', 115_000);
    visit.offer(offer(second, 122_000), true);
    expect(named(visit)).toBe(second);
  });
});

describe('a plate the camera had kept back', () => {
  it('is put to a person while nobody has named the truck, and taken is what the camera said', () => {
    const visit = queue();
    visit.offer(offer(second, 108_000, { late: true }), true);
    expect(visit.now).toMatchObject({ identity: null, suggestion: { plate: second, why: ['seen-late'] } });
    visit.identify({ plate: second, colour: 'yellow', wellFormed: true, source: 'operator' });
    expect(visit.now).toMatchObject({
      identity: { plate: second, source: 'operator' },
      cameraPlate: second,
      pictures: [`picture of ${second}`],
      suggestion: null,
    });
  });

  it('leaves no trace where a person says that it was another', () => {
    const visit = queue();
    visit.offer(offer(third, 108_000, { late: true }), true);
    visit.identify({ plate: second, colour: 'yellow', wellFormed: true, source: 'operator' });
    expect(visit.now).toMatchObject({ cameraPlate: null, pictures: [] });
  });

  it('from long before is nothing anybody is asked about', () => {
    const visit = queue();
    expect(visit.wantsLate(-3_600_000)).toBe(false);
    visit.offer(offer(second, -3_600_000, { late: true }), true);
    expect(visit.now.suggestion).toBeNull();
  });
});

it('whatever comes late, in whatever order, names nobody', () => {
  const plates = fc.constantFrom(first, second, third);
  const events = fc.array(fc.tuple(plates, fc.integer({ min: -500_000, max: 96_000 }), fc.boolean()));
  fc.assert(
    fc.property(events, fc.boolean(), (late, onScale) => {
      const visit = new CurrentVisit(options, ports);
      visit.begin(50_000);
      visit.clear(100_000);
      if (onScale) visit.begin(110_000);
      for (const [plate, atMs, marked] of late) visit.offer(offer(plate, atMs, { late: marked }), onScale);
      if (!onScale) visit.begin(110_000);
      expect(named(visit)).toBeNull();
      expect(visit.now.pictures).toEqual([]);
    }),
  );
});
