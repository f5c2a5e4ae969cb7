/**
 * A tare is of the combination that was weighed, tractor and trailer: `trailer` is empty where none was named. Each
 * combination's last one is kept, unless it was voided or corrected to be another's.
 */
export const migration010 = `
DROP TABLE tares;
CREATE TABLE tares (
  plate   TEXT NOT NULL,
  colour  TEXT NOT NULL,
  trailer TEXT NOT NULL,
  number  INTEGER NOT NULL,
  kg      INTEGER NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY (plate, colour, trailer)
) STRICT, WITHOUT ROWID;

ALTER TABLE corrections ADD COLUMN of_vehicle INTEGER NOT NULL DEFAULT 0;
UPDATE corrections SET of_vehicle = 1 WHERE sequence IN (
  SELECT sequence FROM ledger WHERE type = 'record-corrected'
    AND json_extract(text, '$.body.field') IN ('plate', 'trailerPlate'));

INSERT INTO tares
  SELECT plate, colour, coalesce(trailer, ''), number, weighed_kg, time_ms
  FROM (SELECT *, max(number) FROM passages WHERE kind = 'tare' GROUP BY plate, colour, trailer)
  WHERE number NOT IN (SELECT number FROM voids)
    AND number NOT IN (SELECT number FROM corrections WHERE of_vehicle = 1);
`;
