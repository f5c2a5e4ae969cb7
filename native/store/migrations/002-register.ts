/**
 * The register as one table of entries, derived from the ledger; rule sets, releases and people beside it.
 * What program 0.1 knew of vehicles is carried over.
 */
export const migration002 = `
CREATE TABLE register (
  kind     TEXT NOT NULL,
  key      TEXT NOT NULL,
  entry    TEXT NOT NULL,
  search   TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence),
  PRIMARY KEY (kind, key)
) STRICT;
CREATE INDEX register_search ON register(kind, key, search);
CREATE INDEX register_history ON ledger(json_extract(text, '$.body.kind'), json_extract(text, '$.body.key'), sequence)
  WHERE type = 'register-changed';

INSERT INTO register (kind, key, entry, search, sequence)
  SELECT 'vehicle', plate || ' ' || colour,
    json_patch(facts, json_object('plate', plate, 'colour', colour)), plate, sequence FROM vehicles;
DROP TABLE vehicles;

CREATE TABLE rule_sets (
  sha256    TEXT PRIMARY KEY,
  text      TEXT NOT NULL,
  from_where TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  sequence  INTEGER NOT NULL REFERENCES ledger(sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE releases (
  number   INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES ledger(sequence)
) STRICT;

-- Secrets of people never enter the ledger: it is delivered to the platform.
CREATE TABLE people (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  salt BLOB NOT NULL,
  pin_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_by_state;
CREATE INDEX outbox_by_state ON outbox(state, urgent DESC, sequence);

ALTER TABLE passages ADD COLUMN trailer TEXT;
ALTER TABLE passages ADD COLUMN goods TEXT;
ALTER TABLE passages ADD COLUMN shipper TEXT;
ALTER TABLE passages ADD COLUMN consignee TEXT;
ALTER TABLE passages ADD COLUMN destination TEXT;
ALTER TABLE passages ADD COLUMN contract TEXT;
ALTER TABLE passages ADD COLUMN driver TEXT;
ALTER TABLE passages ADD COLUMN previous_number INTEGER;
CREATE INDEX passages_by_contract ON passages(contract, number) WHERE contract IS NOT NULL;
CREATE INDEX passages_by_time ON passages(time_ms);
`;
