import type { ChainFault, ChainLink } from './chain.ts';
import { genesisHash, openLink } from './chain.ts';
import type { LedgerEvent } from './event.ts';
import type { KeyFault, KnownKey, LinkSignature } from './keyHistory.ts';
import { KeyHistory } from './keyHistory.ts';

export interface SignedLink extends ChainLink {
  readonly signed: LinkSignature | null;
}

export type LedgerFault = ChainFault | KeyFault | NumberFault;

/** Weighing numbers run without gaps, and a store is of one station and one mode from first to last. */
export type NumberFault =
  | { readonly kind: 'number'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'identity'; readonly sequence: number; readonly detail: string };

export interface LedgerSummary {
  readonly events: number;
  readonly head: { readonly sequence: number; readonly hash: string; readonly timeMs: number };
  readonly station: string;
  readonly mode: 'real' | 'drill' | null;
  readonly keys: readonly KnownKey[];
  readonly signaturesChecked: number;
  /** Events after the last signature: a batch that was cut, or records of before the first key. */
  readonly unsignedTail: number;
  readonly weighings: number;
}

/**
 * Reads a ledger from its first link on, one link at a time. The chain and every key's events are always checked;
 * all other signatures only when `every`, since the last one covers what stands before it.
 */
export class LedgerCheck {
  readonly #every: boolean;
  readonly #history = new KeyHistory();
  #before: SignedLink | null = null;
  #last: { readonly event: LedgerEvent; readonly link: SignedLink } | null = null;
  #lastSigned: { readonly event: LedgerEvent; readonly link: SignedLink } | null = null;
  #events = 0;
  #weighings = 0;
  #signatures = 0;

  constructor(options: { readonly every: boolean }) {
    this.#every = options.every;
  }

  get keys(): KeyHistory {
    return this.#history;
  }

  /** The event in the link, or the first thing that does not hold. */
  take(link: SignedLink): { readonly event: LedgerEvent } | { readonly fault: LedgerFault } {
    const previous = this.#before ?? { sequence: 0, hash: genesisHash };
    if (link.sequence !== previous.sequence + 1)
      return { fault: { kind: 'sequence', sequence: previous.sequence + 1 } };
    if (link.previousHash !== previous.hash) return { fault: { kind: 'previous', sequence: link.sequence } };
    const opened = openLink(link);
    if (!opened.ok) return { fault: opened.error };
    const event = opened.value;
    const first = this.#last?.event;
    if (first !== undefined && (first.station !== event.station || first.mode !== event.mode)) {
      return { fault: { kind: 'identity', sequence: link.sequence, detail: event.station } };
    }
    if (event.type === 'weighing') {
      if (event.body.number !== this.#weighings + 1) {
        return {
          fault: { kind: 'number', sequence: link.sequence, detail: String(event.body.number) },
        };
      }
      this.#weighings += 1;
    }
    const aboutKeys = event.type === 'key-introduced' || event.type === 'key-revoked';
    const checked = this.#every && link.signed !== null;
    const fault = this.#history.take(event, link.hash, link.signed, checked);
    if (fault !== null) return { fault };
    if (aboutKeys || checked) this.#signatures += 1;
    this.#before = link;
    this.#last = { event, link };
    if (link.signed !== null) this.#lastSigned = this.#last;
    this.#events += 1;
    return { event };
  }

  /** Checks the last signature, which covers everything before it, and sums up. */
  finish(): { readonly summary: LedgerSummary } | { readonly fault: LedgerFault } {
    const signed = this.#lastSigned;
    if (signed !== null && !this.#every && signed.event.type !== 'key-introduced') {
      const fault = this.#history.take(signed.event, signed.link.hash, signed.link.signed, true);
      if (fault !== null) return { fault };
      this.#signatures += 1;
    }
    const last = this.#last;
    return {
      summary: {
        events: this.#events,
        head: {
          sequence: last?.link.sequence ?? 0,
          hash: last?.link.hash ?? genesisHash,
          timeMs: last?.event.timeMs ?? 0,
        },
        station: last?.event.station ?? '',
        mode: last?.event.mode ?? null,
        keys: this.#history.keys,
        signaturesChecked: this.#signatures,
        unsignedTail: (last?.link.sequence ?? 0) - (signed?.link.sequence ?? 0),
        weighings: this.#weighings,
      },
    };
  }
}

/** The first thing in a whole ledger that does not hold, or what it holds. */
export function checkLedger(
  links: Iterable<SignedLink>,
  options: { readonly every: boolean },
): { readonly summary: LedgerSummary } | { readonly fault: LedgerFault } {
  const check = new LedgerCheck(options);
  for (const link of links) {
    const taken = check.take(link);
    if ('fault' in taken) return taken;
  }
  return check.finish();
}
