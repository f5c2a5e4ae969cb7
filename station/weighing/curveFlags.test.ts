import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CurveSettings, curveFlags } from './curveFlags.ts';
import type { Reading } from './stability.ts';

const settings = CurveSettings.parse({});
const divisionKg = 20;
const of = (readings: readonly Reading[], beamAtMs: number | null = null) =>
  curveFlags(readings, { settings, divisionKg, startedAtMs: 0, beamAtMs }).map(({ code }) => code);

/** What an indicator shows of a weight over time: whole divisions, a frame every `everyMs`. */
function shown(kgAt: (ms: number) => number, lengthMs: number, everyMs: number): Reading[] {
  return Array.from({ length: Math.floor(lengthMs / everyMs) }, (_, nth) => {
    const atMs = nth * everyMs;
    return { kg: Math.round(kgAt(atMs) / divisionKg) * divisionKg, atMs, raw: '' };
  });
}

/** One axle comes on: it rises over `overMs` and rings for a while. */
const axle = (kg: number, fromMs: number, overMs: number) => (ms: number) => {
  const age = ms - fromMs;
  if (age <= 0) return 0;
  const rise = Math.min(1, age / overMs);
  return (
    kg * (rise * rise * (3 - 2 * rise) + 0.09 * Math.exp(-age / 450) * Math.sin((2 * Math.PI * age) / 620))
  );
};

const truck: fc.Arbitrary<{ kgAt: (ms: number) => number; totalKg: number; endMs: number }> = fc
  .record({
    axles: fc.array(fc.integer({ min: 1500, max: 12_000 }), { minLength: 2, maxLength: 6 }),
    gapMs: fc.integer({ min: 350, max: 3000 }),
    overMs: fc.integer({ min: 200, max: 900 }),
    swayKg: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ axles, gapMs, overMs, swayKg }) => {
    const parts = axles.map((kg, nth) => axle(kg, 500 + nth * gapMs, overMs));
    return {
      kgAt: (ms) => parts.reduce((sum, part) => sum + part(ms), 0) + swayKg * Math.sin(ms / 170),
      totalKg: axles.reduce((sum, kg) => sum + kg, 0),
      endMs: 500 + axles.length * gapMs + 5000,
    };
  });
const everyMs = fc.constantFrom(20, 50, 100, 200);

describe('ordinary traffic', () => {
  it('driving on axle by axle, swaying, stopping half way gives no flag, at any frame rate', () => {
    fc.assert(
      fc.property(truck, everyMs, ({ kgAt, endMs }, every) => {
        expect(of(shown(kgAt, endMs, every))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('nor does a light axle that rolls on slowly, seen at fifty frames a second', () => {
    const light = (ms: number): number => axle(1500, 500, 900)(ms) + axle(1500, 3500, 900)(ms);
    expect(of(shown(light, 9000, 20))).toEqual([]);
  });

  it('nor does a bucket of coal, nor a silo that fills for minutes', () => {
    const bucket = (ms: number): number => 20_000 + axle(3000, 4000, 700)(ms) + axle(3000, 12_000, 700)(ms);
    expect(of(shown(bucket, 20_000, 50))).toEqual([]);
    expect(of(shown((ms) => 15_000 + ms / 10, 300_000, 100))).toEqual([]);
  });
});

describe('what no truck does', () => {
  it('a step of half a tonne from rest to rest is always flagged, up or down', () => {
    fc.assert(
      fc.property(
        truck,
        everyMs,
        fc.constantFrom(-3000, -500, 500, 3000),
        ({ kgAt, endMs }, every, stepKg) => {
          const atMs = endMs + 2000;
          const bent = (ms: number): number => kgAt(ms) + (ms >= atMs ? stepKg : 0);
          const flags = curveFlags(shown(bent, endMs + 5000, every), {
            settings,
            divisionKg,
            startedAtMs: 0,
            beamAtMs: null,
          });
          expect(flags.map(({ code }) => code)).toContain('jump-standing');
          const jump = flags.find(({ code }) => code === 'jump-standing');
          expect(Math.abs((jump?.kg ?? 0) - stepKg)).toBeLessThanOrEqual(2 * divisionKg);
          expect(Math.abs((jump?.afterMs ?? 0) - atMs)).toBeLessThanOrEqual(every);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a slow creep of 200 kg and more after the weight had come to rest is flagged', () => {
    fc.assert(
      fc.property(truck, fc.integer({ min: 240, max: 1900 }), ({ kgAt, endMs }, creepKg) => {
        const from = endMs + 2000;
        const bent = (ms: number): number =>
          kgAt(ms) + Math.max(0, Math.min(1, (ms - from) / 20_000)) * creepKg;
        expect(of(shown(bent, from + 24_000, 100))).toEqual(['drift']);
      }),
      { numRuns: 100 },
    );
  });

  it('a whole truck from one frame to the next never drove on', () => {
    expect(of(shown((ms) => (ms < 1000 ? 0 : 46_000), 6000, 50))).toEqual(['fast-step']);
  });

  it('weight long before the beams saw anybody', () => {
    const readings = shown((ms) => axle(9000, 500, 400)(ms), 8000, 50);
    expect(of(readings, 7000)).toEqual(['before-beams']);
    expect(of(readings, 700)).toEqual([]);
  });
});
