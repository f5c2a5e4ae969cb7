import type { Restore } from '../../station/ledger/epochs.ts';
import { epochOf } from '../../station/ledger/epochs.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';

/**
 * What the ledger says of its own heads: each restore names a branch of its own and the head it stands on, checkpoints
 * and closed shifts say which branch and number they stand at, a backup names the head it holds.
 */
export class HeadCheck {
  readonly #hashAt: (sequence: number) => string | null;
  readonly #restores: Restore[] = [];
  #number = 0;

  constructor(hashAt: (sequence: number) => string | null) {
    this.#hashAt = hashAt;
  }

  get restores(): readonly Restore[] {
    return this.#restores;
  }

  /** Takes the next event; what it says that is not so, or null. */
  take(event: LedgerEvent): { readonly code: 'epoch' | 'head'; readonly detail: string } | null {
    const { sequence } = event;
    if (event.type === 'weighing') this.#number = event.body.number;
    if (event.type === 'store-restored') return this.#restored(sequence, event.body);
    if (event.type === 'checkpoint' || event.type === 'shift-closed')
      return this.#stands(sequence, event.body);
    if (event.type !== 'backup-made' || (event.body.headSequence < sequence && this.#is(event.body)))
      return null;
    return { code: 'head', detail: `${String(event.body.headSequence)} ${event.body.headHash.slice(0, 16)}` };
  }

  #restored(
    sequence: number,
    body: Extract<LedgerEvent, { type: 'store-restored' }>['body'],
  ): { readonly code: 'epoch' | 'head'; readonly detail: string } | null {
    const { epoch, headSequence, headHash, lostTo, numbersUsedTo } = body;
    const before = Math.max(0, ...this.#restores.map((each) => each.epoch));
    this.#restores.push(body);
    this.#number = Math.max(this.#number, numbersUsedTo ?? 0);
    if (headSequence >= sequence || (headSequence > 0 && !this.#is(body)))
      return { code: 'head', detail: `${String(headSequence)} ${headHash.slice(0, 16)}` };
    if (epoch <= before) return { code: 'epoch', detail: `${String(epoch)} ≤ ${String(before)}` };
    return lostTo !== null && lostTo.sequence <= headSequence
      ? { code: 'epoch', detail: `${String(lostTo.sequence)} ≤ ${String(headSequence)}` }
      : null;
  }

  /** Records of before there were epochs say no number, and nothing of this. */
  #stands(
    sequence: number,
    { epoch, number }: { readonly epoch: number; readonly number: number | null },
  ): { readonly code: 'epoch'; readonly detail: string } | null {
    const expected = epochOf(sequence, this.#restores);
    if (number === null || (epoch === expected && number === this.#number)) return null;
    return {
      code: 'epoch',
      detail: `${String(epoch)} ${String(number)} ≠ ${String(expected)} ${String(this.#number)}`,
    };
  }

  #is({ headSequence, headHash }: { readonly headSequence: number; readonly headHash: string }): boolean {
    return this.#hashAt(headSequence) === headHash;
  }
}
