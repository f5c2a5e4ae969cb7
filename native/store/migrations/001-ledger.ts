/**
 * The first shape of a station's store.
 * `ledger` is the record; the triggers keep this program from ever changing it. Every other table is
 * either derived from the ledger (register, passages, papers) or a queue beside it (outbox).
 */
export const migration001 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  sequence      INTEGER PRIMARY KEY,
  time_ms       INTEGER NOT NULL,
  type          TEXT NOT NULL,
  number        INTEGER UNIQUE,
  text          TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER ledger_never_changes BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER ledger_never_shrinks BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;

CREATE TABLE outbox (
  sequence        INTEGER PRIMARY KEY REFERENCES ledger(sequence),
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'set-aside')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  last_error      TEXT,
  acknowledgement TEXT,
  settled_ms      INTEGER
) STRICT;
CREATE INDEX outbox_by_state ON outbox(state, sequence);

CREATE TABLE vehicles (
  plate    TEXT NOT NULL,
  colour   TEXT NOT NULL,
  facts    TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence),
  PRIMARY KEY (plate, colour)
) STRICT, WITHOUT ROWID;

CREATE TABLE tares (
  plate   TEXT NOT NULL,
  colour  TEXT NOT NULL,
  number  INTEGER NOT NULL,
  kg      INTEGER NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY (plate, colour)
) STRICT, WITHOUT ROWID;

CREATE TABLE passages (
  number      INTEGER PRIMARY KEY,
  sequence    INTEGER NOT NULL UNIQUE REFERENCES ledger(sequence),
  crossing_id TEXT NOT NULL UNIQUE,
  time_ms     INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  plate       TEXT NOT NULL,
  colour      TEXT NOT NULL,
  axles       INTEGER,
  weighed_kg  INTEGER NOT NULL,
  tare_kg     INTEGER,
  net_kg      INTEGER,
  limit_kg    INTEGER,
  over_kg     INTEGER NOT NULL,
  outcome     TEXT
) STRICT;
CREATE INDEX passages_by_plate ON passages(plate, number);
CREATE INDEX passages_by_outcome ON passages(outcome, number);

CREATE TABLE papers (
  number   INTEGER NOT NULL,
  copy     INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  form     TEXT NOT NULL,
  time_ms  INTEGER NOT NULL,
  printer  TEXT,
  failure  TEXT,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence),
  PRIMARY KEY (number, copy)
) STRICT, WITHOUT ROWID;

CREATE TABLE curves (
  sha256 TEXT PRIMARY KEY,
  bytes  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;
