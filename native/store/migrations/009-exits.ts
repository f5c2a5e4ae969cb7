/**
 * Sightings at the exit with everything they are matched, listed and explained by; the pictures a typed weight has; the
 * first picture of a weighing also where only the cameras of the lane gave one. Retention finds what is old by its
 * class, and what it took last.
 */
export const migration009 = `
DROP TABLE exits;
CREATE TABLE exits (
  sequence   INTEGER PRIMARY KEY REFERENCES ledger(sequence),
  time_ms    INTEGER NOT NULL,
  seen_ms    INTEGER NOT NULL,
  camera     TEXT NOT NULL,
  plate      TEXT,
  colour     TEXT NOT NULL,
  rear_plate TEXT,
  found      TEXT NOT NULL,
  number     INTEGER,
  probably   INTEGER NOT NULL,
  again      INTEGER,
  suspicious INTEGER NOT NULL,
  settled    INTEGER,
  picture    TEXT
) STRICT;
CREATE INDEX exits_suspicious ON exits(sequence) WHERE suspicious = 1;
CREATE INDEX exits_open ON exits(time_ms) WHERE suspicious = 1 AND settled IS NULL;
CREATE INDEX exits_by_number ON exits(number) WHERE number IS NOT NULL;
CREATE INDEX exits_by_seen ON exits(seen_ms);
INSERT INTO exits
  SELECT sequence, time_ms, time_ms, json_extract(text, '$.body.camera'),
    json_extract(text, '$.body.plate'), json_extract(text, '$.body.colour'), NULL,
    json_extract(text, '$.body.found'), json_extract(text, '$.body.number'),
    0, NULL,
    json_extract(text, '$.body.found') IN ('refused', 'no-decision', 'voided', 'slip-expired', 'not-weighed'),
    NULL, json_extract(text, '$.body.pictures[0]')
  FROM ledger WHERE type = 'exit-seen';

ALTER TABLE manual_weighings ADD COLUMN shots INTEGER;

UPDATE passages SET picture = (
    SELECT json_extract(shot.value, '$.sha256') FROM shots JOIN ledger USING (sequence),
      json_each(ledger.text, '$.body.shots') shot
    WHERE shots.number = passages.number AND json_extract(shot.value, '$.sha256') IS NOT NULL
    ORDER BY shot.key LIMIT 1)
  WHERE picture IS NULL;

DROP INDEX pictures_by_age;
CREATE INDEX pictures_by_age ON pictures(kind, kept_ms, bytes) WHERE removed_ms IS NULL;
CREATE INDEX pictures_removed ON pictures(removed_ms) WHERE removed_ms IS NOT NULL;
`;
