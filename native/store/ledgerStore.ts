import type { ChainFault } from '../../station/ledger/chain.ts';
import { checkChain, forgeLink, genesisHash, openLink } from '../../station/ledger/chain.ts';
import type { EventBody, LedgerEvent } from '../../station/ledger/event.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import { eventMessage } from '../../station/ledger/signing.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Clock } from '../clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import { lastNumber } from './restores.ts';
import { isOfTheDisk, storeProblem } from './storeProblem.ts';
import type { MakeBody } from './unwritten.ts';
import { Unwritten } from './unwritten.ts';

export interface LedgerHead {
  readonly sequence: number;
  readonly hash: string;
  readonly timeMs: number;
}

export type AppendFailure =
  /** The disk takes nothing, or another program holds the store: what is no fault of the event. */
  | { readonly kind: 'disk'; readonly detail: string }
  | { readonly kind: 'write'; readonly detail: string }
  | { readonly kind: 'read-back'; readonly detail: string };

export interface Appended {
  readonly link: SignedLink;
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
  readonly key_id: string | null;
  readonly signature: string | null;
}

const columns = 'sequence, text, previous_hash, hash, key_id, signature';

const eventsASignature = 64;

/** The append-only chain of one station in one store. */
export class LedgerStore {
  readonly #db: Db;
  readonly #identity: LedgerIdentity;
  readonly #clock: Clock;
  readonly #project: Projection;
  readonly #unwritten = new Unwritten();
  /** Null leaves events unsigned: a store without a usable key records what happens, and decides nothing. */
  #signer: Signer | null;
  #head: LedgerHead;
  /** The latest time written since a person last confirmed the clock. */
  #latestMs: number;

  constructor(db: Db, identity: LedgerIdentity, clock: Clock, project: Projection, signer: Signer | null) {
    this.#db = db;
    this.#identity = identity;
    this.#clock = clock;
    this.#project = project;
    this.#signer = signer;
    this.#head = this.#readHead();
    this.#latestMs = this.#readLatestMs();
  }

  /** From the next event on. */
  signWith(signer: Signer | null): void {
    this.#signer = signer;
  }

  get head(): LedgerHead {
    return this.#head;
  }

  /** The next weighing number: one more than the last, no gaps, no reuse of what a restore declared as used. */
  nextNumber(): number {
    return lastNumber(this.#db) + 1;
  }

  /**
   * Appends one event with its outbox row and projections in one durable transaction, then reads it
   * back and compares. Only after `ok` may anything be printed or shown as recorded. What is kept from before
   * is written first.
   */
  append(makeBody: MakeBody, signer: Signer | null = this.#signer): Result<Appended, AppendFailure> {
    const before = this.writeKept();
    return before.ok ? this.#appendOne(makeBody, signer, 0) : before;
  }

  /**
   * For what has happened and cannot be asked for again: where the disk refuses it, it is kept in memory and written
   * once the disk takes it, with how late that was.
   */
  appendOrKeep(makeBody: MakeBody): Result<Appended, AppendFailure> {
    const appended = this.append(makeBody);
    if (!appended.ok && appended.error.kind === 'disk')
      this.#unwritten.keep(makeBody, this.#clock.monotonicMs());
    return appended;
  }

  /** What the disk said when it refused a record; null once everything kept since is written. */
  get refusal(): string | null {
    return this.#unwritten.problem;
  }

  /** Writes what is kept, oldest first; what still fails stays kept. */
  writeKept(): Result<null, AppendFailure> {
    for (let kept = this.#unwritten.first; kept !== null; kept = this.#unwritten.first) {
      const lateMs = Math.max(1, Math.round(this.#clock.monotonicMs() - kept.atMs));
      const written = this.#appendOne(kept.makeBody, this.#signer, lateMs);
      // One that the disk is not to blame for would hold up all that come after it.
      if (!written.ok && written.error.kind === 'disk') return written;
      this.#unwritten.done();
    }
    return ok(null);
  }

  #appendOne(makeBody: MakeBody, signer: Signer | null, lateMs: number): Result<Appended, AppendFailure> {
    const appended = this.#write(() =>
      this.#insert(
        makeBody(() => this.nextNumber()),
        signer,
        lateMs,
      ),
    );
    return appended.ok ? this.#readBack(appended.value) : appended;
  }

