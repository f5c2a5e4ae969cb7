import type { DecodedFrame, FrameDecoder, InvalidReason } from './protocol.ts';
import { maxReportBytes } from './protocol.ts';

/** One protocol's frame: how far bytes fit it, and what a whole one says. */
export interface FrameForm {
  /** No frame is longer; at most `maxReportBytes`. */
  readonly maxBytes: number;
  /**
   * The length of the whole frame at `start`; `needsMore` when all bytes up to `end` fit but some are missing;
   * `misfit(n)` when n bytes fit and the next does not. The answer must not depend on bytes behind that one.
   */
  readonly measure: (bytes: Uint8Array, start: number, end: number) => number;
  readonly read: (bytes: Buffer, start: number, length: number) => DecodedFrame;
}

export const needsMore = 0;

export function misfit(fitting: number): number {
  return -1 - fitting;
}

const nothing = Buffer.alloc(0);

/**
 * Finds the frames of one form in a stream cut anywhere. A frame that breaks off or whose sum is wrong is searched
 * again from its second byte, so damage never takes a whole frame behind it along. Keeps less than one frame.
 */
export function createFramedDecoder(form: FrameForm): FrameDecoder {
  const rubbish = Buffer.alloc(maxReportBytes);
  let kept = nothing;
  let skipped = 0;
  let why: InvalidReason = 'noise';
  /** How many of the next bytes still belong to the frame that was just rejected. */
  let ofRejected = 0;

  function report(found: DecodedFrame[]): void {
    if (skipped > 0) found.push({ valid: false, reason: why, raw: rubbish.toString('hex', 0, skipped) });
    skipped = 0;
  }

  function skip(byte: number, reason: InvalidReason, fitting: number, found: DecodedFrame[]): void {
    // The rest of a frame that broke off belongs to it; what follows a whole one with a wrong sum does not.
    const joins = ofRejected > 0 || (reason === 'noise' && why !== 'checksum' && skipped > 0);
    if (!joins) {
      report(found);
      why = reason;
      ofRejected = fitting;
    } else if (skipped === maxReportBytes) report(found);
    rubbish[skipped] = byte;
    skipped += 1;
    if (ofRejected > 0) ofRejected -= 1;
  }

  /** Takes what is decided and returns where the undecided rest begins. */
  function scan(bytes: Buffer, found: DecodedFrame[]): number {
    let at = 0;
    while (at < bytes.length) {
      const measured = form.measure(bytes, at, bytes.length);
      if (measured === needsMore) return at;
      let reason: InvalidReason = measured === misfit(0) ? 'noise' : 'form';
      if (measured > 0) {
        const frame = form.read(bytes, at, measured);
        if (frame.valid || (frame.reason !== 'checksum' && frame.reason !== 'form')) {
          report(found);
          ofRejected = 0;
          why = 'noise';
          found.push(frame);
          at += measured;
          continue;
        }
        reason = frame.reason;
      }
      skip(bytes[at] ?? 0, reason, measured > 0 ? measured : -1 - measured, found);
      at += 1;
    }
    return at;
  }

  return {
    push(chunk) {
      const found: DecodedFrame[] = [];
      const bytes =
        kept.length > 0
          ? Buffer.concat([kept, chunk])
          : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const rest = scan(bytes, found);
      // A copy: the caller may use its chunk again.
      kept = rest < bytes.length ? Buffer.from(bytes.subarray(rest)) : nothing;
      return found;
    },
    end() {
      const found: DecodedFrame[] = [];
      report(found);
      if (kept.length > 0) found.push({ valid: false, reason: 'incomplete', raw: kept.toString('hex') });
      kept = nothing;
      ofRejected = 0;
      why = 'noise';
      return found;
    },
  };
}
