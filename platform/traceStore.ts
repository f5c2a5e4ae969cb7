import type Database from 'better-sqlite3';
import type { TraceAnswer, TraceQuestion } from '../station/sync/traceQuestions.ts';
import { answerHolds } from '../station/sync/traceQuestions.ts';

export interface StoredTrace {
  readonly station: string;
  readonly question: TraceQuestion;
  readonly askedMs: number;
  readonly answer: TraceAnswer | null;
  readonly answeredMs: number | null;
  /** Whether a key the station itself introduced in its ledger signed it; null while there is no answer. */
  readonly signature: 'holds' | 'wrong' | 'unknown-key' | null;
}

interface Row {
  readonly station: string;
  readonly question: string;
  readonly askedMs: number;
  readonly answer: string | null;
  readonly answeredMs: number | null;
}

const schema = `
CREATE TABLE IF NOT EXISTS traces (
  station     TEXT NOT NULL,
  id          TEXT NOT NULL,
  question    TEXT NOT NULL,
  asked_ms    INTEGER NOT NULL,
  answer      TEXT,
  answered_ms INTEGER,
  PRIMARY KEY (station, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_of_keys ON events(station, sequence) WHERE type = 'key-introduced';
`;
const columns = 'station, question, asked_ms AS askedMs, answer, answered_ms AS answeredMs';

/** Trace questions, each asked of one station until it has answered. */
export class TraceStore {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#db.exec(schema);
  }

  ask(station: string, question: TraceQuestion, nowMs: number): 'asked' | 'asked-before' {
    const { changes } = this.#db
      .prepare('INSERT OR IGNORE INTO traces (station, id, question, asked_ms) VALUES (?, ?, ?, ?)')
      .run(station, question.id, JSON.stringify(question), nowMs);
    return changes === 1 ? 'asked' : 'asked-before';
  }

  /** Those a station has yet to answer, oldest first. */
  open(station: string): TraceQuestion[] {
    return this.#db
      .prepare('SELECT question FROM traces WHERE station = ? AND answer IS NULL ORDER BY asked_ms LIMIT 20')
      .pluck()
      .all(station)
      .map((text) => JSON.parse(String(text)) as TraceQuestion);
  }

  /** Kept once; a second answer to the same question changes nothing. */
  answer(station: string, answer: TraceAnswer, nowMs: number): 'kept' | 'no-such-question' {
    const known = this.#db
      .prepare('SELECT 1 FROM traces WHERE station = ? AND id = ?')
      .get(station, answer.question);
    if (known === undefined) return 'no-such-question';
    this.#db
      .prepare(
        'UPDATE traces SET answer = ?, answered_ms = ? WHERE station = ? AND id = ? AND answer IS NULL',
      )
      .run(JSON.stringify(answer), nowMs, station, answer.question);
    return 'kept';
  }

  of(station: string, limit: number): StoredTrace[] {
    return this.#read(
      `SELECT ${columns} FROM traces WHERE station = ? ORDER BY asked_ms DESC LIMIT ?`,
      station,
      limit,
    );
  }

  newest(limit: number): StoredTrace[] {
    return this.#read(`SELECT ${columns} FROM traces ORDER BY asked_ms DESC LIMIT ?`, limit);
  }

  #read(sql: string, ...values: readonly (string | number)[]): StoredTrace[] {
    const rows = this.#db.prepare(sql).all(...values) as Row[];
    return rows.map((row) => {
      const answer = row.answer === null ? null : (JSON.parse(row.answer) as TraceAnswer);
      return {
        ...row,
        question: JSON.parse(row.question) as TraceQuestion,
        answer,
        signature: answer === null ? null : this.#signature(row.station, answer),
      };
    });
  }

  /** The keys are those the station delivered in its own ledger. */
  #signature(station: string, answer: TraceAnswer): 'holds' | 'wrong' | 'unknown-key' {
    const publicKey = this.#db
      .prepare(
        `SELECT json_extract(text, '$.body.publicKey') FROM events
         WHERE station = ? AND type = 'key-introduced' AND json_extract(text, '$.body.keyId') = ?`,
      )
      .pluck()
      .get(station, answer.keyId);
    if (typeof publicKey !== 'string') return 'unknown-key';
    return answerHolds(answer, publicKey) ? 'holds' : 'wrong';
  }
}
