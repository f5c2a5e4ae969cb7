import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleNumbers } from './sample.ts';

it('draws each number at most once, within bounds, as many as there are, and the same again by the same seed', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 1, max: 50 }),
      (seed, among, count) => {
        const drawn = sampleNumbers(seed, among, count);
        expect(drawn).toEqual(sampleNumbers(seed, among, count));
        expect(new Set(drawn).size).toBe(Math.min(among, count));
        for (const number of drawn) expect(number >= 1 && number <= among).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

it('is drawn again by a stranger with openssl alone', () => {
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: 'yq-1:0' }).toString('utf8');
  expect(sampleNumbers('yq-1', 9973, 1)).toEqual([(Number.parseInt(digest.slice(0, 12), 16) % 9973) + 1]);
});
