import { nameKey, tidyName } from '../../station/nameKey.ts';
import type { Load } from '../../station/vehicles/load.ts';
import type { EntryOf, RegisterKind } from '../../station/vehicles/register/entries.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import type { Stores } from '../store/stores.ts';

/** The lists whose entries a load names. */
type NamedKind = Exclude<RegisterKind, 'vehicle' | 'listing'>;

/** Null for a name that no list holds. */
const kindOf: Readonly<Record<keyof Load, NamedKind | null>> = {
  goods: 'goods',
  shipper: 'party',
  consignee: 'party',
  destination: 'destination',
  contract: 'contract',
  driver: 'driver',
  loader: null,
};

/** The entry a name means, whatever its spaces, width and letter case; null when the register has none. */
export function entryNamed<K extends NamedKind>(
  { db, register }: Pick<Stores, 'db' | 'register'>,
  kind: K,
  name: string | null,
): EntryOf[K] | null {
  const key = name === null ? null : keyNamed(db, kind, name);
  return key === null ? null : register.get(kind, key);
}

/** A load with each of its names as the register writes it; one it does not know only tidied, null when empty. */
export function registeredNames(db: Db, load: Load): Load {
  const named = (field: keyof Load): string | null => {
    const tidy = tidyName(load[field] ?? '');
    const kind = kindOf[field];
    if (tidy === '') return null;
    return kind === null ? tidy : (keyNamed(db, kind, tidy) ?? tidy);
  };
  return {
    goods: named('goods'),
    shipper: named('shipper'),
    consignee: named('consignee'),
    destination: named('destination'),
    contract: named('contract'),
    driver: named('driver'),
    loader: named('loader'),
  };
}

interface Names {
  /** Of the last change of the register. */
  readonly sequence: number;
  readonly keys: ReadonlyMap<string, string>;
}

const known = new WeakMap<Db, Map<RegisterKind, Names>>();

function keyNamed(db: Db, kind: NamedKind, name: string): string | null {
  const exact = prepared(db, 'SELECT key FROM register WHERE kind = ? AND key = ?').pluck().get(kind, name);
  if (typeof exact === 'string') return exact;
  return namesOf(db, kind).get(nameKey(name)) ?? null;
}

/** Read again only when the register changed: a name nobody knows is looked up with every frame. */
function namesOf(db: Db, kind: NamedKind): ReadonlyMap<string, string> {
  const sequence = Number(
    prepared(db, `SELECT coalesce(max(sequence), 0) FROM ledger WHERE type = 'register-changed'`)
      .pluck()
      .get(),
  );
  const ofDb = known.get(db) ?? new Map<RegisterKind, Names>();
  known.set(db, ofDb);
  const before = ofDb.get(kind);
  if (before?.sequence === sequence) return before.keys;
  const rows = prepared(db, 'SELECT key FROM register WHERE kind = ? ORDER BY key DESC').pluck().all(kind);
  const keys = new Map(rows.map((key) => [nameKey(String(key)), String(key)]));
  ofDb.set(kind, { sequence, keys });
  return keys;
}
