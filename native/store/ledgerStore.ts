import type { ChainFault, ChainLink } from '../../station/ledger/chain.ts';
import { checkChain, forgeLink, genesisHash, openLink } from '../../station/ledger/chain.ts';
import type { EventBody, LedgerEvent } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Clock } from '../clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

export interface LedgerHead {
  readonly sequence: number;
  readonly hash: string;
  readonly timeMs: number;
}

export type AppendFailure =
  | { readonly kind: 'write'; readonly detail: string }
  | { readonly kind: 'read-back'; readonly detail: string };

export interface Appended {
  readonly link: ChainLink;
  readonly event: LedgerEvent;
}

/** What else must be written in the transaction of an event. */
export type Projection = (db: Db, event: LedgerEvent) => void;

export interface LedgerIdentity {
  readonly station: string;
  readonly mode: 'real' | 'drill';
}

/** A time service may step a clock back by this much without a question. */
const clockToleranceMs = 2000;

interface LedgerRow {
  readonly sequence: number;
  readonly text: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The append-only chain of one station in one store. */
export class LedgerStore {
  readonly #db: Db;
  readonly #identity: LedgerIdentity;
  readonly #clock: Clock;
  readonly #project: Projection;
  #head: LedgerHead;
  /** The latest time written since a person last confirmed the clock. */
  #latestMs: number;

  constructor(db: Db, identity: LedgerIdentity, clock: Clock, project: Projection) {
    this.#db = db;
    this.#identity = identity;
    this.#clock = clock;
    this.#project = project;
    this.#head = this.#readHead();
    this.#latestMs = this.#readLatestMs();
  }

  get head(): LedgerHead {
    return this.#head;
  }

  /** The next weighing number: one more than the last, no gaps, no reuse. */
  nextNumber(): number {
    const row = this.#db.prepare('SELECT max(number) AS last FROM ledger').get() as { last: number | null };
    return (row.last ?? 0) + 1;
  }

  /**
   * Appends one event with its outbox row and projections in one durable transaction, then reads it
   * back and compares. Only after `ok` may anything be printed or shown as recorded.
   */
  append(makeBody: (number: () => number) => EventBody): Result<Appended, AppendFailure> {
    const appended = this.#write(() => this.#insert(makeBody(() => this.nextNumber())));
    return appended.ok ? this.#readBack(appended.value) : appended;
  }

  /** Appends all of them in one durable transaction, or none; each is read back and compared. */
  appendAll(bodies: readonly EventBody[]): Result<number, AppendFailure> {
    const appended = this.#write(() => bodies.map((body) => this.#insert(body)));
    if (!appended.ok) return appended;
    for (const each of appended.value) {
      const stored = this.#readBack(each);
      if (!stored.ok) return stored;
    }
    return ok(bodies.length);
  }

  #write<T>(work: () => T): Result<T, AppendFailure> {
    try {
      return ok(this.#db.transaction(work).immediate());
    } catch (problem) {
      return err({ kind: 'write', detail: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  #readBack({ link }: Appended): Result<Appended, AppendFailure> {
    const stored = this.link(link.sequence);
    if (stored?.text !== link.text || stored.hash !== link.hash) {
      return err({ kind: 'read-back', detail: `event ${String(link.sequence)} reads back differently` });
    }
    const opened = openLink(stored);
    if (!opened.ok) return err({ kind: 'read-back', detail: opened.error.kind });
    const { timeMs, type } = opened.value;
    this.#head = { sequence: stored.sequence, hash: stored.hash, timeMs };
    this.#latestMs = type === 'clock-confirmed' ? timeMs : Math.max(this.#latestMs, timeMs);
    return ok({ link: stored, event: opened.value });
  }

  #insert(body: EventBody): Appended {
    const head = this.#readHead();
    const event: LedgerEvent = {
      v: 1,
      ...this.#identity,
      sequence: head.sequence + 1,
      timeMs: this.#clock.nowMs(),
      bootId: this.#clock.bootId,
      monotonicMs: Math.trunc(this.#clock.monotonicMs()),
      clockSource: 'system',
      ...body,
    };
    const link = forgeLink(head.hash, event);
    prepared(
      this.#db,
      'INSERT INTO ledger (sequence, time_ms, type, number, text, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(
      link.sequence,
      event.timeMs,
      event.type,
      event.type === 'weighing' ? event.body.number : null,
      link.text,
      link.previousHash,
      link.hash,
    );
    prepared(this.#db, `INSERT INTO outbox (sequence, state) VALUES (?, 'waiting')`).run(link.sequence);
    this.#project(this.#db, event);
    return { link, event };
  }

  link(sequence: number): ChainLink | null {
    const row = prepared(
      this.#db,
      'SELECT sequence, text, previous_hash, hash FROM ledger WHERE sequence = ?',
    ).get(sequence) as LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  linkOfNumber(number: number): ChainLink | null {
    const row = this.#db
      .prepare('SELECT sequence, text, previous_hash, hash FROM ledger WHERE number = ?')
      .get(number) as LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  lastOfType(type: EventBody['type']): ChainLink | null {
    const row = this.#db
      .prepare(
        'SELECT sequence, text, previous_hash, hash FROM ledger WHERE type = ? ORDER BY sequence DESC LIMIT 1',
      )
      .get(type) as LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  /** Checks the last `count` links; the whole chain when `count` reaches back to the first. */
  checkTail(count: number): ChainFault | null {
    const from = Math.max(1, this.#head.sequence - count + 1);
    const before = from === 1 ? null : this.link(from - 1);
    const rows = this.#db
      .prepare('SELECT sequence, text, previous_hash, hash FROM ledger WHERE sequence >= ? ORDER BY sequence')
      .all(from) as readonly LedgerRow[];
    return checkChain(rows.map(toLink), before);
  }

  /** How far the clock stands behind what was written already, ms; 0 when it does not. */
  clockBehindMs(): number {
    const behindMs = this.#latestMs - this.#clock.nowMs();
    return behindMs > clockToleranceMs ? behindMs : 0;
  }

  #readLatestMs(): number {
    const row = this.#db
      .prepare(
        `SELECT max(time_ms) AS ms FROM ledger
         WHERE sequence >= coalesce((SELECT max(sequence) FROM ledger WHERE type = 'clock-confirmed'), 0)`,
      )
      .get() as { ms: number | null };
    return row.ms ?? 0;
  }

  #readHead(): LedgerHead {
    const row = prepared(
      this.#db,
      'SELECT sequence, hash, time_ms AS timeMs FROM ledger ORDER BY sequence DESC LIMIT 1',
    ).get() as LedgerHead | undefined;
    return row ?? { sequence: 0, hash: genesisHash, timeMs: 0 };
  }
}

function toLink(row: LedgerRow): ChainLink {
  return { sequence: row.sequence, text: row.text, previousHash: row.previous_hash, hash: row.hash };
}
