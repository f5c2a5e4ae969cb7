import { leastBox } from './leastBox.ts';
import type { Box, Point } from './picture.ts';

/** How likely each pixel of a picture belongs to a line of text: what the detection network says. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly likely: Float32Array;
}

/** As PaddleOCR sets its detection: a pixel counts, a whole line counts, and how much a line is larger than its core. */
const leastLikely = 0.3;
const leastScore = 0.5;
const grow = 1.6;
const leastSide = 3;
const mostBoxes = 60;

/** Lines of text, the largest first. Pixels of the map. */
export function textBoxes(map: TextMap): readonly Box[] {
  const seen = new Uint8Array(map.likely.length);
  const boxes: Box[] = [];
  for (let at = 0; at < map.likely.length; at += 1) {
    if (seen[at] === 1 || (map.likely[at] ?? 0) < leastLikely) continue;
    const { border, score } = spot(map, at, seen);
    if (score < leastScore) continue;
    const core = leastBox(border);
    if (Math.min(core.width, core.height) < leastSide) continue;
    const by = (core.width * core.height * grow) / (2 * (core.width + core.height));
    boxes.push({ ...core, width: core.width + 2 * by, height: core.height + 2 * by });
  }
  return boxes.sort((one, other) => other.width * other.height - one.width * one.height).slice(0, mostBoxes);
}

/** All that hangs together with one pixel: its outermost points, and how likely it is text on the whole. */
function spot(
  { width, height, likely }: TextMap,
  first: number,
  seen: Uint8Array,
): { readonly border: readonly Point[]; readonly score: number } {
  const border: Point[] = [];
  const open = [first];
  seen[first] = 1;
  let sum = 0;
  let count = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = Math.floor(at / width);
    sum += likely[at] ?? 0;
    count += 1;
    let inside = 0;
    for (let side = 0; side < 9; side += 1) {
      const nextX = x + (side % 3) - 1;
      const nextY = y + Math.floor(side / 3) - 1;
      if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height) continue;
      const next = nextY * width + nextX;
      if ((likely[next] ?? 0) < leastLikely) continue;
      inside += 1;
      if (seen[next] === 1) continue;
      seen[next] = 1;
      open.push(next);
    }
    if (inside < 9) border.push({ x, y }, { x: x + 1, y }, { x, y: y + 1 }, { x: x + 1, y: y + 1 });
  }
  return { border, score: sum / count };
}
