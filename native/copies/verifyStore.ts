import Database from 'better-sqlite3';
import { picturesOf } from '../../station/ledger/picturesOf.ts';
import type { LedgerFault, LedgerSummary, SignedLink } from '../../station/ledger/verifyLedger.ts';
import { LedgerCheck } from '../../station/ledger/verifyLedger.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { lastNumber, restoresOf } from '../store/restores.ts';
import { epochOf } from '../../station/ledger/epochs.ts';
import type { Pace } from './pace.ts';
import { PlaceError } from './place.ts';

export interface VerifiedStore {
  readonly summary: LedgerSummary;
  readonly epoch: number;
  /** The last weighing number given out. */
  readonly number: number;
  /** SHA-256 of every picture its records name, but for what retention took away. */
  readonly pictures: ReadonlySet<string>;
  /** What retention took away. */
  readonly gone: ReadonlySet<string>;
}

interface Row {
  readonly sequence: number;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

/**
 * Reads a copied store from its first event to its last, giving way to other work, and changes nothing in it. The
 * error is the first event that does not hold. Throws when the file is no store.
 */
export async function verifyStore(
  path: string,
  options: { readonly every: boolean; readonly pace: Pace },
): Promise<Result<VerifiedStore, LedgerFault>> {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version < 3) throw new PlaceError('damaged', `the store is of version ${String(version)}`);
    const check = new LedgerCheck({ every: options.every });
    const pictures = new Set<string>();
    const rows = db
      .prepare(
        `SELECT sequence, text, previous_hash AS previousHash, hash, key_id AS keyId, signature
         FROM ledger ORDER BY sequence`,
      )
      .iterate() as IterableIterator<Row>;
    for (const row of rows) {
      const taken = check.take(linkOf(row));
      if ('fault' in taken) return err(taken.fault);
      for (const sha256 of picturesOf(taken.event).pictures) pictures.add(sha256);
      await options.pace.giveWay();
    }
    // What retention took away is not missing; stores of before had no list of it.
    const taken =
      version < 5 ? [] : db.prepare('SELECT sha256 FROM pictures WHERE removed_ms IS NOT NULL').pluck().all();
    const gone = new Set(taken.map(String));
    for (const sha256 of gone) pictures.delete(sha256);
    const finished = check.finish();
    if ('fault' in finished) return err(finished.fault);
    const { summary } = finished;
    const epoch = epochOf(summary.head.sequence, restoresOf(db));
    return ok({ summary, epoch, number: lastNumber(db), pictures, gone });
  } finally {
    db.close();
  }
}

function linkOf({ keyId, signature, ...link }: Row): SignedLink {
  return { ...link, signed: keyId === null || signature === null ? null : { keyId, signature } };
}
