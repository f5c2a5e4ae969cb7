import { oneLine, textEms } from './measure.ts';
import type { Weight } from './paperItems.ts';

export interface Fitted {
  readonly lines: readonly string[];
  readonly sizeMm: number;
}

/** Lines stand this many ems apart. */
export const lineEms = 1.3;

const ellipsis = '…';
/** Stands for every text that is empty: a blank could be filled in by hand. */
const nothing = '—';
/** Signs that must not begin a line. */
const closing = '，。、；：？！）〕】》”’,.;:?!)]%';
/** Signs that must not end one. */
const opening = '（〔【《“‘([';

function shorten(text: string, weight: Weight, ems: number): string {
  const chars = Array.from(text);
  while (chars.length > 0 && textEms(chars.join('') + ellipsis, weight) > ems) chars.pop();
  return chars.join('') + ellipsis;
}

/** Shrinks a line until it fits; at the smallest legible size the rest of it is cut. */
export function fitLine(
  raw: string,
  weight: Weight,
  widthMm: number,
  sizeMm: number,
  minSizeMm: number,
): { readonly text: string; readonly sizeMm: number } {
  const text = oneLine(raw) || nothing;
  const ems = textEms(text, weight);
  if (ems * sizeMm <= widthMm) return { text, sizeMm };
  const shrunk = Math.floor((widthMm / ems) * 100) / 100;
  if (shrunk >= minSizeMm) return { text, sizeMm: shrunk };
  return { text: shorten(text, weight, widthMm / minSizeMm), sizeMm: minSizeMm };
}

/** No line breaks between these two: inside a word or number, before a space, and beside clinging signs. */
function clings(before: string, char: string): boolean {
  if (char === ' ' || closing.includes(char) || opening.includes(before)) return true;
  return /^[!-~]$/.test(before) && /^[!-~]$/.test(char);
}

function tokens(text: string): readonly string[] {
  const found: string[] = [];
  for (const char of text) {
    const last = found.at(-1);
    if (last !== undefined && clings(last.slice(-1), char)) found[found.length - 1] = last + char;
    else found.push(char);
  }
  return found;
}

function wrap(text: string, weight: Weight, ems: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (candidate: string): boolean => textEms(candidate.trimEnd(), weight) <= ems;
  for (const token of tokens(text)) {
    if (fits(line + token)) {
      line += token;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = '';
    for (const char of token) {
      if (line !== '' && !fits(line + char)) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += char;
    }
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Wraps into a box, shrinking until all of it fits; at the smallest legible size the rest of it is cut. */
export function fitBlock(
  raw: string,
  weight: Weight,
  box: { readonly widthMm: number; readonly heightMm: number },
  sizeMm: number,
  minSizeMm: number,
): Fitted {
  const text = oneLine(raw) || nothing;
  const room = (size: number): number => Math.max(1, Math.floor(box.heightMm / (size * lineEms) + 1e-6));
  for (let size = sizeMm; size >= minSizeMm; size = Math.round((size - 0.1) * 100) / 100) {
    const lines = wrap(text, weight, box.widthMm / size);
    if (lines.length <= room(size)) return { lines, sizeMm: size };
  }
  const lines = wrap(text, weight, box.widthMm / minSizeMm);
  const kept = lines.slice(0, room(minSizeMm));
  const last = kept.pop() ?? '';
  return { lines: [...kept, shorten(last, weight, box.widthMm / minSizeMm)], sizeMm: minSizeMm };
}
