import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureKind } from './retry.ts';
import { retryAfterMs, retryDelayMs } from './retry.ts';

const kinds: readonly FailureKind[] = [
  'network',
  'timeout',
  'busy',
  'server',
  'wrong-answer',
  'address',
  'login',
];
const failure = fc.record({
  attempts: fc.integer({ min: 0, max: 1_000_000 }),
  kind: fc.constantFrom(...kinds),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 10 ** 12 }), { nil: null }),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the wait before the next try', () => {
  it('is a whole number of ms, never under a second and never over an hour, after any failure', () => {
    fc.assert(
      fc.property(failure, (failed) => {
        const delay = retryDelayMs(failed);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(1000);
        expect(delay).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  it('is at most five minutes unless the platform itself asks for longer', () => {
    fc.assert(
      fc.property(failure, (failed) => {
        fc.pre(failed.kind !== 'busy' || failed.retryAfterMs === null);
        expect(retryDelayMs(failed)).toBeLessThanOrEqual(300_000);
      }),
    );
  });

  it('is never shorter than an asked-for Retry-After of up to an hour', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 0, max: 3_600_000 }), (failed, asked) => {
        expect(retryDelayMs({ ...failed, kind: 'busy', retryAfterMs: asked })).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  it('doubles its ceiling from one second', () => {
    const worst = [1, 2, 3, 4, 9, 10, 40].map((attempts) =>
      retryDelayMs({ attempts, kind: 'network', retryAfterMs: null, random: 1 }),
    );
    expect(worst).toEqual([1000, 2000, 4000, 8000, 256_000, 300_000, 300_000]);
  });

  it('is at least a minute after a refused login, the first time too', () => {
    expect(retryDelayMs({ attempts: 1, kind: 'login', retryAfterMs: null, random: 0 })).toBe(60_000);
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-01-02T03:04:05Z');
  it('is read as seconds or as a date', () => {
    expect(retryAfterMs('120', nowMs)).toBe(120_000);
    expect(retryAfterMs('Fri, 02 Jan 2026 03:05:05 GMT', nowMs)).toBe(60_000);
    expect(retryAfterMs('Fri, 02 Jan 2026 03:00:00 GMT', nowMs)).toBe(0);
  });
  it('is ignored when it is anything else', () => {
    for (const header of [null, '', 'soon', '-5', '1.5', '99999999999999', 'Fri, 99']) {
      expect(retryAfterMs(header, nowMs)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = retryAfterMs(header, nowMs);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
