import { err } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';

type Own = 'release.grant' | 'people.list' | 'people.enrol';

export function releaseHandlers(_desk: Desk): Pick<Handlers, Own> {
  const later = () => err({ code: 'internal' as const, detail: 'not built' });
  return {
    'release.grant': later,
    'people.list': later,
    'people.enrol': later,
  };
}
