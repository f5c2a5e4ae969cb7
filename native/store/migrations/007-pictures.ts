/**
 * Pictures as a list beside the files: which are here, since when, and whether the platform has them. Shots of each
 * weighing and exits are derived from the ledger.
 */
export const migration007 = `
CREATE TABLE pictures (
  sha256      TEXT PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('weighing', 'exit', 'document')),
  bytes       INTEGER NOT NULL,
  kept_ms     INTEGER NOT NULL,
  uploaded_ms INTEGER,
  removed_ms  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_by_age ON pictures(kind, kept_ms) WHERE removed_ms IS NULL;
CREATE INDEX pictures_to_upload ON pictures(kept_ms) WHERE uploaded_ms IS NULL AND removed_ms IS NULL;

CREATE TABLE shots (
  number   INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence)
) STRICT;

CREATE TABLE exits (
  sequence   INTEGER PRIMARY KEY REFERENCES ledger(sequence),
  time_ms    INTEGER NOT NULL,
  plate      TEXT NOT NULL,
  found      TEXT NOT NULL,
  number     INTEGER,
  suspicious INTEGER NOT NULL
) STRICT;
CREATE INDEX exits_suspicious ON exits(sequence) WHERE suspicious = 1;
CREATE INDEX exits_by_number ON exits(number) WHERE number IS NOT NULL;
`;
