import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { genesisHash } from '../station/ledger/chain.ts';
import { LedgerEvent } from '../station/ledger/event.ts';
import type { LinkSignature } from '../station/ledger/keyHistory.ts';
import { eventMessage, signatureHolds } from '../station/ledger/signing.ts';
import type { Checked } from './checks.ts';
import { ExitStore } from './exitStore.ts';
import { TraceStore } from './traceStore.ts';

/** `unsigned`: no signature came with it; `unknown-key`: with one of a key whose introduction is not here yet. */
export type EventFlag = 'gap' | 'chain-break' | 'unsigned' | 'unknown-key';

export interface StoredEvent {
  readonly epoch: number;
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly event: string;
  readonly receivedMs: number;
  /** What is wrong between this event and the one stored before it. */
  readonly flags: readonly EventFlag[];
  readonly signed: LinkSignature | null;
}

export interface Summary {
  readonly events: number;
  readonly weighings: number;
  readonly lastSequence: number;
  readonly lastHash: string;
  /** Sequences never received, as ranges; the first 100. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Events whose previousHash is not the hash of the event before; the first 100. */
  readonly chainBreaks: readonly number[];
  /** Branches after a restore from a backup; `declared` when the event that says so is held. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly from: number;
    readonly to: number;
    readonly declared: boolean;
  }[];
}

/** The furthest event of the latest branch. */
export interface Head {
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: string;
  readonly timeMs: number;
  readonly number: number;
}

export interface StoredWeighing {
  readonly station: string;
  readonly sequence: number;
  readonly number: number;
  readonly timeMs: number;
  readonly kind: string;
  readonly plate: string;
  readonly weighedKg: number;
  readonly netKg: number | null;
  readonly limitKg: number | null;
  readonly overKg: number;
  readonly outcome: string | null;
}

export type Kept = 'stored' | 'already-stored' | 'other-content' | 'wrong-signature';

const trunk = `FROM events AS before
      WHERE before.station = each.station AND before.epoch < each.epoch AND before.sequence < each.sequence
      ORDER BY before.sequence DESC, before.epoch DESC LIMIT 1`;
const schema = `
CREATE TABLE IF NOT EXISTS events (
  station       TEXT NOT NULL,
  epoch         INTEGER NOT NULL,
  sequence      INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL,
  text          TEXT NOT NULL,
  type          TEXT NOT NULL,
  received_ms   INTEGER NOT NULL,
  key_id        TEXT,
  signature     TEXT,
  PRIMARY KEY (station, epoch, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS weighings (
  id         INTEGER PRIMARY KEY,
  station    TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  sequence   INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  time_ms    INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  plate      TEXT NOT NULL,
  weighed_kg INTEGER NOT NULL,
  net_kg     INTEGER,
  limit_kg   INTEGER,
  over_kg    INTEGER NOT NULL,
  outcome    TEXT,
  UNIQUE (station, epoch, sequence),
  FOREIGN KEY (station, epoch, sequence) REFERENCES events(station, epoch, sequence)
) STRICT;
CREATE INDEX IF NOT EXISTS weighings_by_plate ON weighings(station, plate, id);
-- A branch goes on from the branch before it.
CREATE VIEW IF NOT EXISTS chain AS
  SELECT *,
    coalesce(lag(sequence) OVER past, (SELECT before.sequence ${trunk}), 0) AS before_sequence,
    coalesce(lag(hash) OVER past, (SELECT before.hash ${trunk}), '${genesisHash}') AS before_hash
  FROM events AS each WINDOW past AS (PARTITION BY station, epoch ORDER BY sequence);
`;

/** A store of before there were branches: all it holds is the first one. */
const toEpochs = `
DROP VIEW chain;
ALTER TABLE events RENAME TO old_events;
ALTER TABLE weighings RENAME TO old_weighings;
DROP INDEX weighings_by_plate;
${schema}
INSERT INTO events SELECT station, 0, sequence, previous_hash, hash, text, type, received_ms, NULL, NULL
  FROM old_events;
INSERT INTO weighings SELECT id, station, 0, sequence, number, time_ms, kind, plate, weighed_kg, net_kg, limit_kg,
  over_kg, outcome FROM old_weighings;
DROP TABLE old_weighings;
DROP TABLE old_events;
`;

const isBreak = 'sequence = before_sequence + 1 AND previous_hash <> before_hash';
const weighingColumns = `station, sequence, number, time_ms AS timeMs, kind, plate, weighed_kg AS weighedKg,
  net_kg AS netKg, limit_kg AS limitKg, over_kg AS overKg, outcome`;
const mostListed = 100;
const mostTextCharacters = 8_000_000;

/** What the platform holds. A drill platform has a file of its own: the two never meet. */
export class PlatformStore {
  readonly #db: Database.Database;
  /** Questions to stations, and what they answered. */
  readonly traces: TraceStore;
  /** Who was seen leaving. */
  readonly exits: ExitStore;

