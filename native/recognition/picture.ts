import { decode } from 'jpeg-js';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { isWholeJpeg } from '../cameras/bytes/jpeg.ts';

/** Pixels, three bytes each: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in a picture, turned about its middle. Pixels; `angle` in radians, clockwise, of its long side. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** A picture of a camera of today has 2 to 8 megapixels. */
const mostMegapixels = 12;
const mostMegabytes = 256;
const leastSide = 32;

/** Errors: what is wrong with the picture, for the log. */
export function decodePicture(jpeg: Uint8Array): Result<Picture, string> {
  if (!isWholeJpeg(jpeg)) return err('not a whole JPEG');
  try {
    const { width, height, data } = decode(jpeg, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: mostMegapixels,
      maxMemoryUsageInMB: mostMegabytes,
    });
    if (Math.min(width, height) < leastSide) return err(`too small: ${String(width)}×${String(height)}`);
    return ok({ width, height, rgb: data });
  } catch (problem) {
    return err(problem instanceof Error ? problem.message.slice(0, 200) : 'not a JPEG');
  }
}

/** A point of a box in the picture; `u` and `v` run from 0 to 1 along its width and its height. */
export function pointOf(box: Box, u: number, v: number): Point {
  const alongX = (u - 0.5) * box.width;
  const alongY = (v - 0.5) * box.height;
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  return { x: box.x + alongX * cos - alongY * sin, y: box.y + alongX * sin + alongY * cos };
}
