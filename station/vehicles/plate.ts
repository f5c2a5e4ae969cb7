import { colourOfVzenith } from './plateColourCodes.ts';

export { colourOfVzenith };

export const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const P = `[${provinces}]`;
/** I and O are not used after the second character. */
const C = '[A-HJ-NP-Z0-9]';

/** The forms a mainland plate can have. */
export const plateKinds = ['normal', 'suffix', 'trailer', 'nev-small', 'nev-large'] as const;
export type PlateKind = (typeof plateKinds)[number];

const grammar: readonly (readonly [PlateKind, RegExp])[] = [
  ['normal', new RegExp(`^${P}[A-Z]${C}{5}$`)],
  ['suffix', new RegExp(`^${P}[A-Z]${C}{4}[学警港澳]$`)],
  ['trailer', new RegExp(`^${P}[A-Z]${C}{4}挂$`)],
  ['nev-small', new RegExp(`^${P}[A-Z][A-HJK]${C}[0-9]{4}$`)],
  ['nev-large', new RegExp(`^${P}[A-Z][0-9]{5}[A-HJK]$`)],
];

export function plateKind(text: string): PlateKind | null {
  return grammar.find(([, form]) => form.test(text))?.[0] ?? null;
}

export interface PlateReading {
  /** Normalised: upper case, half width, without separators. */
  readonly text: string;
  readonly wellFormed: boolean;
}

const maxPlateCharacters = 20;

/** A plate as typed. Null when nothing is left of it. */
export function readPlate(typed: string): PlateReading | null {
  const text = normalise(typed);
  return text === '' ? null : { text, wellFormed: plateKind(text) !== null };
}

/** How cameras spell that they saw a vehicle and no plate. */
const noPlate = new Set([
  '',
  '无',
  '无牌',
  '无牌车',
  '无车牌',
  '未识别',
  'NULL',
  'UNDEFINED',
  'NONE',
  'UNKNOWN',
  'NOPLATE',
]);
const colourPrefix = new RegExp(`^(?:渐变绿|黄绿双拼|渐绿|黄绿|农黄|农绿|蓝|黄|绿|白|黑)色?(?=${P})`);

/** A plate as a camera writes it: some put the colour in front, and some write `_无_` for no plate. */
export function readCameraPlate(license: string): PlateReading | null {
  const text = normalise(license).replace(colourPrefix, '');
  return noPlate.has(text) ? null : { text, wellFormed: plateKind(text) !== null };
}

function normalise(raw: string): string {
  return raw
    .slice(0, 4 * maxPlateCharacters)
    .normalize('NFKC')
    .replaceAll(/[\s·•・‧∙⋅.。_\-‐-―－\p{Cc}\p{Cf}]/gu, '')
    .toUpperCase()
    .slice(0, maxPlateCharacters);
}

/** Why a plate does not fit, as far as it can be told, for the person typing it. */
export type PlateHint = 'no-province' | 'letter-i-or-o' | 'too-short' | 'too-long' | 'wrong-form';

export function plateHint(text: string): PlateHint | null {
  if (plateKind(text) !== null) return null;
  if (!new RegExp(`^${P}`).test(text)) return 'no-province';
  // The usual slip of the finger: letters O and I for the figures 0 and 1.
  if (/[IO]/.test(text.slice(2)) && plateKind(text.slice(0, 2) + figuresForLetters(text.slice(2))) !== null) {
    return 'letter-i-or-o';
  }
  if (text.length < 7) return 'too-short';
  return text.length > 8 ? 'too-long' : 'wrong-form';
}

function figuresForLetters(text: string): string {
  return text.replaceAll('O', '0').replaceAll('I', '1');
}
