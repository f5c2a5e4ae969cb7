import type { SignedLink } from '../../station/ledger/verifyLedger.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

interface Row {
  readonly sequence: number;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

const columns = `sequence, text, previous_hash AS previousHash, hash, key_id AS keyId, signature`;

/** So many links from `from` on; a reader that takes them in pages never holds the store's log back. */
export function linksIn(db: Db, from: number, count: number): readonly SignedLink[] {
  const rows = prepared(
    db,
    `SELECT ${columns} FROM ledger WHERE sequence >= ? ORDER BY sequence LIMIT ?`,
  ).all(from, count) as Row[];
  return rows.filter(({ sequence }) => count > 1 || sequence === from).map(signedLink);
}

export function linkOfNumberIn(db: Db, number: number): SignedLink | null {
  const row = prepared(db, `SELECT ${columns} FROM ledger WHERE number = ?`).get(number) as Row | undefined;
  return row === undefined ? null : signedLink(row);
}

/** All events of these types, oldest first. For types there are few of. */
export function linksOfTypes(db: Db, types: readonly string[]): readonly SignedLink[] {
  const places = types.map(() => '?').join(', ');
  const rows = prepared(db, `SELECT ${columns} FROM ledger WHERE type IN (${places}) ORDER BY sequence`).all(
    ...types,
  ) as Row[];
  return rows.map(signedLink);
}

function signedLink({ keyId, signature, ...link }: Row): SignedLink {
  return { ...link, signed: keyId === null || signature === null ? null : { keyId, signature } };
}
