import type { FrameForm } from './framing.ts';
import { misfit, needsMore } from './framing.ts';

/** Which bytes may stand at one place of a frame: 256 zeros and ones. */
export type ByteSet = Uint8Array;

export const CR = 0x0d;
export const LF = 0x0a;
export const STX = 0x02;
export const ETX = 0x03;
export const SPACE = 0x20;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const DIGIT_0 = 0x30;

export function only(...bytes: readonly number[]): ByteSet {
  const set = new Uint8Array(256);
  for (const byte of bytes) set[byte] = 1;
  return set;
}

/** Any one of the characters of a text. */
export function oneOfText(text: string): ByteSet {
  return only(...Buffer.from(text, 'latin1'));
}

/** The places of a fixed text. */
export function literal(text: string): ByteSet[] {
  return [...Buffer.from(text, 'latin1')].map((byte) => only(byte));
}

export function repeated(set: ByteSet, times: number): ByteSet[] {
  return Array.from({ length: times }, () => set);
}

/** The same set for a byte whose highest bit is a parity bit or anything else. */
export function anyParity(set: ByteSet): ByteSet {
  return set.map((_, byte) => set[byte & 0x7f] ?? 0);
}

export const anyByte: ByteSet = new Uint8Array(256).fill(1);
export const digit = oneOfText('0123456789');
export const spacedDigit = oneOfText(' 0123456789');
export const numberByte = oneOfText(' .0123456789');
export const signedNumberByte = oneOfText(' +-.0123456789');
export const letterOrSpace = oneOfText(' ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
export const lineEnd: readonly ByteSet[] = [only(CR), only(LF)];
const hexDigits = '0123456789ABCDEF';
/** A checksum half as 0-9, A-F, or as the A22 writes it: half + 30h. */
export const nibbleByte = oneOfText(`${hexDigits}:;<=>?`);

export function isNibble(byte: number | undefined, half: number): boolean {
  return byte === DIGIT_0 + half || (half > 9 && byte === 0x37 + half);
}

export function nibbleText(value: number): string {
  return (hexDigits[(value >> 4) & 15] ?? '') + (hexDigits[value & 15] ?? '');
}

/** A frame in which every place has its own set of bytes. */
export function fixedForm(places: readonly ByteSet[], read: FrameForm['read']): FrameForm {
  const length = places.length;
  const table = new Uint8Array(length * 256);
  places.forEach((set, at) => {
    table.set(set, at * 256);
  });
  return {
    maxBytes: length,
    measure(bytes, start, end) {
      const available = Math.min(length, end - start);
      for (let at = 0; at < available; at += 1)
        if (table[(at << 8) | (bytes[start + at] ?? 0)] === 0) return misfit(at);
      return available === length ? length : needsMore;
    },
    read,
  };
}

/** Several kinds of frame in one stream; none may be the beginning of another. */
export function eitherForm(forms: readonly FrameForm[], read: FrameForm['read']): FrameForm {
  return {
    maxBytes: Math.max(...forms.map(({ maxBytes }) => maxBytes)),
    measure(bytes, start, end) {
      let fitting = 0;
      let open = false;
      for (const form of forms) {
        const measured = form.measure(bytes, start, end);
        if (measured > 0) return measured;
        if (measured === needsMore) open = true;
        else fitting = Math.max(fitting, -1 - measured);
      }
      return open ? needsMore : misfit(fitting);
    },
    read,
  };
}

/** A printable line that begins with one of the given bytes and ends with CR LF. */
export function lineForm(starts: ByteSet, maxBytes: number, read: FrameForm['read']): FrameForm {
  return {
    maxBytes,
    measure(bytes, start, end) {
      if (starts[bytes[start] ?? 0] === 0) return misfit(0);
      const available = Math.min(maxBytes, end - start);
      for (let at = 1; at < available; at += 1) {
        const byte = bytes[start + at] ?? 0;
        if (byte === LF && bytes[start + at - 1] === CR) return at + 1;
        const fits = bytes[start + at - 1] !== CR && (byte === CR || (byte >= SPACE && byte < 0x7f));
        if (!fits) return misfit(at);
      }
      return available === maxBytes ? misfit(maxBytes) : needsMore;
    },
    read,
  };
}
