/**
 * Signatures beside the chain; the crossings, and what was said of records afterwards, as lists of their own.
 * Crossings and lists of program 0.1 are made from its ledger.
 */
export const migration003 = `
ALTER TABLE ledger ADD COLUMN key_id TEXT;
ALTER TABLE ledger ADD COLUMN signature TEXT;

CREATE TABLE station_keys (
  key_id           TEXT PRIMARY KEY,
  public_key       TEXT NOT NULL,
  sequence         INTEGER NOT NULL REFERENCES ledger(sequence),
  from_ms          INTEGER NOT NULL,
  revoked_since_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE crossings (
  crossing_id TEXT PRIMARY KEY,
  sequence    INTEGER NOT NULL REFERENCES ledger(sequence),
  begun_ms    INTEGER,
  closed_ms   INTEGER,
  outcome     TEXT,
  number      INTEGER,
  plate       TEXT,
  peak_kg     INTEGER NOT NULL,
  interrupted INTEGER NOT NULL DEFAULT 0,
  note        TEXT,
  explained   INTEGER REFERENCES ledger(sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX crossings_by_sequence ON crossings(sequence);
CREATE INDEX crossings_to_explain ON crossings(sequence) WHERE outcome = 'unexplained' AND explained IS NULL;
INSERT INTO crossings (crossing_id, sequence, begun_ms, closed_ms, outcome, number, plate, peak_kg, interrupted)
  SELECT json_extract(text, '$.body.crossingId'), sequence,
    time_ms - json_extract(text, '$.body.durationMs'), time_ms, json_extract(text, '$.body.outcome'),
    json_extract(text, '$.body.number'), json_extract(text, '$.body.plate'), json_extract(text, '$.body.peakKg'),
    json_extract(text, '$.body.interrupted')
  FROM ledger WHERE type = 'crossing-closed';

CREATE TABLE voids (
  number   INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence)
) STRICT;

CREATE TABLE corrections (
  sequence INTEGER PRIMARY KEY REFERENCES ledger(sequence),
  number   INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_by_number ON corrections(number, sequence);

CREATE TABLE manual_weighings (
  manual_number INTEGER PRIMARY KEY,
  sequence      INTEGER NOT NULL REFERENCES ledger(sequence),
  plate         TEXT NOT NULL,
  weighed_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX ledger_by_type ON ledger(type, sequence);
`;
