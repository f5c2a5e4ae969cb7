import { randomUUID } from 'node:crypto';
import type { ImportPreview, RegisterKind } from '../../station/contract.ts';
import type { Cell } from './sheets.ts';
import type { ImportPlan, Known } from './importPlan.ts';
import { planImport } from './importPlan.ts';

interface Pending {
  readonly fileSha256: string;
  readonly sheet: readonly (readonly Cell[])[];
  readonly kind: RegisterKind;
  readonly atMs: number;
}

const maxPending = 4;
const keptMs = 30 * 60_000;

/** Files that were looked at and not taken yet. A plan is made anew when it is taken: the register may have changed. */
export class Imports {
  readonly #known: Known;
  readonly #monotonicMs: () => number;
  readonly #pending = new Map<string, Pending>();

  constructor(known: Known, monotonicMs: () => number) {
    this.#known = known;
    this.#monotonicMs = monotonicMs;
  }

  preview(kind: RegisterKind, sheet: Pending['sheet'], fileSha256: string): ImportPreview {
    const previewId = randomUUID();
    this.#pending.set(previewId, { kind, sheet, fileSha256, atMs: this.#monotonicMs() });
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > maxPending && oldest !== undefined) this.#pending.delete(oldest);
    const { changes: _, ...plan } = planImport(kind, sheet, this.#known);
    return {
      ...plan,
      previewId,
      fileSha256,
      problems: [...plan.problems],
      unknownHeadings: [...plan.unknownHeadings],
    };
  }

  /** The plan as it is now; null when the preview is unknown or too old. It can be taken once. */
  take(previewId: string): { readonly plan: ImportPlan; readonly fileSha256: string } | null {
    const pending = this.#pending.get(previewId);
    this.#pending.delete(previewId);
    if (pending === undefined || this.#monotonicMs() - pending.atMs > keptMs) return null;
    const plan = planImport(pending.kind, pending.sheet, this.#known);
    return { plan, fileSha256: pending.fileSha256 };
  }
}
