import type { RejectReason } from '../../../station/contract.ts';
import { RejectReason as RejectReasonList } from '../../../station/contract.ts';
/** What every protocol gives: frames that carry a weight the indicator showed, and frames that carry none. */

/** Why a piece of the stream is no weight. Each is counted; none is repaired. The contract says of each what it means. */
export type InvalidReason = RejectReason;

export const invalidReasons: readonly InvalidReason[] = RejectReasonList.options;

/** A frame in pounds or ounces is no weight, so these are all a valid one can say. */
export type FrameUnit = 'kg' | 't' | 'g';

/** The unit to assume where the bytes do not say. */
export type SilentUnit = 'kg' | 't';

export type Overload = 'over' | 'under';

export interface ValidFrame {
  readonly valid: true;
  readonly kg: number;
  /** The number as the indicator shows it, e.g. `12450`, `20.00`, `-1234.5`. */
  readonly display: string;
  readonly decimals: number;
  /** As the frame itself says it; null where the protocol is silent. */
  readonly unit: FrameUnit | null;
  readonly motion: boolean | null;
  readonly overload: Overload | null;
  /** True: the number is a net weight. */
  readonly net: boolean | null;
  /** The bytes, hex. */
  readonly raw: string;
}

export interface InvalidFrame {
  readonly valid: false;
  readonly reason: InvalidReason;
  /** Of a Modbus device that refuses: its exception code. */
  readonly exception?: number;
  /** The bytes, hex; long rubbish comes in pieces of at most `maxReportBytes`. */
  readonly raw: string;
}

export type DecodedFrame = ValidFrame | InvalidFrame;

export interface FrameDecoder {
  /** Takes the next bytes, cut anywhere, and returns what they completed. */
  readonly push: (bytes: Uint8Array) => readonly DecodedFrame[];
  /** The stream ended: what is left is reported, and the decoder starts anew. */
  readonly end: () => readonly DecodedFrame[];
}

export const maxReportBytes = 64;
