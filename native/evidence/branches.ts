import type { Restore } from '../../station/ledger/epochs.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import { genesisHash } from '../../station/ledger/chain.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { KnownHead } from '../../station/ledger/anchor.ts';
import { Found } from './fault.ts';

/** A head laid down outside, as far as it is compared with a bundle. */
export type Witness = Pick<KnownHead, 'epoch' | 'sequence' | 'hash' | 'timeMs'>;

/**
 * The branches of a ledger that was put back from a backup, as a bundle tells them. Every `store-restored` is in a
 * bundle, so an event that speaks of an epoch nobody began shows that one was left out, or that the ledger forked.
 */
export class Branches {
  readonly #hashes = new Map<number, string>();
  readonly #restores: Restore[] = [];
  #numbersUsedTo = 0;

  /** An event in its place, its hash checked. Throws Found. */
  take(event: LedgerEvent, { sequence, hash, previousHash, text }: SignedLink): void {
    const part = `event ${String(sequence)}`;
    this.#hashes.set(sequence - 1, previousHash);
    this.#hashes.set(sequence, hash);
    const epoch = this.#restores.at(-1)?.epoch ?? 0;
    if (event.type === 'store-restored') {
      const { body } = event;
      const stands = body.headSequence === 0 ? genesisHash : this.#hashes.get(body.headSequence);
      if (body.headSequence >= sequence || (stands !== undefined && stands !== body.headHash))
        throw new Found(part, 'forked', `${String(body.headSequence)} ${body.headHash}`);
      if (body.epoch <= epoch) throw new Found(part, 'epoch', `${String(body.epoch)} ≤ ${String(epoch)}`);
      this.#restores.push(body);
      this.#numbersUsedTo = Math.max(this.#numbersUsedTo, body.numbersUsedTo ?? 0);
    } else if (event.type === 'checkpoint' || event.type === 'shift-closed') {
      // Records of before epochs say nothing of one.
      if (text.includes('"epoch":') && event.body.epoch !== epoch)
        throw new Found(part, 'epoch', `${String(event.body.epoch)} ≠ ${String(epoch)}`);
    } else if (event.type === 'weighing' && event.body.number <= this.#numbersUsedTo)
      throw new Found(`weighing ${String(event.body.number)}`, 'number', String(this.#numbersUsedTo));
  }

  get restores(): readonly Restore[] {
    return this.#restores;
  }

  /**
   * What was laid down outside is on this branch, or on one that a restore gave up and said so; the earliest that is
   * not is named. `head`: of the bundle. Returns how many stand in the bundle itself. Throws Found.
   */
  compare(
    witnesses: readonly Witness[],
    head: { readonly sequence: number; readonly timeMs: number },
  ): number {
    let met = 0;
    const inOrder = [...witnesses].sort((one, other) => one.sequence - other.sequence);
    for (const known of inOrder) {
      const { epoch, sequence, hash } = known;
      const stands = this.#hashes.get(sequence);
      if (stands === hash) met += 1;
      if (stands === hash || this.#isGivenUp(known)) continue;
      if (stands !== undefined) throw new Found(`event ${String(sequence)}`, 'forked', hash);
      // The ledger had been longer when it was said to end here.
      if (sequence > head.sequence && known.timeMs <= head.timeMs)
        throw new Found(`event ${String(head.sequence)}`, 'cut-off', `${String(epoch)}/${String(sequence)}`);
    }
    return met;
  }

  #isGivenUp({ epoch, sequence }: Witness): boolean {
    return this.#restores.some(
      (each) =>
        each.epoch > epoch &&
        each.headSequence < sequence &&
        each.lostTo !== null &&
        (epoch < each.epoch - 1 || sequence <= each.lostTo.sequence),
    );
  }
}
