import { readPublishedKeys } from '../station/ledger/publishedKeys.ts';
import type { PublishedKeys } from '../station/ledger/publishedKeys.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { pageChecker } from './checker.ts';

/**
 * A list somebody hands to the page. It is only taken of a station the page knows, and signed by a key the page knows:
 * anybody can write one with a key of their own. The error is for a person.
 */
export function newerList(text: string, known: readonly PublishedKeys[]): Result<PublishedKeys, string> {
  const read = readPublishedKeys(text, pageChecker);
  if (!read.ok) return err('名单读不出或签名不对 The list cannot be read, or its signature does not hold');
  const list = read.value;
  const ours = known.filter(({ station }) => station === list.station);
  if (ours.length === 0)
    return err('本页没有这个站，请换新的核验页 This page does not know the station: get a newer page');
  const signer = list.keys.find(({ id }) => id === list.signedBy);
  const trusted = ours.some(({ keys }) =>
    keys.some(({ publicKey, revokedSinceMs }) => publicKey === signer?.publicKey && revokedSinceMs === null),
  );
  if (!trusted)
    return err(
      '签名的公钥本页不认识，请换新的核验页 Signed with a key this page does not know: get a newer page',
    );
  if (ours.some(({ asOfMs }) => asOfMs > list.asOfMs))
    return err('本页已有更新的名单 This page holds a newer list');
  return ok(list);
}
