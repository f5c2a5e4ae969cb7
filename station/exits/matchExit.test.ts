import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LastWeighing } from './matchExit.ts';
import { matchExit, suspiciousExits } from './matchExit.ts';

const hourMs = 3_600_000;
const slip: LastWeighing = {
  number: 7,
  timeMs: 0,
  kind: 'gross',
  outcome: 'allow',
  released: false,
  voided: false,
  left: false,
};
const found = (last: LastWeighing | null, seenMs = hourMs) => matchExit(last, seenMs, 12 * hourMs).found;

it('lets out what has a slip that still holds, what was released, and what is empty', () => {
  expect(matchExit(slip, hourMs, 12 * hourMs)).toEqual({ found: 'slip', number: 7 });
  expect(found({ ...slip, outcome: 'refuse', released: true })).toBe('released');
  expect(found({ ...slip, kind: 'tare', outcome: null })).toBe('empty');
});

it('points at everything else', () => {
  expect(found(null)).toBe('not-weighed');
  expect(found({ ...slip, outcome: 'refuse' })).toBe('refused');
  expect(found({ ...slip, outcome: 'cannot-decide' })).toBe('no-decision');
  expect(found({ ...slip, voided: true })).toBe('voided');
  expect(found(slip, 12 * hourMs)).toBe('slip');
  expect(found(slip, 12 * hourMs + 1)).toBe('slip-expired');
});

it('one slip lets one truck out once: the same plate again was not weighed', () => {
  expect(matchExit({ ...slip, left: true }, hourMs, 12 * hourMs)).toEqual({
    found: 'not-weighed',
    number: null,
  });
});

it('nothing but an allowed, released or empty weighing is ever unsuspicious', () => {
  const any: fc.Arbitrary<LastWeighing> = fc.record({
    number: fc.integer({ min: 1 }),
    timeMs: fc.integer({ min: 0, max: hourMs }),
    kind: fc.constantFrom('tare', 'gross'),
    outcome: fc.constantFrom('allow', 'refuse', 'cannot-decide', null),
    released: fc.boolean(),
    voided: fc.boolean(),
    left: fc.boolean(),
  });
  fc.assert(
    fc.property(any, (last) => {
      const fine = !suspiciousExits.has(found(last));
      if (!fine) return;
      expect(last.voided || last.left).toBe(false);
      expect(last.kind === 'tare' || last.released || last.outcome === 'allow').toBe(true);
    }),
  );
});
