import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastBox } from './leastBox.ts';
import type { Box, Point } from './picture.ts';
import { pointOf } from './picture.ts';

const corners = (box: Box): Point[] => [
  pointOf(box, 0, 0),
  pointOf(box, 1, 0),
  pointOf(box, 1, 1),
  pointOf(box, 0, 1),
];

it('finds a turned rectangle again, whatever else lies inside of it', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.integer({ min: 100, max: 900 }),
        y: fc.integer({ min: 100, max: 500 }),
        width: fc.integer({ min: 60, max: 300 }),
        height: fc.integer({ min: 10, max: 40 }),
        angle: fc.double({ min: -0.7, max: 0.7, noNaN: true }),
      }),
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      ),
      (box, inside) => {
        const found = leastBox([...corners(box), ...inside.map(([u, v]) => pointOf(box, u, v))]);
        for (const name of ['x', 'y', 'width', 'height', 'angle'] as const)
          expect(found[name]).toBeCloseTo(box[name], 4);
      },
    ),
  );
});

it('of one point, or of none, is no rectangle and no crash', () => {
  expect(leastBox([])).toMatchObject({ width: 0, height: 0 });
  expect(leastBox([{ x: 3, y: 4 }])).toMatchObject({ width: 0, height: 0 });
});
