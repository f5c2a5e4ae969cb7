import type { Weight } from './paperItems.ts';

/** Advance widths of U+0020 to U+007E in thousandths of an em: Noto Sans SC, kerning left out. */
const regularWidths = [
  224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555,
  555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293,
  535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555,
  559, 606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468,
  377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
] as const;
const boldWidths = [
  227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590, 590, 590,
  590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714, 615, 585, 717, 757, 330,
  568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748, 619, 915, 627, 580, 613, 378, 387, 378, 590,
  567, 626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306, 604, 315, 964, 641, 626, 644, 644, 437, 495,
  421, 637, 576, 863, 562, 574, 511, 378, 296, 378, 590,
] as const;

const fullWidth = 1000;
/** Letters of other scripts are rare on these papers; none of them is wider, save a few typographic dashes. */
const otherWidth = 1100;
const fullWidthSigns = '·×≥≤“”‘’';
/** Kerning pushes Latin letters away from it on both sides. */
const ellipsisWidth = 1250;
const dashWidth = 910;

function charWidth(char: string, weight: Weight): number {
  const code = char.codePointAt(0) ?? 0;
  const table = weight === 'bold' ? boldWidths : regularWidths;
  const ascii = table[code - 0x20];
  if (ascii !== undefined) return ascii;
  if (char === '…') return ellipsisWidth;
  if (char === '—') return dashWidth;
  if (code === 0x2e3a || code === 0x2e3b) return 3000;
  if (code >= 0x2e80 && code <= 0xfaff) return fullWidth;
  if (code >= 0xff00 && code <= 0xffef) return fullWidth;
  return fullWidthSigns.includes(char) ? fullWidth : otherWidth;
}

/** The width in ems: what the embedded font takes without kerning, which nearly always narrows a line. */
export function textEms(text: string, weight: Weight): number {
  let sum = 0;
  for (const char of text) sum += charWidth(char, weight);
  return sum / 1000;
}

export function textWidthMm(text: string, weight: Weight, sizeMm: number): number {
  return textEms(text, weight) * sizeMm;
}

/** Names come from outside: one line, and nothing invisible that turns, hides or breaks what is printed. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}\ufffe\uffff]/gu, '')
    .trim();
}
