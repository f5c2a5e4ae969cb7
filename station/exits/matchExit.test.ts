import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plateColours } from '../vehicles/plateColour.ts';
import { plateKind } from '../vehicles/plate.ts';
import type { ExitAround, Weighed } from './matchExit.ts';
import { letOut, matchExit, standsOut } from './matchExit.ts';
import type { ExitPlate } from './whoIsIt.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const slip: Weighed = {
  ...{ number: 7, timeMs: 0, kind: 'gross', outcome: 'allow', released: false, voided: false, left: false },
  ...{ plate: '晋C10001', colour: 'yellow', trailerPlate: null, cameraPlate: null },
};
const around: ExitAround = {
  ...{ seenMs: hourMs, slipValidMs: 12 * hourMs, onlyTaredMs: 10 * minuteMs },
  ignoreColours: ['blue', 'gradient-green'],
  isKnown: () => false,
  isWhitelisted: () => false,
  standsSinceMs: () => null,
};

function read(text: string, colour: ExitPlate['colour'] = 'yellow'): ExitPlate {
  return { text, colour, wellFormed: plateKind(text) !== null, characterPercents: [] };
}
function at(front: string | ExitPlate | null, weighed: readonly Weighed[], more: Partial<ExitAround> = {}) {
  const reading = { front: typeof front === 'string' ? read(front) : front, rear: null };
  return matchExit(reading, weighed, { ...around, ...more });
}
const of = (last: Weighed, more: Partial<ExitAround> = {}) => at(last.plate, [last], more).found;

describe('a truck whose plate was read', () => {
  it('may leave with a slip that still holds, released, or straight after its tare', () => {
    expect(at('晋C10001', [slip])).toEqual({ found: 'slip', number: 7, probably: false });
    expect(of({ ...slip, outcome: 'refuse', released: true })).toBe('released');
    expect(of({ ...slip, kind: 'tare', outcome: null }, { seenMs: 10 * minuteMs })).toBe('empty');
  });

  it('stands out with everything else', () => {
    expect(at('晋C10001', [])).toEqual({ found: 'not-weighed', number: null, probably: false });
    expect(of({ ...slip, outcome: 'refuse' })).toBe('refused');
    expect(of({ ...slip, outcome: 'cannot-decide' })).toBe('no-decision');
    expect(of({ ...slip, voided: true })).toBe('voided');
    expect(of(slip, { seenMs: 12 * hourMs })).toBe('slip');
    expect(of(slip, { seenMs: 12 * hourMs + 1 })).toBe('slip-expired');
  });

  it('that was weighed empty, had the time to load and was not weighed again is the very evasion', () => {
    const tare: Weighed = { ...slip, kind: 'tare', outcome: null };
    expect(of(tare, { seenMs: 10 * minuteMs + 1 })).toBe('only-tared');
    expect(standsOut({ found: 'only-tared', again: null })).toBe(true);
    // One that was seen in time and still waits at the gate is what it was.
    expect(of(tare, { seenMs: 20 * minuteMs, standsSinceMs: () => 9 * minuteMs })).toBe('empty');
  });

  it('leaves once with one slip: later it was not weighed, unless it still stands there', () => {
    expect(at('晋C10001', [{ ...slip, left: true }])).toEqual({
      ...{ found: 'not-weighed', number: null, probably: false },
    });
    expect(at('晋C10001', [{ ...slip, left: true }], { standsSinceMs: () => 0 })).toEqual({
      ...{ found: 'slip', number: 7, probably: false },
    });
  });

  it('is who it is by its newest weighing, its trailer, and what the scale’s camera had made of it', () => {
    const later: Weighed = { ...slip, number: 9, outcome: 'refuse' };
    expect(at('晋C10001', [slip, later])).toMatchObject({ found: 'refused', number: 9 });
    const coupled: Weighed = { ...slip, trailerPlate: '晋C1234挂' };
    const rear = { front: null, rear: read('晋C1234挂') };
    expect(matchExit(rear, [coupled], around)).toEqual({ found: 'slip', number: 7, probably: false });
    const corrected: Weighed = { ...slip, plate: '晋C12845', cameraPlate: '晋C12B45' };
    expect(at('晋C12B45', [corrected])).toEqual({ found: 'slip', number: 7, probably: false });
    // Where a vehicle of just that plate exists, it may be that one.
    expect(at('晋C12B45', [corrected], { isKnown: () => true })).toMatchObject({ probably: true });
  });
});

