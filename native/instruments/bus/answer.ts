import type { DecodedFrame, FrameDecoder } from '../protocols/protocol.ts';

/** An instrument on a shared line, as far as its bytes tell it apart. */
export interface Speaker {
  readonly request: Uint8Array;
  readonly createDecoder: () => FrameDecoder;
}

export type Answer =
  /** Nothing but what was asked, if the adapter echoes that. */
  | { readonly kind: 'silent' }
  /** Part of an answer, or of the echo: more may come. */
  | { readonly kind: 'partial' }
  /** One frame of the instrument that was asked, and nobody else's bytes in it or around it. */
  | { readonly kind: 'answered'; readonly frame: DecodedFrame; readonly start: number; readonly end: number }
  /** Whole frames, all of other instruments. */
  | { readonly kind: 'others' }
  /** An answer among bytes that nobody accounts for, or two of them: it may be put together from two senders. */
  | { readonly kind: 'disturbed' };

export interface Heard {
  readonly answer: Answer;
  readonly echoed: boolean;
  /** Which of the others were heard, late. */
  readonly late: readonly number[];
  readonly strayBytes: number;
}

/** Adapters bring a byte or two of their own when the line turns round. */
export const maxGlitchBytes = 2;
/** Shorter ones, an EOT or a question mark, are found inside of anybody's frame. */
const shortestTellingBytes = 5;

interface Piece {
  readonly frame: DecodedFrame;
  readonly start: number;
  readonly end: number;
}

/**
 * What the bytes since the request say. An answer counts only when it stands alone: bytes of two senders at once
 * are nobody's weight, however well they happen to fit a frame.
 */
export function hear(bytes: Uint8Array, asked: number, speakers: readonly Speaker[]): Heard {
  const speaker = speakers[asked];
  if (speaker === undefined) throw new RangeError(`no speaker ${String(asked)}`);
  const echo = afterEcho(bytes, speaker.request);
  if (echo === 'under-way')
    return { answer: { kind: 'partial' }, echoed: false, late: [], strayBytes: bytes.length };
  const { glitchBytes, at } = echo;
  const rest = bytes.subarray(at);
  const own = wholeFrames(speaker, rest);
  const others = speakers.map((other, index) =>
    index === asked ? [] : wholeFrames(other, rest).filter(isTelling),
  );
  const foreign = others.flat();
  const answers = own.some(isTelling)
    ? own.filter(isTelling)
    : own.filter((piece) => !foreign.some(meets(piece)));
  const late = others.flatMap((pieces, index) => (pieces.length > 0 ? [index] : []));
  const strayBytes = glitchBytes + rest.length - coveredBytes(rest.length, [...answers, ...foreign]);
  const heard = { echoed: at > 0, late, strayBytes };
  const [first] = answers;
  if (first === undefined) {
    const rubbish = strayBytes > maxGlitchBytes;
    if (rest.length === 0) return { ...heard, answer: { kind: 'silent' } };
    return { ...heard, answer: { kind: rubbish || foreign.length === 0 ? 'partial' : 'others' } };
  }
  const alone = answers.length === 1 && strayBytes <= maxGlitchBytes && !foreign.some(meets(first));
  if (!alone) return { ...heard, answer: { kind: 'disturbed' } };
  return {
    ...heard,
    answer: { kind: 'answered', frame: first.frame, start: at + first.start, end: at + first.end },
  };
}

/** Who said the bytes that came while nobody was asked; a request that came back as an echo is nobody's. */
export function lateSpeakers(bytes: Uint8Array, speakers: readonly Speaker[]): readonly number[] {
  const says = (piece: Piece): boolean =>
    isTelling(piece) && (piece.frame.valid || piece.frame.reason !== 'not-weight');
  return speakers.flatMap((speaker, index) => (wholeFrames(speaker, bytes).some(says) ? [index] : []));
}

function afterEcho(
  bytes: Uint8Array,
  request: Uint8Array,
): 'under-way' | { readonly glitchBytes: number; readonly at: number } {
  for (let glitchBytes = 0; glitchBytes <= maxGlitchBytes && glitchBytes < bytes.length; glitchBytes += 1) {
    const there = bytes.subarray(glitchBytes, glitchBytes + request.length);
    if (!there.every((byte, index) => byte === request[index])) continue;
    return there.length < request.length ? 'under-way' : { glitchBytes, at: glitchBytes + request.length };
  }
  return { glitchBytes: 0, at: 0 };
}

/** The frames that are this instrument's own, with their places. */
function wholeFrames(speaker: Speaker, bytes: Uint8Array): Piece[] {
  const decoder = speaker.createDecoder();
  let at = 0;
  const pieces: Piece[] = [];
  for (const frame of [...decoder.push(bytes), ...decoder.end()]) {
    const start = at;
    at += frame.raw.length / 2;
    if (frame.valid || isOwnWord(frame.reason)) pieces.push({ frame, start, end: at });
  }
  return pieces;
}

function isOwnWord(reason: Exclude<DecodedFrame, { valid: true }>['reason']): boolean {
  switch (reason) {
    case 'checksum':
    case 'form':
    case 'noise':
    case 'incomplete':
    case 'unconfirmed':
    case 'address':
      return false;
    case 'unit':
    case 'overload-blank':
    case 'underload-blank':
    case 'not-weight':
    case 'expanded':
    case 'hold':
    case 'refused':
    case 'indicator-error':
      return true;
  }
}

function isTelling({ start, end }: Piece): boolean {
  return end - start >= shortestTellingBytes;
}

function meets(one: Piece): (other: Piece) => boolean {
  return (other) => other.start < one.end && one.start < other.end;
}

function coveredBytes(length: number, pieces: readonly Piece[]): number {
  const covered = new Uint8Array(length);
  for (const { start, end } of pieces) covered.fill(1, start, end);
  return covered.reduce((sum, byte) => sum + byte, 0);
}
