import { ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { enrolPerson } from './enrol.ts';
import { grantRelease } from './grant.ts';
import { People } from './people.ts';

type Own = 'release.grant' | 'people.list' | 'people.enrol';

export function releaseHandlers(desk: Desk): Pick<Handlers, Own> {
  const { stores, clock } = desk.deps;
  const people = new People(stores.db, clock.monotonicMs);
  return {
    'release.grant': (request) => grantRelease(desk, people, request),
    'people.list': () => ok({ people: people.list() }),
    'people.enrol': (input) => enrolPerson(desk, people, input),
  };
}
