import type { Anchor, KnownHead } from '../../station/ledger/anchor.ts';
import { anchorSigner } from '../../station/ledger/anchor.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import type { OwnChain } from '../../station/ledger/epochs.ts';
import { compareHead, furthest } from '../../station/ledger/epochs.ts';
import { genesisHash } from '../../station/ledger/chain.ts';
import { storedKeys } from '../keys/keyRing.ts';
import { lastNumber, restoresOf } from '../store/restores.ts';
import type { Stores } from '../store/stores.ts';

/** A head known outside that this store's chain does not bear out. */
export interface Contradiction {
  /** Where it is known. */
  readonly place: string;
  readonly kind: 'ahead' | 'unlike';
  readonly known: KnownHead;
  /** The last event both are sure to share. */
  readonly sharedSequence: number;
}

/**
 * What anchors and the platform say of this ledger. While one of them contradicts it, an older or another store was
 * put in its place, or it was rewritten: nothing is decided until a person says what happened.
 */
export class Witnesses {
  readonly #stores: Stores;
  readonly #identity: { readonly station: string; readonly mode: 'real' | 'drill' };
  readonly #headAtStart: number;
  readonly #said = new Map<
    string,
    { readonly heads: readonly KnownHead[]; readonly found: Contradiction | null }
  >();

  constructor(stores: Stores, identity: { readonly station: string; readonly mode: 'real' | 'drill' }) {
    this.#stores = stores;
    this.#identity = identity;
    this.#headAtStart = stores.ledger.head.sequence;
  }

  /** The contradiction that knows furthest; null while everything known agrees. */
  contradiction(): Contradiction | null {
    const found = [...this.#said.values()].flatMap((each) => (each.found === null ? [] : [each.found]));
    const known = furthest(found.map((each) => each.known));
    return found.find((each) => each.known === known) ?? null;
  }

  /** Whether this place says something else than this store. */
  contradicts(place: string): boolean {
    return (this.#said.get(place)?.found ?? null) !== null;
  }

  /** Anchors of another station, or that nobody's signature holds, say nothing. */
  hearAnchors(place: string, anchors: readonly Anchor[]): void {
    const keys = storedKeys(this.#stores);
    const { station, mode } = this.#identity;
    this.hear(
      place,
      anchors.filter(
        (anchor) =>
          anchor.station === station && anchor.mode === mode && anchorSigner(anchor, keys) !== 'nobody',
      ),
    );
  }

  hear(place: string, heads: readonly KnownHead[]): void {
    this.#said.set(place, { heads, found: this.#judge(place, heads) });
  }

  /**
   * The event by which a person takes note that what was known beyond this store is lost. Null when nothing
   * contradicts.
   */
  acceptance(operator: string | null): EventBody | null {
    const contradiction = this.contradiction();
    if (contradiction === null) return null;
    const { place, known, sharedSequence } = contradiction;
    const { db, ledger } = this.#stores;
    const heads = [...this.#said.values()].flatMap((each) => each.heads);
    const epochs = [...heads, ...restoresOf(db)].map(({ epoch }) => epoch);
    const numbers = heads.map(({ number }) => number ?? 0);
    return {
      type: 'store-restored',
      body: {
        from: place.slice(0, 512),
        epoch: Math.max(0, ...epochs) + 1,
        headSequence: sharedSequence,
        headHash: ledger.link(sharedSequence)?.hash ?? genesisHash,
        lostTo: { sequence: known.sequence, hash: known.hash },
        numbersUsedTo: Math.max(lastNumber(db), ...numbers),
        unsigned: 0,
        operator,
      },
    };
  }

  /** The highest epoch anybody knows of; 0 without any. */
  furthestEpoch(): number {
    return Math.max(0, ...[...this.#said.values()].flatMap(({ heads }) => heads.map(({ epoch }) => epoch)));
  }

  /** After a restore was declared: what it explains is no contradiction any more. */
  judgeAgain(): void {
    for (const [place, { heads }] of this.#said) this.hear(place, heads);
  }

  #judge(place: string, heads: readonly KnownHead[]): Contradiction | null {
    const { db, ledger } = this.#stores;
    const own: OwnChain = {
      restores: restoresOf(db),
      headSequence: ledger.head.sequence,
      hashAt: (sequence) => ledger.link(sequence)?.hash ?? null,
    };
    const compared = heads.map((known) => ({ known, result: compareHead(known, own) }));
    const against = compared.filter(({ result }) => result === 'ahead' || result === 'unlike');
    const worst = furthest(against.map(({ known }) => known));
    if (worst === null) return null;
    // What stood at the start and lies before everything that differs is common ground.
    const firstAgainst = Math.min(...against.map(({ known }) => known.sequence));
    const agreeing = compared.filter(({ result }) => result === 'agrees').map(({ known }) => known.sequence);
    const kind = firstAgainst > this.#headAtStart ? 'ahead' : 'unlike';
    const sharedSequence =
      kind === 'ahead'
        ? this.#headAtStart
        : Math.max(0, ...agreeing.filter((sequence) => sequence < firstAgainst));
    return { place, kind, known: worst, sharedSequence };
  }
}