  constructor(dataDir: string, drill: boolean) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.#db = new Database(join(dataDir, drill ? 'platform-drill.db' : 'platform.db'));
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('foreign_keys = ON');
    const columns = this.#db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all('events');
    if (columns.length > 0 && !columns.includes('epoch'))
      this.#db.transaction(() => this.#db.exec(toEpochs))();
    else this.#db.exec(schema);
    this.traces = new TraceStore(this.#db);
    this.exits = new ExitStore(this.#db);
  }

  /** Stores once per station, epoch and sequence; what is stored never changes. */
  keep(station: string, { delivery, event }: Checked, receivedMs: number): Kept {
    return this.#db
      .transaction((): Kept => {
        const { sequence, epoch = 0, previousHash, hash, event: text, signed } = delivery;
        const held = this.#db
          .prepare<[string, number, number], { hash: string }>(
            'SELECT hash FROM events WHERE station = ? AND epoch = ? AND sequence = ?',
          )
          .get(station, epoch, sequence);
        if (held !== undefined) return held.hash === hash ? 'already-stored' : 'other-content';
        const publicKey = signed === null ? null : this.#publicKey(station, signed.keyId, event);
        if (signed !== null && publicKey !== null) {
          const holds = signatureHolds(publicKey, eventMessage(hash), signed.signature);
          if (!holds) return 'wrong-signature';
        }
        this.#db
          .prepare(
            `INSERT INTO events (station, epoch, sequence, previous_hash, hash, text, type, received_ms, key_id, signature)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            station,
            epoch,
            sequence,
            previousHash,
            hash,
            text,
            event.type,
            receivedMs,
            signed?.keyId ?? null,
            signed?.signature ?? null,
          );
        if (event.type === 'weighing') {
          const { number, kind, plate, weighedKg, netKg, decision } = event.body;
          this.#db
            .prepare('INSERT INTO weighings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
            .run(
              station,
              epoch,
              sequence,
              number,
              event.timeMs,
              kind,
              plate,
              weighedKg,
              netKg,
              decision?.limitKg ?? null,
              decision?.overKg ?? 0,
              decision?.outcome ?? null,
            );
        }
        return 'stored';
      })
      .immediate();
  }

  events(station: string, from: number, limit: number, epoch = 0): StoredEvent[] {
    interface Row extends Omit<StoredEvent, 'flags' | 'signed'> {
      readonly keyId: string | null;
      readonly signature: string | null;
      readonly gap: 0 | 1;
      readonly chainBreak: 0 | 1;
    }
    const rows = this.#db
      .prepare<[string, number, number, number], Row>(
        `SELECT epoch, sequence, previous_hash AS previousHash, hash, text AS event, received_ms AS receivedMs,
           key_id AS keyId, signature,
           sequence <> before_sequence + 1 AS gap, ${isBreak} AS chainBreak
         FROM chain WHERE station = ? AND epoch = ? AND sequence >= ? ORDER BY sequence LIMIT ?`,
      )
      .iterate(station, epoch, from, limit);
    const listed: StoredEvent[] = [];
    let characters = 0;
    const keys = new Set(this.#keys(station).map(({ keyId }) => keyId));
    for (const { gap, chainBreak, keyId, signature, ...row } of rows) {
      characters += row.event.length;
      if (listed.length > 0 && characters > mostTextCharacters) break;
      const flags = [
        ...(gap === 1 ? ['gap' as const] : []),
        ...(chainBreak === 1 ? ['chain-break' as const] : []),
        ...(keyId === null ? ['unsigned' as const] : keys.has(keyId) ? [] : ['unknown-key' as const]),
      ];
      const signed = keyId === null || signature === null ? null : { keyId, signature };
      listed.push({ ...row, signed, flags });
    }
    return listed;
  }

  summary(station: string): Summary {
    const counted = this.#db
      .prepare<[string, string], Pick<Summary, 'events' | 'weighings'>>(
        `SELECT count(*) AS events,
           (SELECT count(*) FROM weighings WHERE station = ?) AS weighings FROM events WHERE station = ?`,
      )
      .get(station, station) ?? { events: 0, weighings: 0 };
    const last = this.head(station);
    const gaps = this.#db
      .prepare<[string, number], { from: number; to: number }>(
        `SELECT before_sequence + 1 AS "from", sequence - 1 AS "to" FROM chain
         WHERE station = ? AND sequence <> before_sequence + 1 ORDER BY sequence LIMIT ?`,
      )
      .all(station, mostListed);
    const chainBreaks = this.#db
      .prepare<[string, number], { sequence: number }>(
        `SELECT sequence FROM chain WHERE station = ? AND ${isBreak} ORDER BY sequence LIMIT ?`,
      )
      .all(station, mostListed)
      .map((row) => row.sequence);
    const epochs = this.#db
      .prepare<[string, number], { epoch: number; from: number; to: number; declared: 0 | 1 }>(
        `SELECT epoch, min(sequence) AS "from", max(sequence) AS "to", max(type = 'store-restored') AS declared
         FROM events WHERE station = ? AND epoch > 0 GROUP BY epoch ORDER BY epoch LIMIT ?`,
      )
      .all(station, mostListed)
      .map((row) => ({ ...row, declared: row.declared === 1 }));
    return {
      ...counted,
      lastSequence: last?.sequence ?? 0,
      lastHash: last?.hash ?? genesisHash,
      gaps,
      chainBreaks,
      epochs,
    };
  }

  /** How far it knows the station's ledger; null while it holds nothing of it. */
  head(station: string): Head | null {
    const row = this.#db
      .prepare<[string, string], Head>(
        `SELECT epoch, sequence, hash, json_extract(text, '$.timeMs') AS timeMs,
           coalesce((SELECT max(number) FROM weighings WHERE station = ?), 0) AS number
         FROM events WHERE station = ? ORDER BY epoch DESC, sequence DESC LIMIT 1`,
      )
      .get(station, station);
    return row ?? null;
  }

  /** Newest first, of one station; of one plate when it is given. */
  weighings(station: string, plate: string | null, limit: number): StoredWeighing[] {
    return this.#db
      .prepare<[string, string | null, string | null, number], StoredWeighing>(
        `SELECT ${weighingColumns} FROM weighings
         WHERE station = ? AND (? IS NULL OR plate = ?) ORDER BY sequence DESC LIMIT ?`,
      )
      .all(station, plate, plate, limit);
  }

  /** The last ones received, of all stations. */
  newest(limit: number): StoredWeighing[] {
    return this.#db
      .prepare<[number], StoredWeighing>(`SELECT ${weighingColumns} FROM weighings ORDER BY id DESC LIMIT ?`)
      .all(limit);
  }

  /** The keys this station introduced here, whatever they were introduced by. */
  #keys(station: string): { readonly keyId: string; readonly publicKey: string }[] {
    return this.#db
      .prepare<[string], { text: string }>(
        `SELECT text FROM events WHERE station = ? AND type = 'key-introduced' ORDER BY sequence`,
      )
      .all(station)
      .flatMap(({ text }) => {
        const event = LedgerEvent.safeParse(JSON.parse(text));
        return event.success && event.data.type === 'key-introduced' ? [event.data.body] : [];
      });
  }

  /** Null while the event that introduces the key has not come. */
  #publicKey(station: string, keyId: string, event: LedgerEvent): string | null {
    if (event.type === 'key-introduced' && event.body.keyId === keyId) return event.body.publicKey;
    return this.#keys(station).find((key) => key.keyId === keyId)?.publicKey ?? null;
  }

  close(): void {
    this.#db.close();
  }
}
