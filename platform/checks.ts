import { canonicalJson } from '../station/ledger/canonical.ts';
import { linkHash } from '../station/ledger/chain.ts';
import { LedgerEvent } from '../station/ledger/event.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { Delivery } from '../station/sync/delivery.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';

export interface Checked {
  readonly delivery: Delivery;
  readonly event: LedgerEvent;
}

/** What the platform asks of a delivery before it stores it. `station` is the one in the address. */
export function checkDelivery(json: unknown, station: string, drill: boolean): Result<Checked, Refusal> {
  const delivery = Delivery.safeParse(json);
  if (!delivery.success) return misfit(delivery.error.issues, '');
  const { sequence, previousHash, hash, event: text } = delivery.data;
  if (linkHash(previousHash, text) !== hash) {
    return err(refusal(422, 'hash', [{ path: 'hash', message: 'not SHA-256(previousHash, event)' }]));
  }
  const value = parseJson(text);
  if (value === undefined) {
    return err(refusal(422, 'schema', [{ path: 'event', message: 'not JSON' }]));
  }
  const event = LedgerEvent.safeParse(value);
  if (!event.success) return misfit(event.error.issues, 'event');
  const issues = [
    ...(isCanonical(text, value) ? [] : [{ path: 'event', message: 'not canonical JSON (RFC 8785)' }]),
    ...(event.data.sequence === sequence
      ? []
      : [{ path: 'event.sequence', message: `is not ${String(sequence)}` }]),
    ...(event.data.station === station
      ? []
      : [{ path: 'event.station', message: 'is not the station in the address' }]),
    ...(event.data.mode === (drill ? 'drill' : 'real')
      ? []
      : [
          { path: 'event.mode', message: drill ? 'this platform takes drills only' : 'drills are not taken' },
        ]),
  ];
  if (issues.length > 0) return err(refusal(422, 'schema', issues));
  return ok({ delivery: delivery.data, event: event.data });
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The event schema has been met, so its own members are canonical values; a stranger's extra ones may not be. */
function isCanonical(text: string, value: unknown): boolean {
  try {
    return canonicalJson(value as Parameters<typeof canonicalJson>[0]) === text;
  } catch {
    return false;
  }
}

function misfit(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  prefix: string,
): Result<never, Refusal> {
  const listed = issues.slice(0, 50).map((issue) => ({
    path: [...(prefix === '' ? [] : [prefix]), ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  return err(refusal(422, 'schema', listed));
}
