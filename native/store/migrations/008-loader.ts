/** Who loaded a truck (装载员): no event of before says so, and none has to be read again. */
export const migration008 = `
ALTER TABLE passages ADD COLUMN loader TEXT;
`;
