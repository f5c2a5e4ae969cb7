/**
 * Yaohua XK3190 continuous output (tF=0), as the DS10, A26, A9+ and DS3 manuals and Keli XK3118K9-R give it:
 * 12 bytes, no flag for motion, unit, net or overload.
 *
 *   02 | 2B or 2D | six digits, most significant first | decimals '0'..'4' | XOR high | XOR low | 03
 *
 * The XOR covers bytes 2 to 9. Most models write its halves as 0-9, A-F; the A22 adds 30h to both.
 *
 *   02 2B 30 31 32 34 35 30 30 31 39 03    12450
 *   02 2B 30 30 32 30 30 30 32 31 42 03    20.00
 */

export type InvalidReason = 'checksum' | 'form' | 'noise' | 'incomplete';

export interface ValidFrame {
  readonly valid: true;
  /** The weight in kilograms: the shown number itself, or a thousand times it when the unit is t. */
  readonly kg: number;
  /** The number as the indicator shows it, e.g. `12450`, `20.00`, `-1234.5`. */
  readonly display: string;
  readonly decimals: number;
  /** What this protocol does not say. */
  readonly motion: null;
  readonly overload: null;
  readonly net: null;
  /** The bytes, hex. */
  readonly raw: string;
}

export interface InvalidFrame {
  readonly valid: false;
  readonly reason: InvalidReason;
  readonly raw: string;
}

export type DecodedFrame = ValidFrame | InvalidFrame;

export interface FrameDecoder {
  /** Takes the next bytes, cut anywhere, and returns what they completed. */
  readonly push: (bytes: Uint8Array) => readonly DecodedFrame[];
  /** The stream ended: what is left is reported, and the decoder starts anew. */
  readonly end: () => readonly DecodedFrame[];
}

export type WeightUnit = 'kg' | 't';

const STX = 0x02;
const ETX = 0x03;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DIGIT_0 = 0x30;
const frameBytes = 12;
const signAt = 1;
const firstDigitAt = 2;
const decimalsAt = 8;
const xorHighAt = 9;
const xorLowAt = 10;
const etxAt = 11;
/** Longer rubbish is reported in pieces, so that no stream can grow the decoder. */
const maxReportBytes = 64;

/**
 * A byte can only continue a frame when it fits its place, and no place inside a frame fits STX: a frame
 * never hides in another, so one pass without rescanning finds every one, however the bytes are cut.
 */
export function createYaohuaContinuousDecoder(options: { readonly unit?: WeightUnit } = {}): FrameDecoder {
  const unit = options.unit ?? 'kg';
  const frame = Buffer.alloc(frameBytes);
  const rubbish = Buffer.alloc(maxReportBytes);
  let filled = 0;
  let skipped = 0;
  let why: 'noise' | 'form' = 'noise';

  function report(found: DecodedFrame[]): void {
    if (skipped > 0) found.push({ valid: false, reason: why, raw: rubbish.toString('hex', 0, skipped) });
    skipped = 0;
  }

  function skip(byte: number, found: DecodedFrame[]): void {
    if (skipped === maxReportBytes) report(found);
    rubbish[skipped] = byte;
    skipped += 1;
  }

  function take(byte: number, found: DecodedFrame[]): void {
    if (filled > 0 && fits(byte, filled)) {
      frame[filled] = byte;
      filled += 1;
      if (filled < frameBytes) return;
      filled = 0;
      found.push(readFrame(frame, 0, unit));
      return;
    }
    if (filled > 0) {
      why = 'form';
      for (let at = 0; at < filled; at += 1) skip(frame[at] ?? 0, found);
      filled = 0;
    }
    if (byte === STX) {
      report(found);
      why = 'noise';
      frame[0] = byte;
      filled = 1;
    } else {
      skip(byte, found);
    }
  }

  return {
    push(bytes) {
      const found: DecodedFrame[] = [];
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let at = 0;
      while (at < buffer.length) {
        if (filled === 0 && wholeFrameAt(buffer, at)) {
          report(found);
          why = 'noise';
          found.push(readFrame(buffer, at, unit));
          at += frameBytes;
        } else {
          take(buffer[at] ?? 0, found);
          at += 1;
        }
      }
      return found;
    },
    end() {
      const found: DecodedFrame[] = [];
      report(found);
      if (filled > 0)
        found.push({ valid: false, reason: 'incomplete', raw: frame.toString('hex', 0, filled) });
      filled = 0;
      why = 'noise';
      return found;
    },
  };
}

/** Whether a byte may stand at this place of a frame. */
function fits(byte: number, at: number): boolean {
  if (at === 0) return byte === STX;
  if (at === signAt) return byte === PLUS || byte === MINUS;
  if (at === etxAt) return byte === ETX;
  if (at === decimalsAt) return byte >= DIGIT_0 && byte <= DIGIT_0 + 4;
  if (at < decimalsAt) return byte >= DIGIT_0 && byte <= DIGIT_0 + 9;
  return (byte >= DIGIT_0 && byte <= DIGIT_0 + 15) || (byte >= 0x41 && byte <= 0x46);
}

function wholeFrameAt(bytes: Buffer, start: number): boolean {
  if (bytes.length - start < frameBytes) return false;
  for (let at = 0; at < frameBytes; at += 1) if (!fits(bytes[start + at] ?? 0, at)) return false;
  return true;
}

function readFrame(bytes: Buffer, start: number, unit: WeightUnit): DecodedFrame {
  const raw = bytes.toString('hex', start, start + frameBytes);
  let xor = 0;
  let shown = 0;
  for (let at = signAt; at <= decimalsAt; at += 1) {
    const byte = bytes[start + at] ?? 0;
    xor ^= byte;
    if (at >= firstDigitAt && at < decimalsAt) shown = shown * 10 + byte - DIGIT_0;
  }
  const high = bytes[start + xorHighAt] ?? 0;
  const low = bytes[start + xorLowAt] ?? 0;
  const hex = high === hexDigit(xor >> 4) && low === hexDigit(xor & 15);
  const plus30 = high === DIGIT_0 + (xor >> 4) && low === DIGIT_0 + (xor & 15);
  if (!hex && !plus30) return { valid: false, reason: 'checksum', raw };
  const decimals = (bytes[start + decimalsAt] ?? DIGIT_0) - DIGIT_0;
  const negative = bytes[start + signAt] === MINUS && shown !== 0;
  // Integers before the one division: the result is the shown number, not a sum of roundings.
  const magnitude = (unit === 't' ? shown * 1000 : shown) / 10 ** decimals;
  return {
    valid: true,
    kg: negative ? -magnitude : magnitude,
    display: (negative ? '-' : '') + displayed(shown, decimals),
    decimals,
    motion: null,
    overload: null,
    net: null,
    raw,
  };
}

function hexDigit(value: number): number {
  return value <= 9 ? DIGIT_0 + value : 0x37 + value;
}

function displayed(shown: number, decimals: number): string {
  if (decimals === 0) return String(shown);
  const digits = String(shown).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
