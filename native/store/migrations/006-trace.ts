/**
 * What a passage is found by years later (倒查): its plate and time, and every other name it goes by – the trailer's
 * plate, what the camera read, what a plate or a name was corrected to. Passages name their tare and first picture,
 * so that the emission-gate ledger is read from lists alone.
 */
export const migration006 = `
CREATE TABLE other_names (
  field   TEXT NOT NULL,
  name    TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  number  INTEGER NOT NULL,
  how     TEXT NOT NULL,
  PRIMARY KEY (field, name, time_ms, number, how)
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_by_plate_time ON passages(plate, time_ms);
CREATE INDEX passages_by_driver ON passages(driver, time_ms) WHERE driver IS NOT NULL;
CREATE INDEX passages_by_consignee ON passages(consignee, time_ms) WHERE consignee IS NOT NULL;

ALTER TABLE passages ADD COLUMN tare_number INTEGER;
ALTER TABLE passages ADD COLUMN picture TEXT;
UPDATE passages SET
  tare_number = (SELECT json_extract(text, '$.body.tareNumber') FROM ledger WHERE ledger.sequence = passages.sequence),
  picture = (SELECT json_extract(text, '$.body.pictures[0]') FROM ledger WHERE ledger.sequence = passages.sequence);

INSERT OR IGNORE INTO other_names (field, name, time_ms, number, how)
  SELECT 'plate', trailer, time_ms, number, 'trailer' FROM passages WHERE trailer IS NOT NULL;
INSERT OR IGNORE INTO other_names (field, name, time_ms, number, how)
  SELECT 'plate', json_extract(l.text, '$.body.cameraPlate'), p.time_ms, p.number, 'camera'
  FROM passages p JOIN ledger l USING (sequence)
  WHERE json_extract(l.text, '$.body.cameraPlate') IS NOT NULL
    AND json_extract(l.text, '$.body.cameraPlate') <> p.plate;
INSERT OR IGNORE INTO other_names (field, name, time_ms, number, how)
  SELECT CASE json_extract(l.text, '$.body.field') WHEN 'trailerPlate' THEN 'plate'
      ELSE json_extract(l.text, '$.body.field') END,
    json_extract(l.text, '$.body.now'), p.time_ms, p.number, 'corrected'
  FROM corrections c JOIN ledger l USING (sequence) JOIN passages p ON p.number = c.number
  WHERE json_extract(l.text, '$.body.now') IS NOT NULL
    AND json_extract(l.text, '$.body.field') IN ('plate', 'trailerPlate', 'driver', 'consignee');
`;
