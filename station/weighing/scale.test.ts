import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scale } from './scale.ts';
import { emptyScale, loseWeight, restsOffZero, stepScale } from './scale.ts';
import type { ScaleSettings } from './settings.ts';
import { isStable, slideWindow } from './stability.ts';
import type { Reading } from './stability.ts';

const settings: ScaleSettings = {
  divisionKg: 20,
  minKg: 400,
  maxKg: 100_000,
  zeroBandKg: 40,
  stableWindowMs: 3000,
  stableMinFrames: 8,
  stableSpreadKg: 20,
  zeroFrames: 5,
  staleMs: 1500,
};

/** Frames 100 ms apart. */
function run(
  weights: readonly number[],
  from: Scale = emptyScale,
  startMs = 0,
): { scale: Scale; ids: string[]; closed: number } {
  let scale = from;
  const ids: string[] = [];
  let closed = 0;
  weights.forEach((kg, index) => {
    const step = stepScale(
      scale,
      { kg, atMs: startMs + index * 100, raw: '' },
      settings,
      () => `c${ids.length + 1}`,
    );
    scale = step.scale;
    if (step.started !== null) ids.push(step.started.id);
    if (step.closed !== null) closed += 1;
  });
  return { scale, ids, closed };
}

const times = (count: number, kg: number): number[] => Array.from({ length: count }, () => kg);

describe('a weight is stable', () => {
  it('only after a whole window of it, with enough frames, within one division', () => {
    expect(run([...times(5, 0), ...times(30, 40_000)]).scale.motion).toBe('settling');
    expect(run([...times(5, 0), ...times(31, 40_000)]).scale.motion).toBe('stable');
    const flicker = Array.from({ length: 40 }, (_, index) => 40_000 + (index % 2) * 20);
    expect(run([...times(5, 0), ...flicker]).scale.motion).toBe('stable');
    const more = Array.from({ length: 40 }, (_, index) => 40_000 + (index % 2) * 40);
    expect(run([...times(5, 0), ...more]).scale.motion).toBe('settling');
  });

  it('never across a gap longer than the stale time', () => {
    const before: Reading[] = [0, 1000, 2000].map((atMs) => ({ kg: 40_000, atMs, raw: '' }));
    const window = slideWindow(before, { kg: 40_000, atMs: 4000, raw: '' }, settings);
    expect(window).toHaveLength(1);
  });

  it('never when any frame inside the window lies outside the spread', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 21, max: 5000 }), (at, off) => {
        const window = times(31, 40_000).map((kg, index) => ({
          kg: index === at ? kg - off : kg,
          atMs: index * 100,
          raw: '',
        }));
        expect(isStable(window, settings)).toBe(false);
      }),
    );
  });
});

describe('a crossing', () => {
  it('is one, however the weight moves while an axle is on, until the scale was empty', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: settings.minKg, max: 60_000 }), { minLength: 1, maxLength: 100 }),
        (weights) => {
          expect(run([...times(5, 0), ...weights]).ids).toHaveLength(1);
        },
      ),
    );
  });

  it('does not end at a few bad zeros', () => {
    const { ids, closed } = run([...times(5, 0), ...times(40, 40_000), ...times(4, 0), ...times(40, 40_000)]);
    expect(ids).toHaveLength(1);
    expect(closed).toBe(0);
  });

  it('ends after the frames of an empty scale, and the next one is another', () => {
    const { ids, closed } = run([
      ...times(5, 0),
      ...times(40, 40_000),
      ...times(5, 20),
      ...times(40, 30_000),
    ]);
    expect(ids).toHaveLength(2);
    expect(closed).toBe(1);
  });

  it('knows that the scale rested below zero before', () => {
    expect(run([...times(10, -200), ...times(5, 40_000)]).scale.crossing?.from).toBe('off-zero');
    expect(run([...times(10, 0), ...times(5, 40_000)]).scale.crossing?.from).toBe('zero');
    expect(run(times(5, 40_000)).scale.crossing?.from).toBe('unknown');
  });

  it('keeps its vehicle but loses its weight when the line falls silent', () => {
    const { scale } = run([...times(5, 0), ...times(40, 40_000)]);
    const lost = loseWeight(scale);
    expect(lost.crossing?.id).toBe(scale.crossing?.id);
    expect(lost.motion).not.toBe('stable');
    expect(lost.window).toHaveLength(0);
  });
});

describe('zero is seen before a vehicle counts', () => {
  const on = times(40, 40_000);

  it('so a vehicle found standing at the start did not come from zero', () => {
    expect(run(on).scale.crossing?.from).toBe('unknown');
    expect(run([...times(4, 0), ...on]).scale.crossing?.from).toBe('unknown');
    expect(run([...times(5, 0), ...on]).scale.crossing?.from).toBe('zero');
  });

  it('nor one that came while the line was silent, however the silence is told', () => {
    const { scale } = run(times(10, 0));
    expect(run(on, loseWeight(scale), 1000).scale.crossing?.from).toBe('unknown');
    // No watchdog spoke: the gap between two frames alone says so.
    expect(run(on, scale, 900 + settings.staleMs + 1).scale.crossing?.from).toBe('unknown');
    expect(run([...times(5, 0), ...on], loseWeight(scale), 1000).scale.crossing?.from).toBe('zero');
  });

  it('nor one that is weighed together with what rested there before', () => {
    const mud = run([...times(5, 0), ...times(31, 100)]);
    expect(restsOffZero(mud.scale, settings)).toBe(true);
    expect(run(on, mud.scale, 3600).scale.crossing?.from).toBe('off-zero');
    // Cleaned away and seen at zero, the next one counts again.
    const clean = run(times(5, 0), mud.scale, 3600).scale;
    expect(restsOffZero(clean, settings)).toBe(false);
    expect(run(on, clean, 4100).scale.crossing?.from).toBe('zero');
  });

  it('nor the next one on a scale that did not return, which is a crossing of its own', () => {
    for (const left of [100, -100]) {
      const { scale, ids, closed } = run([...times(5, 0), ...on, ...times(40, left)]);
      expect([ids.length, closed, restsOffZero(scale, settings)]).toEqual([1, 0, true]);
      const step = stepScale(scale, { kg: 30_000, atMs: 8500, raw: '' }, settings, () => 'next');
      expect(step.closed).toMatchObject({ id: 'c1', to: 'off-zero', peakKg: 40_000 });
      expect(step.started).toMatchObject({ id: 'next', from: 'off-zero' });
    }
  });

  it('and ends at zero with its own crossing otherwise', () => {
    const step = stepScale(
      run([...times(5, 0), ...on, ...times(4, 0)]).scale,
      { kg: 0, atMs: 4900, raw: '' },
      settings,
      () => 'next',
    );
    expect(step).toMatchObject({ started: null, closed: { id: 'c1', to: 'zero' } });
  });
});
