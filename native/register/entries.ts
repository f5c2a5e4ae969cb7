import type { CallError, RegisterEntry, RegisterKind } from '../../station/contract.ts';
import type { EventBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { entryKey, entrySchemas, registerKinds } from '../../station/vehicles/register/entries.ts';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import type { Stores } from '../store/stores.ts';

const pageRows = 200;

/** The event that puts an entry in, or takes one out. */
export function changed(
  each: RegisterEntry | { readonly kind: RegisterKind; readonly key: string },
  around: { readonly reason: string; readonly operator: string | null; readonly importId?: string },
): EventBody {
  const now = 'entry' in each ? each : null;
  return {
    type: 'register-changed',
    body: {
      kind: each.kind,
      key: 'entry' in each ? entryKey(each) : each.key,
      now,
      reason: around.reason,
      operator: around.operator,
      importId: around.importId ?? null,
    },
  };
}

/** The entries as the station keeps them: a list entry names whoever entered it, not whoever was typed. */
export function signed(each: RegisterEntry, operator: string | null): RegisterEntry {
  return each.kind === 'listing' ? { ...each, entry: { ...each.entry, by: operator } } : each;
}

/** Who still names an entry; it cannot be taken out while somebody does. */
export function userOf(stores: Stores, kind: RegisterKind, key: string): Result<null, CallError> {
  const [plate = ''] = key.split(' ');
  const naming = registerKinds.flatMap((from) =>
    registerFields[from]
      .filter((field) => field.form === 'reference' && field.to === kind)
      .map(({ name }) => ({ from, name, value: key })),
  );
  if (kind === 'vehicle') naming.push({ from: kind, name: 'trailerPlate', value: plate });
  for (const { from, name, value } of naming) {
    const user = stores.register.firstWith(from, name, value);
    if (user !== null) return err({ code: 'entry-in-use', detail: user });
  }
  return ok(null);
}

/** Every entry of a list, a page at a time. */
export function* everyEntry(
  stores: Stores,
  kind: RegisterKind,
): Generator<{ readonly key: string; readonly entry: object }> {
  let afterKey: string | null = null;
  for (;;) {
    const page = stores.register.list({ kind, search: '', afterKey, limit: pageRows });
    for (const { key, entry } of page.entries) {
      afterKey = key;
      yield { key, entry: entrySchemas[kind].parse(entry) };
    }
    if (!page.more) return;
  }
}
