/**
 * Yaohua XK3190 continuous output, tF=0: 02, sign, six digits, decimals, two checksum characters, 03.
 * Built from the manual alone, so that it can disagree with the parser it is to be read by.
 */
export interface FrameForm {
  /** Decimals counted from the right, 0..4. */
  readonly decimals?: number;
  /** The A22 writes a checksum nibble above 9 as ':'..'?' instead of 'A'..'F'. */
  readonly a22?: boolean;
}

/** One frame showing `shown`, the display's digits without its decimal point. */
export function continuousFrame(shown: number, form: FrameForm = {}): Uint8Array {
  const { decimals = 0, a22 = false } = form;
  if (!Number.isInteger(shown) || Math.abs(shown) > 999_999 || !Number.isInteger(decimals)) {
    throw new RangeError(`A continuous frame cannot show ${String(shown)}`);
  }
  const digits = String(Math.abs(shown)).padStart(6, '0');
  const text = `${shown < 0 ? '-' : '+'}${digits}${String(decimals)}`;
  const body = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const xor = body.reduce((sum, byte) => sum ^ byte, 0);
  const nibble = (value: number): number => value + (value > 9 && !a22 ? 0x37 : 0x30);
  return Uint8Array.of(0x02, ...body, nibble(xor >> 4), nibble(xor & 0x0f), 0x03);
}
