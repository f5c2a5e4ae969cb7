import { expect, it } from 'vitest';
import { kgAt, lengthMs } from './replay.ts';

const curve = [
  { afterMs: 0, kg: 60 },
  { afterMs: 100, kg: null },
  { afterMs: 300, kg: 48_200 },
];

it('the weight of a moment is that of the last frame before it, and never one that came later', () => {
  expect([kgAt(curve, -1), kgAt(curve, 50), kgAt(curve, 299), kgAt(curve, 300)]).toEqual([
    null,
    60,
    null,
    48_200,
  ]);
  expect([lengthMs(curve), lengthMs([])]).toEqual([300, 0]);
});
