/**
 * The text in a paper's QR code: what the paper says, and the station's signature of it.
 *
 *   YHS1:YQ-7:128:%E6%99%8BC12345:Y:6:46650:49000:15320:31330:%E5%8E%9F%E7%85%A4:20261130163005:24:A:K5XW2M3RNBSQO:1:<103 letters>
 *
 * Fields in order: form, station, weighing number, plate, plate colour (B blue, Y yellow, K black, W white, G green,
 * GG green fading, YG yellow and green, O other), axles, gross, limit, tare, net (kg), goods, time of the record (China
 * time), hours it is good for, decision (A allow, R refuse, S released), pictures, copy, signature. `-` stands for what
 * is not known. `YHD1` is a drill's: it is good for nothing.
 *
 * Only digits, capitals and `%-:` occur, the letters a QR code packs best and no scanner mistakes: everything else
 * stands percent-encoded in UTF-8. (Chinese as it stands was read as Japanese by a scanner that guesses.)
 *
 * The signature is Ed25519 over the ASCII text `yuanheng-slip-1:` followed by everything before the last colon; base32
 * (RFC 4648, no padding). `pictures` is the first 64 bits, base32, of the SHA-256 over the hashes of the record's
 * own pictures, one after another in hex: those that came with its plate. What the lane's cameras are asked for at the
 * save comes later than the paper, which waits for no camera; the ledger binds it to the record.
 *
 * There is exactly one text for each paper: any other spelling is no code.
 */
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { PlateColour } from '../vehicles/plateColour.ts';
import { plateColours } from '../vehicles/plateColour.ts';
import { fromBase32, toBase32 } from './base32.ts';

export interface SlipCode {
  readonly drill: boolean;
  readonly station: string;
  readonly number: number;
  readonly plate: string;
  readonly colour: PlateColour;
  readonly axles: number | null;
  readonly grossKg: number;
  readonly limitKg: number | null;
  readonly tareKg: number | null;
  readonly netKg: number | null;
  readonly goods: string | null;
  /** UTC ms of a whole second. */
  readonly timeMs: number;
  readonly validHours: number;
  readonly decision: 'allow' | 'refuse' | 'released';
  /** 13 letters; null when there are no pictures. */
  readonly pictures: string | null;
  readonly copy: number;
}

export interface SignedSlipCode extends SlipCode {
  /** The whole text, as it was read. */
  readonly text: string;
  /** What was signed. */
  readonly message: string;
  /** Base64. */
  readonly signature: string;
}

const maxGoods = 12;
const maxText = 700;
const chinaOffsetMs = 8 * 3_600_000;
const hourMs = 3_600_000;
const letters = { allow: 'A', refuse: 'R', released: 'S' } as const;
const colourLetters: Readonly<Record<PlateColour, string>> = {
  blue: 'B',
  yellow: 'Y',
  black: 'K',
  white: 'W',
  green: 'G',
  'gradient-green': 'GG',
  'yellow-green': 'YG',
  other: 'O',
};

export function slipMessage(unsigned: string): string {
  return `yuanheng-slip-1:${unsigned}`;
}

/** The text before its signature. Goods of a longer name are cut; everything else is whole. */
export function slipText(code: SlipCode): string {
  const whole = (value: number | null): string => (value === null ? '-' : String(value));
  return [
    code.drill ? 'YHD1' : 'YHS1',
    escaped(code.station),
    String(code.number),
    escaped(code.plate),
    colourLetters[code.colour],
    whole(code.axles),
    String(code.grossKg),
    whole(code.limitKg),
    whole(code.tareKg),
    whole(code.netKg),
    code.goods === null ? '-' : escaped(cut(code.goods)),
    chinaStamp(code.timeMs),
    String(code.validHours),
    letters[code.decision],
    code.pictures ?? '-',
    String(code.copy),
  ].join(':');
}

/** `sign` gives the base64 signature of a message. */
export function signSlip(code: SlipCode, sign: (message: string) => string): string {
  const text = slipText(code);
  return `${text}:${toBase32(bytesOfBase64(sign(slipMessage(text))))}`;
}

/** Reads a code as it was scanned. Says nothing of whether the signature holds. */
export function readSlipCode(scanned: string): Result<SignedSlipCode, 'not-a-slip'> {
  const text = scanned.trim();
  if (text.length > maxText) return err('not-a-slip');
  const fields = text.split(':');
  const signature = fromBase32(fields.at(-1) ?? '');
  if (fields.length !== 17 || signature?.length !== 64) return err('not-a-slip');
  const code = codeOf(fields);
  if (code === null) return err('not-a-slip');
  const unsigned = fields.slice(0, -1).join(':');
  // One paper, one text: what would be written otherwise was not written by a station.
  if (slipText(code) !== unsigned) return err('not-a-slip');
  return ok({ ...code, text, message: slipMessage(unsigned), signature: base64Of(signature) });
}

/** Whether the paper still lets its truck leave, as far as its own hours go. */
export function isExpired({ timeMs, validHours }: SlipCode, nowMs: number): boolean {
  return nowMs > timeMs + validHours * hourMs;
}

function codeOf(fields: readonly string[]): SlipCode | null {
  const at = (index: number): string => fields[index] ?? '';
  const form = at(0);
  const colour = plateColours.find((each) => colourLetters[each] === at(4));
  const decision = (['allow', 'refuse', 'released'] as const).find((each) => letters[each] === at(13));
  const timeMs = timeOf(at(11));
  const [station, plate] = [unescaped(at(1)), unescaped(at(3))];
  const goods = at(10) === '-' ? null : unescaped(at(10));
  const numbers = [at(2), at(6), at(12), at(15)].map(wholeOf);
  const [number = null, grossKg = null, validHours = null, copy = null] = numbers;
  const optional = [at(5), at(7), at(8), at(9)].map((field) => (field === '-' ? null : wholeOf(field)));
  const wrong = [5, 7, 8, 9].some((index, nth) => at(index) !== '-' && optional[nth] === null);
  const pictures = at(14) === '-' ? null : at(14);
  if (form !== 'YHS1' && form !== 'YHD1') return null;
  if (colour === undefined || decision === undefined || timeMs === null || wrong) return null;
  if (station === null || plate === null || (at(10) !== '-' && goods === null)) return null;
  if (number === null || grossKg === null || validHours === null || copy === null) return null;
  if (pictures !== null && !/^[A-Z2-7]{13}$/.test(pictures)) return null;
  const [axles = null, limitKg = null, tareKg = null, netKg = null] = optional;
  return {
    drill: form === 'YHD1',
    station,
    number,
    plate,
    colour,
    axles,
    grossKg,
    limitKg,
    tareKg,
    netKg,
    goods,
    timeMs,
    validHours,
    decision,
    pictures,
    copy,
  };
}

/** `-` alone would mean that nothing is known, and an empty field that one was left out. */
function escaped(text: string): string {
  if (text === '') return '%00';
  if (text === '-') return '%2D';
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const char = String.fromCharCode(byte);
    return /[0-9A-Z-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function unescaped(text: string): string | null {
  if (text === '%00') return '';
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function cut(goods: string): string {
  const characters = Array.from(goods);
  return characters.length <= maxGoods ? goods : `${characters.slice(0, maxGoods - 1).join('')}…`;
}

function wholeOf(text: string): number | null {
  return /^-?(0|[1-9]\d{0,11})$/.test(text) ? Number(text) : null;
}

function chinaStamp(timeMs: number): string {
  return new Date(timeMs + chinaOffsetMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

function timeOf(stamp: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(stamp);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - chinaOffsetMs;
}

function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
