import type { CallError, copiesCalls } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { checkpoint } from './copies.ts';

const notYet = err({ code: 'station-busy', detail: '' } as const);

/** Anchors and backups, from the screens. */
export function copiesHandlers(desk: Desk): Pick<Handlers, keyof typeof copiesCalls> {
  const done = (result: Result<null, CallError>): Result<Record<string, never>, CallError> =>
    result.ok ? ok({}) : result;
  return {
    'copies.get': async () => (desk.copies === null ? notYet : ok(await desk.copies.view())),
    'copies.checkpoint': () => done(checkpoint(desk, 'asked')),
    'copies.backup': ({ place }) => (desk.copies === null ? notYet : done(desk.copies.backup(place))),
    'copies.accept-loss': ({ reason }) =>
      desk.copies === null ? notYet : done(desk.copies.acceptLoss(reason)),
  };
}
