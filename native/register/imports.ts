import { randomUUID } from 'node:crypto';
import type { ImportPlan } from './importPlan.ts';

/** A file that was looked at: what it would do, and up to where the ledger stood then. */
export interface Previewed {
  readonly plan: ImportPlan;
  readonly fileSha256: string;
  readonly sequence: number;
}

const maxPending = 4;
const keptMs = 30 * 60_000;

/** Files that were looked at and not taken yet; forgotten after half an hour, or when four newer ones came. */
export class Imports {
  readonly #monotonicMs: () => number;
  readonly #pending = new Map<string, Previewed & { readonly atMs: number }>();

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  keep(previewed: Previewed): string {
    const previewId = randomUUID();
    this.#forget();
    const [oldest] = this.#pending.keys();
    if (this.#pending.size >= maxPending && oldest !== undefined) this.#pending.delete(oldest);
    this.#pending.set(previewId, { ...previewed, atMs: this.#monotonicMs() });
    return previewId;
  }

  /** Null when it is unknown or too old. */
  get(previewId: string): Previewed | null {
    this.#forget();
    return this.#pending.get(previewId) ?? null;
  }

  drop(previewId: string): void {
    this.#pending.delete(previewId);
  }

  #forget(): void {
    const nowMs = this.#monotonicMs();
    for (const [previewId, { atMs }] of this.#pending) {
      if (nowMs - atMs > keptMs) this.#pending.delete(previewId);
    }
  }
}
