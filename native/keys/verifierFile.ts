import type { PublishedKeys } from '../../station/ledger/publishedKeys.ts';

const place = '<script type="application/json" id="published-keys">[]</script>';

/** The offline verifier's page with the keys it knows. Throws when the page is another one: a bug of the build. */
export function withPublishedKeys(page: string, keys: readonly PublishedKeys[]): string {
  if (!page.includes(place)) throw new Error('no place for keys in the verifier page');
  // No text in it may end the element it stands in.
  const json = JSON.stringify(keys).replaceAll('<', '\\u003c');
  return page.replace(place, () => place.replace('[]', () => json));
}
