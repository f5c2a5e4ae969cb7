import { createYaohuaContinuousDecoder } from '../yaohuaContinuous.ts';
import * as z from 'zod';
import type { DecodedFrame, FrameDecoder } from './protocol.ts';

/** Yaohua tF=0: the frame and both ways of writing its sum are described beside the decoder this one adapts. */
export const YaohuaStreamOptions = z.strictObject({
  /** The unit the indicator shows: its bytes do not say. */
  unit: z.enum(['kg', 't']).default('kg'),
});
export type YaohuaStreamOptions = z.infer<typeof YaohuaStreamOptions>;

type Inner = ReturnType<ReturnType<typeof createYaohuaContinuousDecoder>['push']>;

function withUnit(frames: Inner): DecodedFrame[] {
  return frames.map((frame) =>
    frame.valid
      ? {
          valid: true,
          kg: frame.kg,
          display: frame.display,
          decimals: frame.decimals,
          unit: null,
          motion: null,
          overload: null,
          net: null,
          raw: frame.raw,
        }
      : frame,
  );
}

export function createYaohuaStreamDecoder(options: YaohuaStreamOptions): FrameDecoder {
  const inner = createYaohuaContinuousDecoder({ unit: options.unit });
  return { push: (bytes) => withUnit(inner.push(bytes)), end: () => withUnit(inner.end()) };
}
