import type { Acknowledgement } from '../../station/sync/delivery.ts';
import type { Outbox, OutboxRecord } from '../city/outbox.ts';
import type { Db } from './database.ts';

export interface SetAsideRow {
  readonly sequence: number;
  readonly type: string;
  readonly number: number | null;
  readonly timeMs: number;
  readonly error: string;
}

/** What the platform has not acknowledged yet; written in the transaction of each ledger event. */
export class OutboxStore implements Outbox {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  nextWaiting(): OutboxRecord | null {
    const row = this.#db
      .prepare(
        `SELECT o.sequence, l.previous_hash AS previousHash, l.hash, l.text, l.key_id AS keyId, l.signature
         FROM outbox o JOIN ledger l USING (sequence) WHERE o.state = 'waiting' ORDER BY o.urgent DESC, o.sequence LIMIT 1`,
      )
      .get() as
      (Omit<OutboxRecord, 'signed'> & { keyId: string | null; signature: string | null }) | undefined;
    if (row === undefined) return null;
    const { keyId, signature, ...record } = row;
    return { ...record, signed: keyId === null || signature === null ? null : { keyId, signature } };
  }

  delivered(sequence: number, acknowledgement: Acknowledgement, atMs: number): void {
    this.#db
      .prepare(
        `UPDATE outbox SET state = 'delivered', acknowledgement = ?, settled_ms = ?, last_error = NULL,
           attempts = attempts + 1 WHERE sequence = ? AND state = 'waiting'`,
      )
      .run(JSON.stringify(acknowledgement), atMs, sequence);
  }

  setAside(sequence: number, reason: string, atMs: number): void {
    this.#db
      .prepare(
        `UPDATE outbox SET state = 'set-aside', last_error = ?, settled_ms = ?, attempts = attempts + 1
         WHERE sequence = ? AND state = 'waiting'`,
      )
      .run(reason, atMs, sequence);
  }

  failed(sequence: number, error: string): void {
    this.#db
      .prepare(
        `UPDATE outbox SET attempts = attempts + 1, last_error = ? WHERE sequence = ? AND state = 'waiting'`,
      )
      .run(error, sequence);
  }

  waitingCount(): number {
    return this.#count('waiting');
  }

  setAsideCount(): number {
    return this.#count('set-aside');
  }

  lastDeliveredMs(): number | null {
    const row = this.#db
      .prepare(`SELECT max(settled_ms) AS ms FROM outbox WHERE state = 'delivered'`)
      .get() as {
      ms: number | null;
    };
    return row.ms;
  }

  listSetAside(): SetAsideRow[] {
    return this.#db
      .prepare(
        `SELECT o.sequence, l.type, l.number, l.time_ms AS timeMs, coalesce(o.last_error, '') AS error
         FROM outbox o JOIN ledger l USING (sequence) WHERE o.state = 'set-aside' ORDER BY o.sequence DESC LIMIT 200`,
      )
      .all() as SetAsideRow[];
  }

  /** Puts a record that was set aside back in line. */
  retry(sequence: number): void {
    this.#db
      .prepare(
        `UPDATE outbox SET state = 'waiting', settled_ms = NULL WHERE sequence = ? AND state = 'set-aside'`,
      )
      .run(sequence);
  }

  #count(state: string): number {
    const row = this.#db.prepare('SELECT count(*) AS n FROM outbox WHERE state = ?').get(state) as {
      n: number;
    };
    return row.n;
  }
}
