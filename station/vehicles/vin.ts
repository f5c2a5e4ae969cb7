/** GB 16735-2019, 7.3 (as ISO 3779 and FMVSS 565): what each sign counts for; I, O and Q are never used. */
const values: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from('0123456789', (sign) => [sign, Number(sign)])),
  ...{ A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8 },
  ...{ J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
  ...{ S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 },
};
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const;

/**
 * Whether the ninth sign of a VIN is what the other sixteen make it. A slip of the finger fails it; so does many an
 * imported or old vehicle, so that it marks an entry for a second look and never refuses one.
 */
export function vinCheckHolds(vin: string): boolean {
  const signs = Array.from(vin);
  if (signs.length !== weights.length) return false;
  let sum = 0;
  for (const [at, sign] of signs.entries()) {
    const value = values[sign];
    if (value === undefined) return false;
    sum += value * (weights[at] ?? 0);
  }
  const digit = sum % 11;
  return signs[8] === (digit === 10 ? 'X' : String(digit));
}
