import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import { genesisHash, openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import { KeyHistory } from '../../station/ledger/keyHistory.ts';
import type { Manifest } from './bundleForm.ts';
import { Branches } from './branches.ts';
import { EventLine, isCanonical, periodMs } from './bundleForm.ts';
import { Found } from './fault.ts';

/** Reads the events of a bundle in their order: each is whole, links where it touches the next, and is signed. */
export class EventChecks {
  readonly #manifest: Manifest;
  readonly #keys = new KeyHistory();
  readonly branches = new Branches();
  #before: SignedLink | null = null;
  /** Whether the last event's own signature was checked. */
  #covered = false;
  #head = false;
  #signatures = 0;
  #events = 0;
  /** The first and last moment each key signed at. */
  readonly #used = new Map<string, { first: number; last: number; lastSequence: number }>();

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  get keys(): KeyHistory {
    return this.#keys;
  }

  get counts(): { events: number; signatures: number } {
    return { events: this.#events, signatures: this.#signatures };
  }

  get used(): ReadonlyMap<string, { first: number; last: number; lastSequence: number }> {
    return this.#used;
  }

  /** One line of `events.jsonl`, counted from 1. Throws Found. */
  take(line: string, nth: number): LedgerEvent {
    const link = readLine(line, nth);
    const { sequence, hash } = link;
    const part = `event ${String(sequence)}`;
    const before = this.#before;
    if (before !== null && sequence <= before.sequence) throw new Found(part, 'order');
    const follows = before !== null && sequence === before.sequence + 1;
    if (before !== null && !follows) this.#endRun(before);
    const opened = openLink(link);
    if (!opened.ok) {
      const { kind } = opened.error;
      throw new Found(part, kind === 'hash' ? 'event-hash' : kind === 'form' ? 'event-form' : 'sequence');
    }
    const event = opened.value;
    if (!isCanonical(link.text, JSON.parse(link.text))) throw new Found(part, 'event-form', 'not canonical');
    const { station, stationName, mode, run, head } = this.#manifest;
    if (event.station !== station || event.mode !== mode) throw new Found(part, 'identity', event.station);
    if (event.type === 'store-created' && event.body.stationName !== stationName)
      throw new Found(part, 'identity', event.body.stationName);
    const previous = follows ? before.hash : sequence === 1 ? genesisHash : null;
    if (previous !== null && link.previousHash !== previous) throw new Found(part, 'previous');
    if (run !== null && sequence > run.from && sequence <= run.to && !follows) throw new Found(part, 'gap');
    this.#checkEnds(event, part);
    const fault = this.#keys.take(event, hash, link.signed, link.signed !== null);
    if (fault !== null)
      throw new Found(`event ${String(fault.sequence)}`, fault.kind, 'detail' in fault ? fault.detail : '');
    this.#covered = link.signed !== null && this.#keys.current !== null;
    if (link.signed !== null && this.#covered) {
      this.#signatures += 1;
      const { keyId } = link.signed;
      const first = this.#used.get(keyId)?.first ?? event.timeMs;
      this.#used.set(keyId, {
        first: Math.min(first, event.timeMs),
        last: Math.max(this.#used.get(keyId)?.last ?? event.timeMs, event.timeMs),
        lastSequence: sequence,
      });
    }
    this.branches.take(event, link);
    if (sequence === head.sequence) {
      if (hash !== head.hash) throw new Found(part, 'head');
      this.#head = true;
    }
    this.#before = link;
    this.#events += 1;
    return event;
  }

  finish(): void {
    const { run, head } = this.#manifest;
    const last = this.#before;
    if (last === null) throw new Found('events.jsonl', 'line', 'none');
    this.#endRun(last);
    if (run !== null && last.sequence < run.to) throw new Found(`event ${String(last.sequence + 1)}`, 'gap');
    if (!this.#head) throw new Found(`event ${String(head.sequence)}`, 'head');
  }

  /** The run of a period begins and ends with an event of another time, or with the ledger itself. */
  #checkEnds({ sequence, timeMs }: LedgerEvent, part: string): void {
    const { run, head, subject } = this.#manifest;
    if (run === null || 'number' in subject) return;
    const { startMs, endMs } = periodMs(subject);
    if (sequence === run.from && sequence !== 1 && timeMs >= startMs)
      throw new Found(part, 'gap', subject.from);
    if (sequence === run.to && sequence !== head.sequence && timeMs < endMs)
      throw new Found(part, 'gap', subject.to);
  }

  /** A signature covers what its event is chained to; the last event of a run has nothing after it that could. */
  #endRun({ sequence }: SignedLink): void {
    if (!this.#covered) throw new Found(`event ${String(sequence)}`, 'unsigned');
  }
}

function readLine(line: string, nth: number): SignedLink {
  const part = 'events.jsonl';
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new Found(part, 'line', String(nth));
  }
  const parsed = EventLine.safeParse(json);
  if (!parsed.success || !isCanonical(line, json)) throw new Found(part, 'line', String(nth));
  const { sequence, text, previousHash, hash, keyId, signature } = parsed.data;
  if ((keyId === null) !== (signature === null)) throw new Found(part, 'line', String(nth));
  const signed = keyId === null || signature === null ? null : { keyId, signature };
  return { sequence, text, previousHash, hash, signed };
}
