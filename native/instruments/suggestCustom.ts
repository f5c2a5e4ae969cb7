import type { CustomOptions } from './protocols/custom.ts';

/** What to begin from when no known protocol fits; the direction and the decimals stay a person's to compare. */
export type SuggestedOptions = Pick<
  CustomOptions,
  'startHex' | 'endHex' | 'lengthBytes' | 'digitsAt' | 'digitsBytes' | 'sign' | 'decimals'
>;

/** What frames usually end with, the surest first; null where one begins and nothing ends it. */
const marks: readonly { readonly startHex: string | null; readonly endHex: string | null }[] = [
  { startHex: '02', endHex: '03' },
  { startHex: '02', endHex: '0d' },
  { startHex: null, endHex: '0d0a' },
  { startHex: null, endHex: '03' },
  { startHex: null, endHex: '0d' },
  { startHex: null, endHex: '0a' },
  { startHex: '3d', endHex: null },
  { startHex: '02', endHex: null },
  { startHex: 'ff', endHex: null },
];
const fewestFrames = 4;
const [shortest, longest] = [3, 64];
/** So many of the frames must have the same length. */
const sameShare = 0.8;

/** Looks for a frame of one length in a stretch of bytes; null where none shows. */
export function suggestCustom(bytes: Uint8Array): SuggestedOptions | null {
  for (const { startHex, endHex } of marks) {
    const frames = framesBetween(bytes, startHex, endHex);
    const digits = frames.length < fewestFrames ? null : digitsOf(frames);
    const [first] = frames;
    if (digits === null || first === undefined) continue;
    return { startHex, endHex, lengthBytes: first.length, ...digits };
  }
  return null;
}

function framesBetween(
  all: Uint8Array,
  startHex: string | null,
  endHex: string | null,
): readonly Uint8Array[] {
  const bytes = Buffer.from(all.buffer, all.byteOffset, all.byteLength);
  const mark = Buffer.from(endHex ?? startHex ?? '', 'hex');
  // Counted from behind each end mark, or from each start mark.
  const cuts: number[] = [];
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
    cuts.push(endHex === null ? at : at + mark.length);
  }
  const pieces = cuts.slice(1).map((cut, nth) => bytes.subarray(cuts[nth], cut));
  const lengths = new Map<number, number>();
  for (const { length } of pieces) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const [usual = 0, times = 0] = [...lengths].sort((one, other) => other[1] - one[1])[0] ?? [];
  if (usual < shortest || usual > longest || times < sameShare * pieces.length) return [];
  const start = Buffer.from(startHex ?? '', 'hex');
  const frames = pieces.filter(({ length }) => length === usual);
  return frames.every((frame) => frame.subarray(0, start.length).equals(start)) ? frames : [];
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isNumberByte = (byte: number): boolean => isDigit(byte) || byte === 0x2e || byte === 0x20;
const isSign = (byte: number): boolean => byte === 0x2b || byte === 0x2d || byte === 0x20;

/** The longest stretch of places that only ever hold digits, points and spaces. */
function digitsOf(
  frames: readonly Uint8Array[],
): Pick<SuggestedOptions, 'digitsAt' | 'digitsBytes' | 'sign' | 'decimals'> | null {
  const length = frames[0]?.length ?? 0;
  const every = (at: number, fits: (byte: number) => boolean): boolean =>
    frames.every((frame) => fits(frame[at] ?? 0));
  let best = { at: 0, size: 0 };
  for (let at = 0; at < length; at += 1) {
    let size = 0;
    while (at + size < length && every(at + size, isNumberByte)) size += 1;
    if (size > best.size) best = { at, size };
    at += size;
  }
  // A space behind the number is not part of it; before it, a larger weight may need the place.
  while (best.size > 0 && every(best.at + best.size - 1, (byte) => byte === 0x20)) {
    best = { ...best, size: best.size - 1 };
  }
  const hasDigit = frames.every((frame) => frame.subarray(best.at, best.at + best.size).some(isDigit));
  if (best.size < 3 || best.size > 12 || !hasDigit) return null;
  const before = best.at - 1;
  const after = best.at + best.size;
  const signAt =
    before >= 0 && every(before, isSign) ? before : after < length && every(after, isSign) ? after : null;
  const hasPoint = frames.every((frame) => frame.subarray(best.at, best.at + best.size).includes(0x2e));
  return {
    digitsAt: best.at,
    digitsBytes: best.size,
    sign: signAt === null ? { kind: 'none' } : { kind: 'byte', at: signAt, minus: 0x2d },
    decimals: hasPoint ? { kind: 'dot' } : { kind: 'fixed', places: 0 },
  };
}
