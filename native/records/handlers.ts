import { ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import { introduceKey, listKeys, publishKeys, revokeKey } from '../keys/keyCalls.ts';
import type { Handlers } from '../peer.ts';
import type { recordsCalls } from '../../station/contract.ts';
import { correctRecord, voidWeighing } from './amend.ts';
import { explainCrossing, listCrossings } from './crossings.ts';
import { listManual, putManual } from './manual.ts';

const done = ok({});

/** What is said of records and crossings after they were written, and the keys they are signed with. */
export function recordsHandlers(desk: Desk): Pick<Handlers, keyof typeof recordsCalls> {
  const { stores } = desk.deps;
  return {
    'crossing.maintenance': ({ crossingId, note }) => {
      const stated = desk.lane.stateMaintenance(crossingId, note);
      desk.changed();
      return stated.ok ? done : stated;
    },
    'crossings.list': (query) => ok(listCrossings(stores, query)),
    'crossing.explain': (input) => {
      const written = explainCrossing(desk, input);
      return written.ok ? done : written;
    },
    'weighing.void': (input) => {
      const written = voidWeighing(desk, input);
      return written.ok ? done : written;
    },
    'record.correct': (input) => {
      const written = correctRecord(desk, input);
      return written.ok ? done : written;
    },
    'manual.put': (input) => putManual(desk, input),
    'manual.list': ({ limit }) => ok({ rows: listManual(stores, limit) }),
    'keys.list': () => ok(listKeys(desk)),
    'keys.publish': ({ what }) => publishKeys(desk, what),
    'key.introduce': (input) => introduceKey(desk, input),
    'key.revoke': (input) => {
      const written = revokeKey(desk, input);
      return written.ok ? done : written;
    },
  };
}
