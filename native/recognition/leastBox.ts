import type { Box, Point } from './picture.ts';

/** The smallest rectangle around the points; one of its sides lies along a side of their hull. */
export function leastBox(points: readonly Point[]): Box {
  const hull = convexHull(points);
  let least: Box = { x: hull[0]?.x ?? 0, y: hull[0]?.y ?? 0, width: 0, height: 0, angle: 0 };
  let leastArea = Number.POSITIVE_INFINITY;
  for (const [index, one] of hull.entries()) {
    const next = hull[(index + 1) % hull.length] ?? one;
    const box = boxAlong(hull, Math.atan2(next.y - one.y, next.x - one.x));
    const area = box.width * box.height;
    if (area < leastArea) {
      least = box;
      leastArea = area;
    }
  }
  return least;
}

function boxAlong(hull: readonly Point[], direction: number): Box {
  const cos = Math.cos(direction);
  const sin = Math.sin(direction);
  const along = hull.map(({ x, y }) => x * cos + y * sin);
  const across = hull.map(({ x, y }) => y * cos - x * sin);
  const [fromU, toU] = [Math.min(...along), Math.max(...along)];
  const [fromV, toV] = [Math.min(...across), Math.max(...across)];
  const u = (fromU + toU) / 2;
  const v = (fromV + toV) / 2;
  return upright({
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: toU - fromU,
    height: toV - fromV,
    angle: direction,
  });
}

/** The same rectangle, its width being the side that lies flatter. */
function upright(box: Box): Box {
  const quarter = Math.PI / 2;
  const turns = Math.round(box.angle / quarter);
  const angle = box.angle - turns * quarter;
  return turns % 2 === 0 ? { ...box, angle } : { ...box, width: box.height, height: box.width, angle };
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const half: Point[] = [];
  for (const point of sorted) {
    while (half.length > 1 && !turnsLeft(half.at(-2), half.at(-1), point)) half.pop();
    half.push(point);
  }
  return half.slice(0, -1);
}

function turnsLeft(before: Point | undefined, at: Point | undefined, next: Point): boolean {
  if (before === undefined || at === undefined) return true;
  return (at.x - before.x) * (next.y - before.y) - (at.y - before.y) * (next.x - before.x) > 0;
}