describe('a truck that was only probably this one', () => {
  it('was read with characters that are taken for one another, or in another colour, or not whole', () => {
    const eights: Weighed = { ...slip, plate: '晋C12845' };
    expect(at('晋C12B45', [eights])).toEqual({ found: 'slip', number: 7, probably: true });
    expect(at(read('晋C10001', 'blue'), [slip])).toEqual({ found: 'slip', number: 7, probably: true });
    expect(at('C10001', [slip])).toEqual({ found: 'slip', number: 7, probably: true });
    // A camera without a word for the colour contradicts nobody.
    expect(at(read('晋C10001', 'other'), [slip])).toMatchObject({ probably: false });
  });

  it('is nobody where it may be two, or where the register knows the plate that was read', () => {
    const eights: Weighed = { ...slip, plate: '晋C12845' };
    expect(at('晋C12B45', [eights], { isKnown: (plate) => plate === '晋C12B45' }).found).toBe('not-weighed');
    expect(at('晋C1000', [slip, { ...slip, number: 8, plate: '晋C10002' }])).toEqual({
      ...{ found: 'unreadable', number: null, probably: true },
    });
    // The next number of the same fleet is another truck.
    expect(at('晋C10002', [slip])).toEqual({ found: 'not-weighed', number: null, probably: false });
  });

  it('its own tractor pulls another trailer that was weighed', () => {
    const reading = { front: read('晋C99999'), rear: read('晋C1234挂') };
    expect(matchExit(reading, [{ ...slip, trailerPlate: '晋C1234挂' }], around)).toMatchObject({
      ...{ found: 'slip', probably: true },
    });
  });
});

describe('a vehicle without a weighing', () => {
  it('is missed on the scale, but for cars, and what the white list lets pass', () => {
    expect(at(read('京A12345', 'blue'), []).found).toBe('ignored');
    expect(at(read('京AD12345', 'gradient-green'), []).found).toBe('ignored');
    expect(at(read('晋C55555', 'blue'), [], { isKnown: () => true }).found).toBe('not-weighed');
    expect(at(read('晋C55555', 'blue'), [], { ignoreColours: [] }).found).toBe('not-weighed');
    expect(at('晋C66666', [], { isWhitelisted: () => true }).found).toBe('listed');
    for (const found of ['ignored', 'listed'] as const) expect(standsOut({ found, again: null })).toBe(false);
  });

  it('that nobody can read, or only by its trailer, stands out', () => {
    for (const plate of [null, 'C100', '晋C9876挂']) {
      expect(at(plate, [slip])).toEqual({ found: 'unreadable', number: null, probably: false });
    }
    expect(standsOut({ found: 'unreadable', again: null })).toBe(true);
    expect(standsOut({ found: 'unreadable', again: 12 })).toBe(false);
  });
});

it('whatever the records say: only an allowed, a released or an empty weighing lets out, and each of them once', () => {
  const plates = fc.constantFrom('晋C10001', '晋C12845', '晋C12B45', '晋C1234挂', '京A12345', 'C100');
  const colours = fc.constantFrom(...plateColours);
  const one: fc.Arbitrary<Weighed> = fc.record({
    number: fc.integer({ min: 1, max: 50 }),
    timeMs: fc.integer({ min: 0, max: hourMs }),
    kind: fc.constantFrom('tare', 'gross'),
    outcome: fc.constantFrom('allow', 'refuse', 'cannot-decide', null),
    released: fc.boolean(),
    voided: fc.boolean(),
    left: fc.boolean(),
    plate: plates,
    colour: colours,
    trailerPlate: fc.option(plates),
    cameraPlate: fc.option(plates),
  });
  const seen = fc.option(fc.tuple(plates, colours).map(([text, colour]) => read(text, colour)));
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { maxLength: 6, selector: ({ number }) => number }),
      seen,
      seen,
      (weighed, front, rear) => {
        const { found, number, probably } = matchExit({ front, rear }, weighed, around);
        if (!letOut.includes(found)) return;
        const by = weighed.find((each) => each.number === number && !each.left && !each.voided);
        expect(by).toBeDefined();
        expect(by?.kind === 'tare' || by?.released === true || by?.outcome === 'allow').toBe(true);
        if (probably) return;
        const names = [by?.plate, by?.trailerPlate, by?.cameraPlate];
        expect([front?.text, rear?.text].some((text) => names.includes(text))).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
