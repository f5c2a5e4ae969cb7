import { describe, expect, it } from 'vitest';
import { checkAxleLoads } from './axleLoads.ts';

const six = [6_800, 8_600, 8_600, 8_000, 8_000, 8_000];
const check = (kg: readonly number[], axles: number | null = 6, weighedKg: number | null = 48_000) =>
  checkAxleLoads({ kg, by: '便携式轴重仪 3 号' }, axles, weighedKg);
const code = (checked: ReturnType<typeof check>) => (checked.ok ? 'taken' : checked.error.code);

describe('axle loads a person states', () => {
  it('are taken for each axle, as far from the gross as an axle scale may be', () => {
    expect(check(six)).toEqual({ ok: true, value: { kg: six, by: '便携式轴重仪 3 号' } });
    const of = (sum: number) => [...six.slice(0, 5), sum - 40_000];
    expect(code(check(of(52_800)))).toBe('taken');
    expect(code(check(of(43_200)))).toBe('taken');
    expect(check(of(52_801))).toEqual({
      ok: false,
      error: { code: 'axle-loads-sum', detail: '52801 / 48000 kg' },
    });
    expect(code(check(of(43_199)))).toBe('axle-loads-sum');
  });

  it('are not taken for another number of axles than the vehicle has', () => {
    expect(check(six.slice(1))).toEqual({
      ok: false,
      error: { code: 'axle-loads-count', detail: '5 ≠ 6' },
    });
    expect(code(check([]))).toBe('axle-loads-count');
    expect(code(check(Array<number>(13).fill(3_700), 13))).toBe('axle-loads-count');
  });

  it('are whole kilograms above nothing', () => {
    for (const wrong of [0, -8_000, 8_000.5, Number.NaN, Infinity])
      expect(code(check([...six.slice(0, 5), wrong]))).toBe('axle-loads-value');
  });

  it('need the vehicle’s axles, a weight that stands, and what they were measured with', () => {
    expect(code(check(six, null))).toBe('vehicle-unknown');
    expect(code(check(six, 6, null))).toBe('not-stable');
    expect(code(checkAxleLoads({ kg: six, by: ' ' }, 6, 48_000))).toBe('axle-loads-by');
  });
});
