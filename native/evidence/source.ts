import type { EventBody } from '../../station/ledger/event.ts';
import { ruleSetSha256, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { RegisterKind } from '../../station/vehicles/register/entries.ts';
import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { Db } from '../store/database.ts';

interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

export interface Run {
  readonly from: number;
  readonly to: number;
}

interface Row {
  readonly sequence: number;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

const columns = 'sequence, text, previous_hash AS previousHash, hash, key_id AS keyId, signature';

export function linkOf({ sequence, text, previousHash, hash, keyId, signature }: Row): SignedLink {
  const signed = keyId === null || signature === null ? null : { keyId, signature };
  return { sequence, text, previousHash, hash, signed };
}

/** What a bundle is taken out of: a store that is only read, beside a running station or not. */
export class EvidenceSource {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  meta(key: 'station' | 'mode'): string | null {
    return this.#one('SELECT value FROM meta WHERE key = ?', key) as string | null;
  }

  /** The last signed event that says something else than that records were given out. */
  head(): { sequence: number; hash: string } | null {
    const row = this.#db
      .prepare(
        `SELECT sequence, hash FROM ledger WHERE type <> 'evidence-exported' AND signature IS NOT NULL
         ORDER BY sequence DESC LIMIT 1`,
      )
      .get() as { sequence: number; hash: string } | undefined;
    return row ?? null;
  }

  link(sequence: number): SignedLink | null {
    const row = this.#db.prepare(`SELECT ${columns} FROM ledger WHERE sequence = ?`).get(sequence) as
      Row | undefined;
    return row === undefined ? null : linkOf(row);
  }

  linkOfNumber(number: number): SignedLink | null {
    const row = this.#db.prepare(`SELECT ${columns} FROM ledger WHERE number = ?`).get(number) as
      Row | undefined;
    return row === undefined ? null : linkOf(row);
  }

  ofType(type: EventBody['type']): number[] {
    return this.#all('SELECT sequence FROM ledger WHERE type = ? ORDER BY sequence', type);
  }

  /** The last event of a type before a sequence. */
  before(type: EventBody['type'], sequence: number): number | null {
    return this.#number('SELECT max(sequence) FROM ledger WHERE type = ? AND sequence < ?', type, sequence);
  }

  /** The last time before a sequence that somebody stated what a vehicle is. */
  statedBefore(plate: string, sequence: number): number | null {
    return this.#number(
      `SELECT max(sequence) FROM ledger WHERE type = 'vehicle-stated' AND json_extract(text, '$.body.plate') = ?
         AND sequence < ?`,
      plate,
      sequence,
    );
  }

  /** The last time before a sequence that somebody stated what a vehicle is with this trailer behind it. */
  statedTrailerBefore(plate: string, sequence: number): number | null {
    return this.#number(
      `SELECT max(sequence) FROM ledger WHERE type = 'vehicle-stated'
         AND json_extract(text, '$.body.trailer.plate') = ? AND sequence < ?`,
      plate,
      sequence,
    );
  }

  /** The last change of an entry of the register before a sequence. */
  changedBefore(kind: RegisterKind, key: string, sequence: number): number | null {
    return this.#number(
      `SELECT max(sequence) FROM ledger WHERE type = 'register-changed'
         AND json_extract(text, '$.body.kind') = ? AND json_extract(text, '$.body.key') = ? AND sequence < ?`,
      kind,
      key,
      sequence,
    );
  }

  ruleSetSequence(sha256: string): number | null {
    return this.#number('SELECT sequence FROM rule_sets WHERE sha256 = ?', sha256);
  }

  /** Its canonical bytes, from the ledger or built into the program. */
  ruleSetText(sha256: string): string | null {
    const loaded = this.#one('SELECT text FROM rule_sets WHERE sha256 = ?', sha256) as string | null;
    if (loaded !== null) return loaded;
    const own = ownRuleSets.find((set) => ruleSetSha256(set) === sha256);
    return own === undefined ? null : ruleSetText(own);
  }

  curve(sha256: string): Buffer | null {
    return this.#one('SELECT bytes FROM curves WHERE sha256 = ?', sha256) as Buffer | null;
  }

  /** Every event that says something of a weighing besides its own. */
  about(number: number, sequence: number, crossingId: string): number[] {
    const closed = this.#all(
      `SELECT sequence FROM (SELECT sequence, text FROM ledger WHERE type = 'crossing-closed' AND sequence > ?
         ORDER BY sequence LIMIT 20) WHERE json_extract(text, '$.body.crossingId') = ?`,
      sequence,
      crossingId,
    );
    const said = this.#all(
      `SELECT sequence FROM papers WHERE number = ? UNION SELECT sequence FROM voids WHERE number = ?
       UNION SELECT sequence FROM corrections WHERE number = ?
       UNION SELECT sequence FROM releases WHERE number = ? UNION SELECT sequence FROM shots WHERE number = ?
       UNION SELECT sequence FROM exits WHERE number = ? UNION SELECT sequence FROM late_plates WHERE number = ?
       UNION SELECT settled FROM exits WHERE number = ? AND settled IS NOT NULL`,
      ...[number, number, number, number, number, number, number, number],
    );
    const crossing = this.#db
      .prepare('SELECT sequence, explained FROM crossings WHERE crossing_id = ?')
      .get(crossingId) as { sequence: number; explained: number | null } | undefined;
    const around = crossing === undefined ? [] : [crossing.sequence, crossing.explained ?? crossing.sequence];
    return [...closed, ...said, ...around];
  }

  /** The weighings of a period, and those between its first and last event whatever a clock said of them. */
  numbersOf({ startMs, endMs }: Period, run: Run): number[] {
    return this.#all(
      `SELECT number FROM passages WHERE (time_ms >= ? AND time_ms < ?) OR (sequence > ? AND sequence < ?)
       ORDER BY number`,
      startMs,
      endMs,
      run.from,
      run.to,
    );
  }

  /**
   * The events of a period with one of another time on either side, or the ends of the ledger: so that anybody can
   * see where it begins and ends. Null when it has no event.
   */
  run({ startMs, endMs }: Period, head: number): Run | null {
    const weighed = this.#db
      .prepare(
        'SELECT min(sequence) AS first, max(sequence) AS last FROM passages WHERE time_ms >= ? AND time_ms < ?',
      )
      .get(startMs, endMs) as { first: number | null; last: number | null };
    const first = Math.min(this.#firstFrom(startMs), weighed.first ?? Infinity);
    const last = Math.max(this.#firstFrom(endMs) - 1, weighed.last ?? 0);
    if (first > last || first > head) return null;
    let [from, to] = [Math.max(1, first - 1), Math.min(head, last + 1)];
    // A clock that was set back leaves events of the period on its wrong side.
    while (from > 1 && (this.#timeMs(from) ?? 0) >= startMs) from -= 1;
    while (to < head && (this.#timeMs(to) ?? Infinity) < endMs) to += 1;
    return { from, to };
  }

  /** For each unbroken run of these that ends without a signature, the events up to the next that has one. */
  unsignedUpTo(sequences: readonly number[]): { from: number; to: number }[] {
    const found: { from: number; to: number }[] = [];
    // A key that is not introduced yet covers nothing by itself.
    const [firstKey = 0] = this.ofType('key-introduced');
    let coveredTo = 0;
    for (const [at, sequence] of sequences.entries()) {
      if (sequence <= coveredTo || sequences[at + 1] === sequence + 1) continue;
      const to = this.#number(
        'SELECT sequence FROM ledger WHERE sequence >= ? AND signature IS NOT NULL ORDER BY sequence LIMIT 1',
        Math.max(sequence, firstKey),
      );
      if (to === null) break;
      coveredTo = to;
      if (to > sequence) found.push({ from: sequence, to });
    }
    return found;
  }

  /** The sequence of the first event at or after a time; one more than the last when there is none. */
  #firstFrom(timeMs: number): number {
    let low = 1;
    let high = (this.#number('SELECT max(sequence) FROM ledger') ?? 0) + 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.#timeMs(middle);
      if (at !== null && at < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #timeMs(sequence: number): number | null {
    return this.#number('SELECT time_ms FROM ledger WHERE sequence = ?', sequence);
  }

  #one(sql: string, ...values: readonly (string | number)[]): unknown {
    return (
      this.#db
        .prepare(sql)
        .pluck()
        .get(...values) ?? null
    );
  }

  #number(sql: string, ...values: readonly (string | number)[]): number | null {
    const found = this.#one(sql, ...values);
    return typeof found === 'number' ? found : null;
  }

  #all(sql: string, ...values: readonly (string | number)[]): number[] {
    return this.#db
      .prepare(sql)
      .pluck()
      .all(...values) as number[];
  }
}
