import * as z from 'zod';
import { Sha256 } from '../../station/ledger/bodies/form.ts';
import { KeyId, Signature } from '../../station/ledger/bodies/keys.ts';
import { assertNever } from '../../station/assertNever.ts';
import type { KnownHead } from '../../station/ledger/anchor.ts';
import type { OwnChain, Restore } from '../../station/ledger/epochs.ts';
import { compareHead } from '../../station/ledger/epochs.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import type { KeyHistory } from '../../station/ledger/keyHistory.ts';
import { eventMessage, signatureHolds } from '../../station/ledger/signing.ts';
import type { DataFault } from './fault.ts';

/** A head of the ledger that was laid down outside the store; an anchor file is one of them a line. */
export const Anchor = z.object({
  /** Null where nobody says: a head typed in from paper. */
  station: z.string().max(64).nullable(),
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
export type Anchor = z.infer<typeof Anchor> & {
  /** Where it was laid down: a file, a shift report, the platform. */
  readonly source?: string;
};

/** A line that is no anchor: half of one from a stick pulled out, or something else altogether. */
export interface UnreadLine {
  readonly line: number;
}

export function readAnchors(text: string, source?: string): { anchors: Anchor[]; unread: UnreadLine[] } {
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
    if (parsed.success) anchors.push(source === undefined ? parsed.data : { ...parsed.data, source });
    else unread.push({ line: at + 1 });
  }
  return { anchors, unread };
}

/** Compares what was laid down outside with the ledger read from its first event to its last. */
export class AnchorCheck {
  readonly #wanted: ReadonlySet<number>;
  readonly #hashes = new Map<number, string>();
  readonly #anchors: readonly Anchor[];
  readonly #restores: Restore[] = [];
  #station: string | null = null;
  #mode: Anchor['mode'];
  #lost = 0;

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = anchors;
    this.#wanted = new Set(anchors.map(({ sequence }) => sequence));
  }

  get lost(): number {
    return this.#lost;
  }

  take(event: LedgerEvent, hash: string): void {
    const { sequence, station, mode } = event;
    this.#station ??= station;
    this.#mode ??= mode;
    if (this.#wanted.has(sequence)) this.#hashes.set(sequence, hash);
    if (event.type === 'store-restored') this.#restores.push(event.body);
  }

  /** What does not fit, the earliest first. */
  finish(headSequence: number, keys: KeyHistory): DataFault[] {
    const own: OwnChain = {
      restores: this.#restores,
      headSequence,
      hashAt: (sequence) => this.#hashes.get(sequence) ?? null,
    };
    const found: DataFault[] = [];
    for (const anchor of [...this.#anchors].sort((one, other) => one.sequence - other.sequence)) {
      if (anchor.mode !== undefined && anchor.mode !== this.#mode) continue;
      const fault = this.#compare(anchor, own, keys);
      if (fault !== null) found.push(fault);
    }
    return found;
  }

  #compare(anchor: Anchor, own: OwnChain, { keys }: KeyHistory): DataFault | null {
    const { sequence, hash, timeMs, station, keyId, signature, source } = anchor;
    const named = `${station ?? ''} ${String(sequence)} ${hash.slice(0, 16)}`;
    const detail = source === undefined ? named : `${named}, ${source}`;
    if (station !== null && station !== this.#station)
      return { code: 'other-station', sequence: null, detail };
    const known: KnownHead = { sequence, hash, timeMs, epoch: anchor.epoch ?? 0, number: null };
    const compared = compareHead(known, own);
    switch (compared) {
      case 'agrees': {
        // One that was laid down without a key still names the hash; one with a wrong signature is nobody's.
        if (keyId === null) return null;
        const key = keys.find((each) => each.keyId === keyId);
        return key !== undefined &&
          signature !== null &&
          signatureHolds(key.publicKey, eventMessage(hash), signature)
          ? null
          : { code: 'anchor-signature', sequence, detail };
      }
      case 'lost':
        this.#lost += 1;
        return null;
      case 'ahead':
        return { code: 'anchor-cut', sequence, detail };
      case 'unlike':
        return { code: 'anchor-unlike', sequence, detail };
      default:
        return assertNever(compared);
    }
  }
}
