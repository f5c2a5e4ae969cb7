import { err } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';

type Own = 'rules.list' | 'rules.load' | 'decision.explain';

export function rulesHandlers(_desk: Desk): Pick<Handlers, Own> {
  const later = () => err({ code: 'internal' as const, detail: 'not built' });
  return {
    'rules.list': later,
    'rules.load': later,
    'decision.explain': later,
  };
}
