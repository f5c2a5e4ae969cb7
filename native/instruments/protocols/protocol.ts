import { RejectReason } from '../../../station/contract.ts';
/** What every protocol gives: frames that carry a weight the indicator showed, and frames that carry none. */

/** Why a piece of the stream is no weight. Each is counted; none is repaired. */
export type InvalidReason =
  /** The bytes fit, their sum does not. */
  | 'checksum'
  /** A frame began and a byte did not fit its place. */
  | 'form'
  /** Bytes outside any frame. */
  | 'noise'
  /** The stream ended inside a frame. */
  | 'incomplete'
  /** A unit that is not a legal unit of weight here: lb, oz, pieces. */
  | 'unit'
  /** Above the range, without a number. */
  | 'overload-blank'
  /** Below the range, without a number. */
  | 'underload-blank'
  /** No checksum and no second frame that says the same yet. */
  | 'unconfirmed'
  /** A good frame about something else: tare, handshake, preset. */
  | 'not-weight'
  /** A good frame of another instrument on the line. */
  | 'address'
  /** A number with more digits than the verified ones. */
  | 'expanded'
  /** A frozen number: hold, peak. */
  | 'hold'
  /** The instrument did not accept the request. */
  | 'refused'
  /** The instrument says that it is out of order. */
  | 'indicator-error';

export const invalidReasons: readonly InvalidReason[] = RejectReason.options;

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
