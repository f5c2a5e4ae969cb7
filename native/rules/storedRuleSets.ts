import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetOfText, ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { Db } from '../store/database.ts';

/** The rule sets a store's decisions name, for one who only reads: the program's own, and those of the ledger. */
export function storedRuleSets(db: Db): (sha256: string) => RuleSet | null {
  const own = new Map(ownRuleSets.map((set) => [ruleSetSha256(set), set]));
  const stored = db.prepare('SELECT text FROM rule_sets WHERE sha256 = ?').pluck();
  return (sha256) => {
    const known = own.get(sha256);
    if (known !== undefined) return known;
    const text = stored.get(sha256);
    const read = typeof text === 'string' ? ruleSetOfText(text) : null;
    return read?.sha256 === sha256 ? read.set : null;
  };
}
