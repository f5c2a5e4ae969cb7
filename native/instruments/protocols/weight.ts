import { CR, DIGIT_0, DOT, LF, MINUS, PLUS, SPACE } from './forms.ts';
import type { FrameUnit, InvalidFrame, InvalidReason, Overload, SilentUnit, ValidFrame } from './protocol.ts';

/** A number as the indicator shows it: an integer and the places behind its point. */
export interface ShownNumber {
  readonly negative: boolean;
  readonly shown: number;
  readonly decimals: number;
}

const maxDigits = 15;

/** Spaces, a sign before or after them, digits with at most one point. Blank when there is no digit at all. */
export function readNumber(bytes: Uint8Array, start: number, end: number): ShownNumber | 'blank' | 'form' {
  let shown = 0;
  let digits = 0;
  let pointAt = -1;
  let sign = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= DIGIT_0 && byte <= DIGIT_0 + 9) {
      shown = shown * 10 + byte - DIGIT_0;
      digits += 1;
    } else if (byte === DOT && pointAt < 0) pointAt = digits;
    else if ((byte === MINUS || byte === PLUS) && sign === 0 && digits === 0 && pointAt < 0) sign = byte;
    else if (byte !== SPACE || digits > 0 || pointAt >= 0) return 'form';
  }
  if (digits === 0) return pointAt < 0 ? 'blank' : 'form';
  if (digits > maxDigits) return 'form';
  return { negative: sign === MINUS, shown, decimals: pointAt < 0 ? 0 : digits - pointAt };
}

const tonneKg = 1000;
const gramsPerKg = 1000;

/** Integers before the one division: the result is the shown number, not a sum of roundings. */
export function kgOf(shown: number, decimals: number, unit: FrameUnit): number {
  return (unit === 't' ? shown * tonneKg : shown) / (10 ** decimals * (unit === 'g' ? gramsPerKg : 1));
}

export function displayed(shown: number, decimals: number): string {
  if (decimals === 0) return String(shown);
  const digits = String(shown).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export interface FrameSays {
  readonly unit: FrameUnit | null;
  /** What the number is in when the frame does not say. */
  readonly silentUnit?: SilentUnit;
  readonly motion: boolean | null;
  readonly overload: Overload | null;
  readonly net: boolean | null;
}

export function weightFrame(number: ShownNumber, says: FrameSays, raw: string): ValidFrame {
  // A negative zero is zero.
  const negative = number.negative && number.shown !== 0;
  const kg = kgOf(number.shown, number.decimals, says.unit ?? says.silentUnit ?? 'kg');
  const display = displayed(number.shown, number.decimals);
  return {
    valid: true,
    kg: negative ? -kg : kg,
    display: negative ? `-${display}` : display,
    decimals: number.decimals,
    unit: says.unit,
    motion: says.motion,
    overload: says.overload,
    net: says.net,
    raw,
  };
}

export function rejected(reason: InvalidReason, raw: string): InvalidFrame {
  return { valid: false, reason, raw };
}

/** A Modbus device answers that it will not, and why. */
export function refusedWith(exception: number, raw: string): InvalidFrame {
  return { valid: false, reason: 'refused', exception, raw };
}

export function textAt(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

/** The unit written at these places, in any case, with spaces around; null when it is no legal unit of weight. */
export function unitAt(bytes: Uint8Array, start: number, end: number): FrameUnit | null {
  let from = start;
  let to = end;
  while (from < to && bytes[from] === SPACE) from += 1;
  while (to > from && bytes[to - 1] === SPACE) to -= 1;
  const first = (bytes[from] ?? 0) | 0x20;
  const second = (bytes[from + 1] ?? 0) | 0x20;
  if (to - from === 1) return first === 0x74 ? 't' : first === 0x67 ? 'g' : null;
  return to - from === 2 && first === 0x6b && second === 0x67 ? 'kg' : null;
}

export function endsLine(hex: string): boolean {
  for (let at = 0; at < hex.length; at += 2) {
    const byte = Number.parseInt(hex.slice(at, at + 2), 16);
    if (byte !== CR && byte !== LF) return false;
  }
  return true;
}
