/** What cameras told late of which weighing, so that the same told again is known. */
export const migration013 = `
CREATE TABLE late_plates (
  sequence  INTEGER PRIMARY KEY REFERENCES ledger(sequence),
  number    INTEGER NOT NULL,
  camera    TEXT NOT NULL,
  event_key TEXT NOT NULL,
  plate     TEXT
) STRICT;
CREATE INDEX late_plates_by_number ON late_plates(number);
CREATE INDEX late_plates_by_event ON late_plates(camera, event_key);
`;
