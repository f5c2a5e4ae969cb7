import { provinces } from './plate.ts';

const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const lastSigns = `${signs}挂学警港澳`;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function signsAt(at: number, length: number): string {
  if (at === 0) return provinces;
  if (at === 1) return letters;
  return at >= length - 1 ? lastSigns : signs;
}

/**
 * Every plate that differs from this one by a single misreading: one character taken for another, one left out, one
 * too many, or two neighbours exchanged. Without the plate itself.
 */
export function nearPlates(plate: string): readonly string[] {
  const chars = Array.from(plate);
  const found = new Set<string>();
  const put = (...parts: readonly (readonly string[])[]): void => {
    found.add(parts.flat().join(''));
  };
  for (let at = 0; at <= chars.length; at += 1) {
    const before = chars.slice(0, at);
    const after = chars.slice(at + 1);
    const here = chars[at];
    const next = chars[at + 1];
    for (const sign of signsAt(at, chars.length + 1)) put(before, [sign], chars.slice(at));
    if (here === undefined) continue;
    put(before, after);
    for (const sign of signsAt(at, chars.length)) put(before, [sign], after);
    if (next !== undefined) put(before, [next, here], chars.slice(at + 2));
  }
  found.delete(plate);
  found.delete('');
  return [...found];
}
