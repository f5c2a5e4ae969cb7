import { createHash } from 'node:crypto';
import type { CallError } from '../../station/contract.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { readRuleFile } from '../../station/limits/ruleFile.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';

/**
 * Takes a signed rule file into the ledger; it decides from its date on. A file that is broken, unsigned or
 * pretends to be another set changes nothing, and that it came is written down.
 */
export function loadRules(desk: Desk, text: string, from: 'file' | 'platform'): Result<RuleSet, CallError> {
  const { rules, settings } = desk.deps;
  // What the platform sends is no act of whoever sits at the scale.
  const operator = from === 'file' ? desk.operator : null;
  const read = readRuleFile(text, settings.ruleKeys);
  const fault = read.ok ? rivalry(rules.rivalOf(read.value.ruleSet)) : read.error;
  if (fault !== null || !read.ok) {
    const refused = fault ?? { code: 'rules-broken', detail: '' };
    const fileSha256 = createHash('sha256').update(text, 'utf8').digest('hex');
    desk.append({
      type: 'rule-set-refused',
      body: { problem: refused.detail, fileSha256, from, operator },
    });
    return err(refused);
  }
  const { ruleSet, sha256, signedBy } = read.value;
  if (rules.bySha256(sha256) !== null) return ok(ruleSet);
  const written = desk.append({
    type: 'rule-set-loaded',
    body: { text: read.value.text, sha256, signedBy, from, operator },
  });
  if (!written.ok) return written;
  rules.refresh();
  desk.changed();
  return ok(ruleSet);
}

function rivalry(rival: RuleSet | null): CallError | null {
  if (rival === null) return null;
  const { id, version } = rival;
  return { code: 'rules-broken', detail: `${id} version ${String(version)} is known with other bytes` };
}
