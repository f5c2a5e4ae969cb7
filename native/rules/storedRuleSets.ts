import { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetSha256 } from '../../station/limits/ruleSetHash.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { Db } from '../store/database.ts';
import { sha256Hex } from '../store/blobStore.ts';

/** The rule sets a store's decisions name, for one who only reads: the program's own, and those that were loaded. */
export function storedRuleSets(db: Db): (sha256: string) => RuleSet | null {
  const own = new Map(ownRuleSets.map((set) => [ruleSetSha256(set), set]));
  const stored = db.prepare('SELECT text FROM rule_sets WHERE sha256 = ?').pluck();
  return (sha256) => {
    const known = own.get(sha256);
    if (known !== undefined) return known;
    const text = stored.get(sha256);
    if (typeof text !== 'string' || sha256Hex(Buffer.from(text, 'utf8')) !== sha256) return null;
    const read = RuleSet.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  };
}
