import * as z from 'zod';
import { Sha256 } from '../../station/ledger/bodies/form.ts';
import { KeyId, Signature } from '../../station/ledger/bodies/keys.ts';
import type { KeyHistory } from '../../station/ledger/keyHistory.ts';
import { eventMessage, signatureHolds } from '../../station/ledger/signing.ts';
import type { DataFault } from './fault.ts';

/** A head of the ledger that was laid down outside the store; an anchor file is one of them a line. */
export const Anchor = z.object({
  station: z.string().max(64),
  sequence: z.int().min(1),
  hash: Sha256,
  timeMs: z.int(),
  keyId: KeyId.nullable(),
  signature: Signature.nullable(),
  /** A drill's chain is another one; left out by whoever lays down real heads only. */
  mode: z.enum(['real', 'drill']).optional(),
  /** How many restores the ledger had behind it. */
  epoch: z.int().min(0).optional(),
});
export type Anchor = z.infer<typeof Anchor>;

/** A line that is no anchor: half of one from a stick pulled out, or something else altogether. */
export interface UnreadLine {
  readonly line: number;
}

export function readAnchors(text: string): { anchors: Anchor[]; unread: UnreadLine[] } {
  const anchors: Anchor[] = [];
  const unread: UnreadLine[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let json: unknown = null;
    try {
      json = JSON.parse(line);
    } catch {
      // Said below.
    }
    const parsed = Anchor.safeParse(json);
    if (parsed.success) anchors.push(parsed.data);
    else unread.push({ line: at + 1 });
  }
  return { anchors, unread };
}

/** A branch a restored backup gave up, as the ledger itself tells it. */
export interface GivenUp {
  readonly afterSequence: number;
  readonly toSequence: number;
  /** From the first restore on, counted from 1: what was laid down since is of the new branch. */
  readonly epoch: number;
}

/** Compares what was laid down outside with the ledger read from its first event to its last. */
export class AnchorCheck {
  readonly #bySequence = new Map<number, Anchor[]>();
  readonly #met = new Set<Anchor>();
  readonly #anchors: readonly Anchor[];
  readonly #givenUp: GivenUp[] = [];
  #station: string | null = null;
  #mode: Anchor['mode'];
  #restores = 0;
  #lost = 0;

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = anchors;
    for (const anchor of anchors) {
      const there = this.#bySequence.get(anchor.sequence) ?? [];
      this.#bySequence.set(anchor.sequence, [...there, anchor]);
    }
  }

  get lost(): number {
    return this.#lost;
  }

  take(sequence: number, hash: string, { station, mode }: Required<Pick<Anchor, 'station' | 'mode'>>): void {
    this.#station ??= station;
    this.#mode ??= mode;
    for (const anchor of this.#bySequence.get(sequence) ?? []) {
      if (anchor.hash === hash) this.#met.add(anchor);
    }
  }

  /** A backup was put back: what came after its head elsewhere is lost, and the ledger says how far that went. */
  restored(afterSequence: number, toSequence: number | null): void {
    this.#restores += 1;
    if (toSequence !== null) this.#givenUp.push({ afterSequence, toSequence, epoch: this.#restores });
  }

  /** What does not fit, the earliest first. */
  finish(headSequence: number, keys: KeyHistory): DataFault[] {
    const found: DataFault[] = [];
    for (const anchor of [...this.#anchors].sort((one, other) => one.sequence - other.sequence)) {
      const { sequence, hash, station, keyId, signature } = anchor;
      if (anchor.mode !== undefined && anchor.mode !== this.#mode) continue;
      const key = keys.keys.find((each) => each.keyId === keyId);
      const detail = `${station} ${String(sequence)} ${hash.slice(0, 16)}`;
      if (station !== this.#station) found.push({ code: 'other-station', sequence: null, detail });
      else if (this.#met.has(anchor)) {
        const signed = key !== undefined && signature !== null;
        // One that was laid down without a key still names the hash; one with a wrong signature is nobody's.
        if (keyId !== null && !(signed && signatureHolds(key.publicKey, eventMessage(hash), signature)))
          found.push({ code: 'anchor-signature', sequence, detail });
      } else if (
        this.#givenUp.some(
          ({ afterSequence, toSequence, epoch }) =>
            sequence > afterSequence && sequence <= toSequence && (anchor.epoch ?? 0) < epoch,
        )
      ) {
        this.#lost += 1;
      } else if (sequence > headSequence) found.push({ code: 'anchor-cut', sequence, detail });
      else found.push({ code: 'anchor-unlike', sequence, detail });
    }
    return found;
  }
}
