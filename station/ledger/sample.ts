import { createHash } from 'node:crypto';

/**
 * Weighing numbers drawn at random among 1..`among`, at most `count`, each once, in the order they were drawn: the
 * n-th draw is the first 12 hex digits of SHA-256(`<seed>:<n>`), n = 0, 1, 2 …, modulo `among`, plus 1. Whoever knows
 * the seed draws the same again with nothing but sha256sum.
 */
export function sampleNumbers(seed: string, among: number, count: number): readonly number[] {
  const drawn = new Set<number>();
  const wanted = Math.min(count, among);
  for (let nth = 0; drawn.size < wanted; nth += 1) {
    const digits = createHash('sha256')
      .update(`${seed}:${String(nth)}`)
      .digest('hex')
      .slice(0, 12);
    drawn.add((Number.parseInt(digits, 16) % among) + 1);
  }
  return [...drawn];
}
