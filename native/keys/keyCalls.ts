import type { CallError, CallInput, KeyView } from '../../station/contract.ts';
import type { KeyReason } from '../../station/ledger/bodies/keys.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import { currentKey, storedKeys } from './keyRing.ts';

export function listKeys(desk: Desk): KeyView[] {
  const { stores } = desk.deps;
  const current = currentKey(stores)?.keyId;
  return storedKeys(stores).map((key) => ({ ...key, current: key.keyId === current }));
}

export function introduceKey(desk: Desk, reason: KeyReason): Result<{ keyId: string }, CallError> {
  const { stores, keys } = desk.deps;
  const made = keys.introduce(stores, reason, desk.operator);
  desk.changed();
  desk.wakeSync();
  return made.ok ? ok({ keyId: made.value.keyId }) : err({ code: 'key-not-made', detail: made.error });
}

/** The key in use cannot revoke itself: a new one has to take its place first. */
export function revokeKey(
  desk: Desk,
  { keyId, sinceMs, reason }: CallInput<'key.revoke'>,
): Result<null, CallError> {
  const { stores } = desk.deps;
  const known = storedKeys(stores).find((key) => key.keyId === keyId);
  if (known === undefined || known.keyId === currentKey(stores)?.keyId || known.revokedSinceMs !== null)
    return err({ code: 'not-allowed', detail: keyId });
  return desk.append({
    type: 'key-revoked',
    body: { keyId, sinceMs, reason, operator: desk.operator },
  });
}
