import type { Db } from './database.ts';

export interface StoredRuleSet {
  readonly sha256: string;
  /** Canonical bytes, as signed. */
  readonly text: string;
  readonly from: 'file' | 'platform' | 'built-in';
  readonly signedBy: string;
}

/** The rule sets this station ever decided by, as the ledger left them; oldest first. */
export class RuleSetStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  all(): StoredRuleSet[] {
    return this.#db
      .prepare(
        'SELECT sha256, text, from_where AS "from", signed_by AS signedBy FROM rule_sets ORDER BY sequence',
      )
      .all() as StoredRuleSet[];
  }
}
