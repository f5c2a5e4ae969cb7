/** Which curve a crossing has from the zero before it to the zero after; those of before end where the weight was saved. */
export const migration011 = `
ALTER TABLE crossings ADD COLUMN curve TEXT;
`;
