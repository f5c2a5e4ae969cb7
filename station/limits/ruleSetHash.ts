import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/canonical.ts';
import { RuleSet } from './ruleSet.ts';

const known = new WeakMap<RuleSet, string>();

/** The bytes a rule set is signed and hashed over: its RFC 8785 text. */
export function ruleSetText(set: RuleSet): string {
  return canonicalJson(JSON.parse(JSON.stringify(set)) as Parameters<typeof canonicalJson>[0]);
}

/** SHA-256 of the rule set, hex: what a decision names its rules by. */
export function ruleSetSha256(set: RuleSet): string {
  const found = known.get(set);
  if (found !== undefined) return found;
  const sha256 = createHash('sha256').update(ruleSetText(set), 'utf8').digest('hex');
  known.set(set, sha256);
  return sha256;
}

/**
 * A rule set out of the bytes that were kept of it; null when they hold none. It goes by the hash of these bytes: a
 * later program, whose rule sets have a field more, still finds the rules a decision names.
 */
export function ruleSetOfText(text: string): { readonly set: RuleSet; readonly sha256: string } | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = RuleSet.safeParse(json);
  if (!read.success) return null;
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  known.set(read.data, sha256);
  return { set: read.data, sha256 };
}
