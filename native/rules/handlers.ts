import { chineseDate } from '../../station/chineseTime.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { CallError, Explanation } from '../../station/contract.ts';
import { explain } from '../../station/limits/explain.ts';
import { ruleSets as ownRuleSets } from '../../station/limits/ruleSets/index.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { loadRules } from './loadRules.ts';
import { caseOf } from './storedCase.ts';

type Own = 'rules.list' | 'rules.load' | 'decision.explain';

/** What the rules are, new ones, and why a decision came out as it did. */
export function rulesHandlers(desk: Desk): Pick<Handlers, Own> {
  const { rules, clock, stores } = desk.deps;

  /** A stored decision is explained by the rules it names, whatever rules there are by now. */
  function storedDecision(number: number): Result<Explanation, CallError> {
    const link = stores.ledger.linkOfNumber(number);
    const opened = link === null ? null : openLink(link);
    const body = opened?.ok === true && opened.value.type === 'weighing' ? opened.value.body : null;
    const found = body === null ? null : caseOf(body);
    if (body === null || found === null) return err({ code: 'no-such-passage', detail: String(number) });
    const { ruleSet = '', ruleSetSha256: sha256 = null } = body.decision ?? {};
    // Program 0.1 named its rules by id alone.
    const named = sha256 === null ? ownRuleSets.filter(({ id }) => id === ruleSet) : rules.bySha256(sha256);
    if (named === null) {
      return err({ code: 'rules-not-here', detail: `${ruleSet} ${sha256?.slice(0, 16) ?? ''}` });
    }
    return ok(explain(found, [named].flat()));
  }

  return {
    'rules.list': () => ok({ sets: rules.view(chineseDate(clock.nowMs())) }),
    'rules.load': ({ text }) => {
      const loaded = loadRules(desk, text, 'file');
      if (!loaded.ok) return loaded;
      const { id, version, effectiveFrom } = loaded.value;
      return ok({ id, version, effectiveFrom: effectiveFrom.date });
    },
    'decision.explain': ({ number }) => {
      if (number !== null) return storedDecision(number);
      const found = desk.lane.caseNow();
      if (found === null) return err({ code: 'no-such-passage', detail: '' });
      return ok(explain(found, rules.sets()));
    },
  };
}
