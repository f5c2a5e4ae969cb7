import type { LineEvents } from '../line.ts';
import type { BusIndicator, SharedLine } from './sharedLine.ts';
import { openSharedLine, SharedLineConfig } from './sharedLine.ts';

/** Time that passes only when a test says so, and a line whose other end a test is. */
export class VirtualLine {
  readonly sent: { readonly atMs: number; readonly hex: string }[] = [];
  readonly line: SharedLine;
  onSent: (bytes: Uint8Array) => void = () => undefined;
  #nowMs = 0;
  #timers: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  #events: LineEvents | null = null;

  constructor(settings: object = {}) {
    this.line = openSharedLine(
      SharedLineConfig.parse({
        transport: { kind: 'tcp', host: '127.0.0.1', port: 1, quietMs: 600_000, openTimeoutMs: 60_000 },
        answerMs: 300,
        ...settings,
      }),
      {
        clock: { monotonicMs: () => this.#nowMs },
        startTimer: (run, afterMs) => this.after(afterMs, run),
        openLine: (_config, events) => {
          this.#events = events;
          return {
            send: (bytes) => {
              this.sent.push({ atMs: this.#nowMs, hex: Buffer.from(bytes).toString('hex') });
              this.onSent(bytes);
            },
            close: () => Promise.resolve(),
          };
        },
      },
    );
  }

  open(): void {
    this.#events?.onOpen('line');
  }

  down(): void {
    this.#events?.onDown('unplugged');
  }

  arrives(bytes: Uint8Array): void {
    this.#events?.onBytes(bytes);
  }

  after(ms: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + ms, order: (this.#order += 1), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((left, right) => left.atMs - right.atMs || left.order - right.order)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }
}

export type { BusIndicator };
