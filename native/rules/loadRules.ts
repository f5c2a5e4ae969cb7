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
  const read = readRuleFile(text, settings.ruleKeys);
  const rival = read.ok ? rules.rivalOf(read.value.ruleSet) : null;
  const fault: CallError | null = !read.ok
    ? read.error
    : rival === null
      ? null
      : {
          code: 'rules-broken',
          detail: `${rival.id} version ${String(rival.version)} is known with other bytes`,
        };
  if (fault !== null || !read.ok) {
    const detail = fault?.detail ?? '';
    desk.append({
      type: 'rule-set-refused',
      body: {
        problem: detail.slice(0, 500),
        fileSha256: createHash('sha256').update(text, 'utf8').digest('hex'),
        from,
        operator: desk.operator,
      },
    });
    return err(fault ?? { code: 'rules-broken', detail });
  }
  const { ruleSet, sha256, signedBy } = read.value;
  if (rules.bySha256(sha256) !== null) return ok(ruleSet);
  const written = desk.append({
    type: 'rule-set-loaded',
    body: { text: read.value.text, sha256, signedBy, from, operator: desk.operator },
  });
  if (!written.ok) return written;
  rules.refresh();
  desk.changed();
  return ok(ruleSet);
}
