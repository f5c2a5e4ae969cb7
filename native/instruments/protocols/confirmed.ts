import type { DecodedFrame, FrameDecoder } from './protocol.ts';
import { endsLine } from './weight.ts';

/**
 * For frames without a checksum: one is only believed when the one right before it said the same. Anything
 * between them but a line end begins the count anew, so a wrong length setting never yields a weight.
 */
export function confirmedByRepetition(inner: FrameDecoder): FrameDecoder {
  let previous: string | null = null;

  function confirm(frames: readonly DecodedFrame[]): DecodedFrame[] {
    return frames.map((frame) => {
      if (!frame.valid) {
        if (frame.reason !== 'noise' || !endsLine(frame.raw)) previous = null;
        return frame;
      }
      if (frame.raw === previous) return frame;
      previous = frame.raw;
      return { valid: false, reason: 'unconfirmed', raw: frame.raw };
    });
  }

  return {
    push: (bytes) => confirm(inner.push(bytes)),
    end: () => {
      const rest = confirm(inner.end());
      previous = null;
      return rest;
    },
  };
}
