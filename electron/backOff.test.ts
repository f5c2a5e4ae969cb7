import { expect, it } from 'vitest';
import { backOff } from './backOff.ts';

it('what dies again and again is started ever more slowly, and never given up', () => {
  const pause = backOff();
  const pauses = Array.from({ length: 20 }, () => pause(10));
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  expect(pauses[0]).toBeLessThan(1000);
  expect(pauses.at(-1)).toBe(10_000);
});

it('one death after a quiet day costs the shortest pause', () => {
  const pause = backOff();
  for (let deaths = 0; deaths < 10; deaths += 1) pause(10);
  expect(pause(86_400_000)).toBe(backOff()(10));
});
