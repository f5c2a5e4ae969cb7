import { err } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';

type Own =
  | 'register.list'
  | 'register.put'
  | 'register.remove'
  | 'register.history'
  | 'register.tares'
  | 'register.export'
  | 'register.preview'
  | 'register.import'
  | 'picture.keep';

export function registerHandlers(_desk: Desk): Pick<Handlers, Own> {
  const later = () => err({ code: 'internal' as const, detail: 'not built' });
  return {
    'register.list': later,
    'register.put': later,
    'register.remove': later,
    'register.history': later,
    'register.tares': later,
    'register.export': later,
    'register.preview': later,
    'register.import': later,
    'picture.keep': later,
  };
}
