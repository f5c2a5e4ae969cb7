import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { CallError, CallInput, CallOutput } from '../../station/contract.ts';
import { KeyReason } from '../../station/ledger/bodies/keys.ts';
import { chineseDate } from '../../station/chineseTime.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Stores } from '../store/stores.ts';
import { verifierPage } from '../evidence/verifierPage.ts';
import { publishedKeysNow } from './publish.ts';
import { withPublishedKeys } from './verifierFile.ts';
import { currentKey, storedKeys } from './keyRing.ts';

export function listKeys(desk: Desk): CallOutput<'keys.list'> {
  const { stores, keys } = desk.deps;
  const current = currentKey(stores)?.keyId;
  return {
    keys: storedKeys(stores).map((key) => ({
      ...key,
      reason: reasonOf(stores, key.keyId),
      fingerprint: createHash('sha256').update(Buffer.from(key.publicKey, 'base64')).digest('hex'),
      current: key.keyId === current,
    })),
    secret: keys.secretPlace,
    trouble: keys.trouble(stores),
  };
}

/** Why it was introduced, as its event says. */
function reasonOf({ db }: Pick<Stores, 'db'>, keyId: string): KeyReason {
  const reason = db
    .prepare(
      `SELECT json_extract(text, '$.body.reason') FROM station_keys k JOIN ledger USING (sequence) WHERE k.key_id = ?`,
    )
    .pluck()
    .get(keyId);
  return KeyReason.parse(reason);
}

/**
 * Signs with a new key from now on. Where the store that holds the secret does not open, a new secret is made first:
 * a person asked for it, and the old one stays where it is under another name.
 */
export async function introduceKey(
  desk: Desk,
  { reason, by }: CallInput<'key.introduce'>,
): Promise<Result<{ keyId: string }, CallError>> {
  const { stores, keys } = desk.deps;
  if (keys.secretPlace === null) {
    const renewed = reason === 'rotation' ? err('the key before it cannot sign') : await keys.renewSecret();
    if (!renewed.ok) return err({ code: 'key-not-made', detail: renewed.error });
  }
  const made = keys.introduce(stores, reason, by ?? desk.operator);
  desk.changed();
  desk.wakeSync();
  return made.ok ? ok({ keyId: made.value.keyId }) : err({ code: 'key-not-made', detail: made.error });
}

/** The list of keys and voids as of now, or the offline page that holds it. A drill's papers are good for nothing. */
export function publishKeys(
  desk: Desk,
  what: CallInput<'keys.publish'>['what'],
): Result<CallOutput<'keys.publish'>, CallError> {
  const { stores, keys, settings, clock, mode } = desk.deps;
  if (mode === 'drill') return err({ code: 'not-allowed', detail: 'drill' });
  if (keys.signer === null || keys.trouble(stores) !== null)
    return err({ code: 'not-published', detail: 'no key that can sign' });
  const made = publishedKeysNow(stores, settings.station, keys.signer, clock.nowMs());
  if (!made.ok) return err({ code: 'not-published', detail: made.error });
  const list = made.value;
  const { asOfMs, voided } = list;
  const day = chineseDate(asOfMs);
  const about = { asOfMs, voided: voided.length };
  if (what === 'list')
    return ok({
      fileName: `keys-${list.station}-${day}.json`,
      text: `${JSON.stringify(list, null, 1)}\n`,
      ...about,
    });
  const page = verifierPage();
  if (page === null) return err({ code: 'not-published', detail: 'this program came without the page' });
  const text = withPublishedKeys(readFileSync(page, 'utf8'), [list]);
  return ok({ fileName: `verifier-${list.station}-${day}.html`, text, ...about });
}

/** The key in use cannot revoke itself: a new one has to take its place first. */
export function revokeKey(
  desk: Desk,
  { keyId, sinceMs, reason, by }: CallInput<'key.revoke'>,
): Result<null, CallError> {
  const { stores } = desk.deps;
  const known = storedKeys(stores).find((key) => key.keyId === keyId);
  if (known === undefined || known.keyId === currentKey(stores)?.keyId || known.revokedSinceMs !== null)
    return err({ code: 'not-allowed', detail: keyId });
  return desk.append({
    type: 'key-revoked',
    body: { keyId, sinceMs, reason, operator: by ?? desk.operator },
  });
}
