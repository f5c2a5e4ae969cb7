import type { KnownHead } from './anchor.ts';

/** A restore as the ledger tells it: where the old branch was cut, and how far it is known to have gone. */
export interface Restore {
  readonly epoch: number;
  readonly headSequence: number;
  readonly lostTo: { readonly sequence: number; readonly hash: string } | null;
  readonly numbersUsedTo: number | null;
}

/** The epoch of an event: that of the last restore that cut the chain before it, 0 when none did. */
export function epochOf(sequence: number, restores: readonly Restore[]): number {
  return Math.max(0, ...restores.filter((each) => each.headSequence < sequence).map(({ epoch }) => epoch));
}

/** What this store can say about its own chain. */
export interface OwnChain {
  readonly restores: readonly Restore[];
  readonly headSequence: number;
  readonly hashAt: (sequence: number) => string | null;
}

/**
 * `agrees`: it is part of this chain. `lost`: it is on a branch that a restore gave up and said so. `ahead`: this
 * store lacks what was after. `unlike`: another event stands where it stood.
 */
export type Comparison = 'agrees' | 'lost' | 'ahead' | 'unlike';

/** Compares a head known outside with the chain inside. */
export function compareHead(known: KnownHead, own: OwnChain): Comparison {
  const { restores, headSequence, hashAt } = own;
  // The same event agrees wherever epochs begin: a restore that cut nothing off moves none.
  if (hashAt(known.sequence) === known.hash) return 'agrees';
  const cuts = restores.filter((each) => each.epoch > known.epoch && each.headSequence < known.sequence);
  if (cuts.length === 0) {
    const unheardOf = restores.every(({ epoch }) => epoch < known.epoch) && known.epoch > 0;
    return known.sequence > headSequence || unheardOf ? 'ahead' : 'unlike';
  }
  // What was lost may itself have stood behind earlier restores, with longer branches that those gave up.
  const declared = cuts.some(
    ({ epoch, lostTo }) => lostTo !== null && (known.epoch < epoch - 1 || known.sequence <= lostTo.sequence),
  );
  return declared ? 'lost' : 'ahead';
}

/** The one of them that knows furthest: a later epoch before a higher sequence. */
export function furthest<T extends KnownHead>(heads: readonly T[]): T | null {
  let best: T | null = null;
  for (const head of heads) {
    if (
      best === null ||
      head.epoch > best.epoch ||
      (head.epoch === best.epoch && head.sequence > best.sequence)
    )
      best = head;
  }
  return best;
}
