import { Buffer } from 'node:buffer';
import { createYaohuaContinuousDecoder } from '../instruments/yaohuaContinuous.ts';

const maxPoints = 2000;

export interface CurvePoint {
  readonly afterMs: number;
  readonly kg: number | null;
}

/** A stored curve's weights over time, decoded from its raw frames again; thinned for the screen. */
export function curvePoints(text: string, unit: 'kg' | 't'): CurvePoint[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const every = Math.max(1, Math.ceil(lines.length / maxPoints));
  return lines
    .filter((_, index) => index % every === 0)
    .map((line) => {
      const [after = '0', raw = ''] = line.split(' ');
      const [frame] = createYaohuaContinuousDecoder({ unit }).push(Buffer.from(raw, 'hex'));
      return { afterMs: Number(after), kg: frame?.valid === true ? frame.kg : null };
    });
}
