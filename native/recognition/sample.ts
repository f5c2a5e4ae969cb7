import type { Box, Picture } from './picture.ts';
import { pointOf } from './picture.ts';

export interface Scaling {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/**
 * A box of the picture as the planes a PaddleOCR network reads: blue, green, red, each pixel 0 to 1, less the mean, by
 * the deviation. `padTo` fills up on the right with zeros.
 */
export function planesOf(
  picture: Picture,
  box: Box,
  size: { readonly width: number; readonly height: number; readonly padTo?: number },
  { mean, deviation }: Scaling,
): Float32Array {
  const { width, height } = size;
  const across = Math.max(width, size.padTo ?? width);
  const planes = new Float32Array(3 * across * height);
  const from = pointOf(box, 0.5 / width, 0.5 / height);
  const right = pointOf(box, 1.5 / width, 0.5 / height);
  const below = pointOf(box, 0.5 / width, 1.5 / height);
  const [dxX, dxY] = [right.x - from.x, right.y - from.y];
  const [dyX, dyY] = [below.x - from.x, below.y - from.y];
  // A picture that is made much smaller is read at several points of each pixel, so that no thin stroke is lost.
  const points = Math.min(4, Math.max(1, Math.round(Math.hypot(dxX, dxY))));
  const rgb = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rgb.fill(0);
      for (let part = 0; part < points * points; part += 1) {
        const atX = x + ((part % points) + 0.5) / points - 0.5;
        const atY = y + (Math.floor(part / points) + 0.5) / points - 0.5;
        addPixel(rgb, picture, from.x + atX * dxX + atY * dyX, from.y + atX * dxY + atY * dyY);
      }
      for (let plane = 0; plane < 3; plane += 1) {
        const value = (rgb[2 - plane] ?? 0) / (points * points) / 255;
        planes[plane * across * height + y * across + x] =
          (value - (mean[plane] ?? 0)) / (deviation[plane] ?? 1);
      }
    }
  }
  return planes;
}

/** Between four pixels, by how near each is; outside of the picture its border goes on. */
function addPixel(sum: number[], { width, height, rgb }: Picture, x: number, y: number): void {
  const atX = Math.min(Math.max(x - 0.5, 0), width - 1);
  const atY = Math.min(Math.max(y - 0.5, 0), height - 1);
  const left = Math.floor(atX);
  const top = Math.floor(atY);
  const partX = atX - left;
  const partY = atY - top;
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  for (let plane = 0; plane < 3; plane += 1) {
    const at = (column: number, row: number): number => rgb[(row * width + column) * 3 + plane] ?? 0;
    const upper = at(left, top) * (1 - partX) + at(right, top) * partX;
    const lower = at(left, bottom) * (1 - partX) + at(right, bottom) * partX;
    sum[plane] = (sum[plane] ?? 0) + upper * (1 - partY) + lower * partY;
  }
}
