import { chineseDate } from '../../station/chineseTime.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { DecisionCase } from '../../station/limits/case.ts';
import { explain } from '../../station/limits/explain.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { loadRules } from './loadRules.ts';
import { caseOf } from './storedCase.ts';

type Own = 'rules.list' | 'rules.load' | 'decision.explain';

/** What the rules are, new ones, and why a decision came out as it did. */
export function rulesHandlers(desk: Desk): Pick<Handlers, Own> {
  const { rules, clock, stores } = desk.deps;

  function storedCase(number: number): DecisionCase | null {
    const link = stores.ledger.linkOfNumber(number);
    const opened = link === null ? null : openLink(link);
    return opened?.ok === true && opened.value.type === 'weighing' ? caseOf(opened.value.body) : null;
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
      const found = number === null ? desk.lane.caseNow() : storedCase(number);
      if (found === null) return err({ code: 'no-such-passage', detail: String(number ?? '') });
      return ok(explain(found, rules.sets()));
    },
  };
}
