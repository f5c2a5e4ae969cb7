import { describe, expect, it } from 'vitest';
import type { ReplyMessage, StationEvent } from '../../station/contract.ts';
import { calls } from '../../station/contract.ts';
import type { Peer } from '../peer.ts';
import { loaderLine } from './loaderLine.ts';

function line() {
  const asked: unknown[] = [];
  const told: (ReplyMessage | StationEvent)[] = [];
  let station: Peer | null = null;
  const connection = loaderLine((peer) => {
    station = peer;
    return { receive: (message) => asked.push(message), close: () => undefined };
  })({ post: (message) => told.push(message) });
  return { asked, told, connection, station: station as Peer | null };
}

describe("a loader's line", () => {
  it('lets one call of the contract through and answers every other one that it is not allowed', () => {
    const { asked, told, connection } = line();
    Object.keys(calls).forEach((call, id) => {
      connection.receive({ id, call, input: {} });
    });
    expect(asked).toMatchObject([{ call: 'loading.get' }]);
    expect(told).toHaveLength(Object.keys(calls).length - 1);
    for (const answer of told) expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  it('lets nothing through that is no request', () => {
    const { asked, told, connection } = line();
    const odd = [
      null,
      7,
      'view.get',
      [],
      { call: 'loading.get' },
      { id: 'x', call: 'loading.get', input: {} },
    ];
    for (const message of odd) connection.receive(message);
    connection.receive({ id: 1, call: '__proto__', input: {} });
    connection.receive({ id: 2, call: 'loading.get ', input: {} });
    expect(asked).toEqual([]);
    expect(told).toMatchObject([
      { id: 1, ok: false },
      { id: 2, ok: false },
    ]);
  });
});
