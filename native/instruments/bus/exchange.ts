import type { StartTimer } from '../transport.ts';
import type { Answer, Heard, Speaker } from './answer.ts';
import { hear, lateSpeakers } from './answer.ts';

/** Bytes of one request's time; what is more is nobody's answer. */
const maxKeptBytes = 512;
/**
 * An answer does not stop in its middle for so long. Two that do fit each other: the beginning of one that broke off
 * and the late rest of another's make a whole frame where the protocol has no checksum.
 */
const longestPauseMs = 100;

export interface ExchangeOptions {
  /** A line that never falls silent is asked on after this time. */
  readonly babbleMs: number;
  /** So long nobody may speak before the next one is asked; an answer is over when it is. */
  readonly turnaroundMs: number;
}

export interface ExchangeDeps {
  readonly monotonicMs: () => number;
  readonly startTimer: StartTimer;
  readonly send: (bytes: Uint8Array) => void;
}

export interface Exchanged {
  readonly heard: Heard;
  /** When the last byte of the answer came. */
  readonly atMs: number;
}

/** One request and its answer at a time on a line that several share; knows of no schedule. */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #deps: ExchangeDeps;
  #bytes: Uint8Array = new Uint8Array();
  #overflowed = false;
  #lastByteAtMs = Number.NEGATIVE_INFINITY;
  /** Where among the bytes somebody went on after such a pause. */
  #pauses: number[] = [];
  #stop = (): void => undefined;
  #onMore = (): void => undefined;

  constructor(options: ExchangeOptions, deps: ExchangeDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  bytes(chunk: Uint8Array, atMs: number): void {
    const pauseMs = atMs - this.#lastByteAtMs;
    this.#lastByteAtMs = atMs;
    const room = maxKeptBytes - this.#bytes.length;
    if (room > 0 && pauseMs >= longestPauseMs) this.#pauses.push(this.#bytes.length);
    if (chunk.length > room) this.#overflowed = true;
    this.#bytes = Buffer.concat([this.#bytes, chunk.subarray(0, Math.max(0, room))]);
    this.#onMore();
  }

  /** The line broke, or nobody is to be asked any more. */
  abort(): void {
    this.#stop();
    this.#onMore = () => undefined;
    this.#forget();
  }

  /** Waits for a silent line; says who was heard since the last request, and whether the line fell silent at all. */
  settle(speakers: () => readonly Speaker[], then: (late: readonly number[], silent: boolean) => void): void {
    const { turnaroundMs, babbleMs } = this.#options;
    const untilMs = this.#deps.monotonicMs() + babbleMs;
    const look = (): void => {
      this.#stop();
      const nowMs = this.#deps.monotonicMs();
      const silentAtMs = this.#lastByteAtMs + turnaroundMs;
      if (nowMs < silentAtMs && nowMs < untilMs) {
        this.#wait(look, Math.min(silentAtMs, untilMs));
        return;
      }
      this.#onMore = () => undefined;
      const late = lateSpeakers(this.#bytes, speakers());
      this.#forget();
      then(late, nowMs >= silentAtMs);
    };
    this.#onMore = () => undefined;
    look();
  }

  /** Asks one of them and waits for its whole answer, or for so long. */
  ask(
    asked: number,
    speakers: readonly Speaker[],
    answerMs: number,
    then: (exchanged: Exchanged) => void,
  ): void {
    this.#forget();
    const { turnaroundMs, babbleMs } = this.#options;
    const startedAtMs = this.#deps.monotonicMs();
    let wholeAtMs: number | null = null;
    let heard: Heard = hear(this.#bytes, asked, speakers);
    const deadlineMs = (): number =>
      wholeAtMs === null
        ? startedAtMs + answerMs
        : Math.min(this.#lastByteAtMs + turnaroundMs, startedAtMs + answerMs + babbleMs);
    const look = (): void => {
      this.#stop();
      if (this.#deps.monotonicMs() < deadlineMs()) {
        this.#wait(look, deadlineMs());
        return;
      }
      this.#onMore = () => undefined;
      // An answer is forgotten once it is given; of a broken-off one the rest may still come, late.
      if (wholeAtMs !== null) this.#forget();
      then({ heard, atMs: wholeAtMs ?? this.#lastByteAtMs });
    };
    this.#onMore = () => {
      heard = hear(this.#bytes, asked, speakers);
      if (this.#overflowed || this.#isPieced(heard.answer))
        heard = { ...heard, answer: { kind: 'disturbed' } };
      const whole = isWhole(heard.answer);
      if (whole) wholeAtMs ??= this.#lastByteAtMs;
      else wholeAtMs = null;
      look();
    };
    this.#deps.send(speakers[asked]?.request ?? new Uint8Array());
    look();
  }

  #wait(look: () => void, untilMs: number): void {
    this.#stop = this.#deps.startTimer(look, Math.max(1, Math.ceil(untilMs - this.#deps.monotonicMs())));
  }

  #isPieced(answer: Answer): boolean {
    return (
      answer.kind === 'answered' && this.#pauses.some((pause) => answer.start < pause && pause < answer.end)
    );
  }

  #forget(): void {
    this.#bytes = new Uint8Array();
    this.#pauses = [];
    this.#overflowed = false;
  }
}

function isWhole(answer: Answer): boolean {
  return answer.kind === 'answered' || answer.kind === 'disturbed';
}