  /**
   * Appends all of them in one durable transaction, or none; each is read back and compared. The last one is signed and
   * covers those before it, and so is one of every few: whoever is given one event is not given thousands with it.
   */
  appendAll(bodies: readonly EventBody[]): Result<number, AppendFailure> {
    const before = this.writeKept();
    if (!before.ok) return before;
    const appended = this.#write(() =>
      bodies.map((body, index) => {
        const signs = index === bodies.length - 1 || index % eventsASignature === eventsASignature - 1;
        return this.#insert(body, signs ? this.#signer : null);
      }),
    );
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
      const detail = storeProblem(problem);
      if (!isOfTheDisk(problem)) return err({ kind: 'write', detail });
      this.#unwritten.refused(detail, this.#clock.monotonicMs());
      return err({ kind: 'disk', detail });
    }
  }

  #readBack({ link }: Appended): Result<Appended, AppendFailure> {
    let stored: SignedLink | null;
    try {
      stored = this.link(link.sequence);
    } catch (problem) {
      return err({ kind: 'read-back', detail: storeProblem(problem) });
    }
    if (
      stored?.text !== link.text ||
      stored.hash !== link.hash ||
      stored.signed?.signature !== link.signed?.signature
    ) {
      return err({ kind: 'read-back', detail: `event ${String(link.sequence)} reads back differently` });
    }
    const opened = openLink(stored);
    if (!opened.ok) return err({ kind: 'read-back', detail: opened.error.kind });
    const { timeMs, type } = opened.value;
    this.#head = { sequence: stored.sequence, hash: stored.hash, timeMs };
    const reachedMs = type === 'clock-stepped' ? timeMs - Math.min(0, opened.value.body.byMs) : timeMs;
    this.#latestMs = type === 'clock-confirmed' ? timeMs : Math.max(this.#latestMs, reachedMs);
    return ok({ link: stored, event: opened.value });
  }

  #insert(body: EventBody, signer: Signer | null, lateMs = 0): Appended {
    const head = this.#readHead();
    const event: LedgerEvent = {
      v: 1,
      ...this.#identity,
      sequence: head.sequence + 1,
      timeMs: this.#clock.nowMs(),
      bootId: this.#clock.bootId,
      monotonicMs: Math.trunc(this.#clock.monotonicMs()),
      clockSource: this.#clock.source(),
      driftMs: Math.trunc(this.#clock.driftMs()),
      ...(lateMs > 0 ? { lateMs } : {}),
      ...body,
    };
    const chained = forgeLink(head.hash, event);
    const signed =
      signer === null ? null : { keyId: signer.keyId, signature: signer.sign(eventMessage(chained.hash)) };
    const link: SignedLink = { ...chained, signed };
    prepared(
      this.#db,
      `INSERT INTO ledger (sequence, time_ms, type, number, text, previous_hash, hash, key_id, signature)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      link.sequence,
      event.timeMs,
      event.type,
      event.type === 'weighing' ? event.body.number : null,
      link.text,
      link.previousHash,
      link.hash,
      signed?.keyId ?? null,
      signed?.signature ?? null,
    );
    prepared(this.#db, `INSERT INTO outbox (sequence, state) VALUES (?, 'waiting')`).run(link.sequence);
    this.#project(this.#db, event);
    return { link, event };
  }

  link(sequence: number): SignedLink | null {
    const row = prepared(this.#db, `SELECT ${columns} FROM ledger WHERE sequence = ?`).get(sequence) as
      LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  linkOfNumber(number: number): SignedLink | null {
    const row = this.#db.prepare(`SELECT ${columns} FROM ledger WHERE number = ?`).get(number) as
      LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  lastOfType(type: EventBody['type']): SignedLink | null {
    const row = this.#db
      .prepare(`SELECT ${columns} FROM ledger WHERE type = ? ORDER BY sequence DESC LIMIT 1`)
      .get(type) as LedgerRow | undefined;
    return row === undefined ? null : toLink(row);
  }

  /** Checks the last `count` links; the whole chain when `count` reaches back to the first. */
  checkTail(count: number): ChainFault | null {
    const from = Math.max(1, this.#head.sequence - count + 1);
    const before = from === 1 ? null : this.link(from - 1);
    const rows = this.#db
      .prepare(`SELECT ${columns} FROM ledger WHERE sequence >= ? ORDER BY sequence`)
      .all(from) as readonly LedgerRow[];
    return checkChain(rows.map(toLink), before);
  }

  /** Every link in order, one at a time; the store must not be written meanwhile. */
  *links(): Generator<SignedLink> {
    const rows = this.#db.prepare(`SELECT ${columns} FROM ledger ORDER BY sequence`).iterate();
    for (const row of rows) yield toLink(row as LedgerRow);
  }

  /** How far the clock stands behind what was written already, ms; 0 when it does not. */
  clockBehindMs(): number {
    const behindMs = this.#latestMs - this.#clock.nowMs();
    return behindMs > clockToleranceMs ? behindMs : 0;
  }

  #readLatestMs(): number {
    return latestWrittenMs(this.#db);
  }

  #readHead(): LedgerHead {
    const row = prepared(
      this.#db,
      'SELECT sequence, hash, time_ms AS timeMs FROM ledger ORDER BY sequence DESC LIMIT 1',
    ).get() as LedgerHead | undefined;
    return row ?? { sequence: 0, hash: genesisHash, timeMs: 0 };
  }
}

function toLink(row: LedgerRow): SignedLink {
  const { sequence, text, previous_hash: previousHash, hash, key_id: keyId, signature } = row;
  const signed = keyId === null || signature === null ? null : { keyId, signature };
  return { sequence, text, previousHash, hash, signed };
}

/** How far a clock stands behind what this ledger holds, ms; 0 when it does not. For whoever only reads. */
export function clockBehindMs(db: Db, nowMs: number): number {
  const behindMs = latestWrittenMs(db) - nowMs;
  return behindMs > clockToleranceMs ? behindMs : 0;
}

/** The latest time written since a person last confirmed the clock; 0 in an empty ledger. */
function latestWrittenMs(db: Db): number {
  const row = db
    .prepare(
      `SELECT max(CASE type WHEN 'clock-stepped'
             THEN time_ms - min(0, json_extract(text, '$.body.byMs')) ELSE time_ms END) AS ms FROM ledger
         WHERE sequence >= coalesce((SELECT max(sequence) FROM ledger WHERE type = 'clock-confirmed'), 0)`,
    )
    .get() as { ms: number | null };
  return row.ms ?? 0;
}
