/** Who or what this name names: neither spaces, letter case nor width make another of it. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cc}\p{Cf}\p{Mn}]/gu, '')
    .toLocaleLowerCase('en');
}

/** A name as it is kept: no wide letters, no space around it, one between its words. */
export function tidyName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
}
