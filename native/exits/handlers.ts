import type { picturesCalls } from '../../station/contract.ts';
import { ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { explainExit, listExits } from './exitList.ts';

/** 出口核对: who was seen leaving, and what is said of those who should not have. */
export function exitHandlers(desk: Desk): Pick<Handlers, keyof typeof picturesCalls> {
  return {
    'exits.list': (query) => ok(listExits(desk.deps.stores, query)),
    'exit.explain': (input) => {
      const written = explainExit(desk, input);
      return written.ok ? ok({}) : written;
    },
  };
}
