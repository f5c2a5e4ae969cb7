/** What was stated of a vehicle at the scale is found by its plate, and by its trailer's. */
export const migration012 = `
CREATE INDEX vehicle_stated ON ledger(json_extract(text, '$.body.plate'), sequence) WHERE type = 'vehicle-stated';
CREATE INDEX trailer_stated ON ledger(json_extract(text, '$.body.trailer.plate'), sequence)
  WHERE type = 'vehicle-stated';
`;
