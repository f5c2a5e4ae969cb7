import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseLoad, marginKg } from './advice.ts';

const kg = fc.integer({ min: 0, max: 120_000 });
const overshoots = fc.array(fc.integer({ min: -40_000, max: 20_000 }), { maxLength: 40 });
const history = fc.record({ allowedNetsKg: fc.array(kg, { maxLength: 20 }), overshootsKg: overshoots });
const bounds = { tareKg: 15_600, limitKg: 49_000 };

describe('advice before overload', () => {
  it('never tells a loader to put on more than the limit leaves room for', () => {
    fc.assert(
      fc.property(kg, kg, history, (tareKg, limitKg, before) => {
        const { roomKg, adviceKg } = adviseLoad({ tareKg, limitKg }, before);
        expect(roomKg).toBe(Math.max(0, limitKg - tareKg));
        expect(adviceKg).toBeLessThanOrEqual(roomKg ?? -1);
        expect(adviceKg).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('would have kept nine of ten past loads legal, and takes off no more than that needs', () => {
    fc.assert(
      fc.property(overshoots, (past) => {
        const margin = marginKg(past);
        const legalWith = (less: number): number => past.filter((over) => over - less <= 0).length;
        expect(legalWith(margin) * 10).toBeGreaterThanOrEqual(past.length * 9);
        if (margin > 0) expect(legalWith(margin - 1) * 10).toBeLessThan(past.length * 9);
      }),
    );
  });

  it('does not depend on the order of the past, and one more overload never raises it', () => {
    fc.assert(
      fc.property(overshoots, fc.integer({ min: 0, max: 20_000 }), (past, over) => {
        expect(marginKg([...past].reverse())).toBe(marginKg(past));
        const worst = Math.max(over, ...past);
        expect(marginKg([...past, worst])).toBeGreaterThanOrEqual(marginKg(past));
      }),
    );
  });

  it('says nothing where the tare or the limit is unknown', () => {
    const before = { allowedNetsKg: [33_000, 32_000, 34_000], overshootsKg: [400] };
    expect(adviseLoad({ ...bounds, tareKg: null }, before)).toEqual({
      roomKg: null,
      usualNetKg: 33_000,
      adviceKg: null,
    });
    expect(adviseLoad({ ...bounds, limitKg: null }, before)).toEqual({
      roomKg: null,
      usualNetKg: 33_000,
      adviceKg: null,
    });
  });

  it('takes a truck that always stays far below at its word', () => {
    const before = { allowedNetsKg: [20_000], overshootsKg: [-13_000, -12_500, -13_400] };
    expect(adviseLoad(bounds, before)).toMatchObject({ roomKg: 33_400, adviceKg: 33_400 });
  });

  it('aims lower for a truck whose first tries went over', () => {
    const overshootsKg = [600, -200, 1200, -400, 300, -100, 800, -300, 200, -600];
    expect(adviseLoad(bounds, { allowedNetsKg: [], overshootsKg })).toEqual({
      roomKg: 33_400,
      usualNetKg: null,
      adviceKg: 32_600,
    });
  });
});
