/** What on a paper names its record: the number above it, or the beginning of its hash at its foot. */
export type SlipName =
  | { readonly kind: 'number'; readonly number: number; readonly station: string | null }
  | { readonly kind: 'hash'; readonly prefix: string };

/** Shorter beginnings of a hash could be anyone's. */
const leastHashDigits = 12;

/**
 * Reads what a person typed off a paper, or the text of the code on it, which holds the number as printed:
 *
 *   YQ-7-00000128     演练-YQ-7-00000128     128     a3f0 91c2 77de 0b14
 */
export function readSlipName(typed: string): SlipName | null {
  const text = typed.normalize('NFKC').trim().slice(0, 4000);
  const whole = /(?:演练-)?([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)-([0-9]{8,12})(?![0-9])/.exec(text);
  if (whole !== null) return { kind: 'number', number: Number(whole[2]), station: whole[1] ?? null };
  if (/^[0-9]{1,12}$/.test(text) && Number(text) > 0)
    return { kind: 'number', number: Number(text), station: null };
  const digits = text.replaceAll(/[\s-]/g, '').toLowerCase();
  return /^[0-9a-f]{1,64}$/.test(digits) && digits.length >= leastHashDigits
    ? { kind: 'hash', prefix: digits }
    : null;
}
