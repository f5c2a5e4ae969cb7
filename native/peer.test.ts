import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CallName, ReplyMessage, StationEvent } from '../station/contract.ts';
import { calls } from '../station/contract.ts';
import { ok } from '../station/result.ts';
import type { Handlers } from './peer.ts';
import { answerPeer } from './peer.ts';

const names = Object.keys(calls) as CallName[];

/** Handlers that note who was called with what; `view.get` breaks, `outbox.list` never answers. */
function desk() {
  const called: string[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        called.push(name);
        if (name === 'view.get') throw new Error('broken');
        return name === 'outbox.list' ? new Promise(() => undefined) : ok({});
      },
    ]),
  ) as unknown as Handlers;
  const said: (ReplyMessage | StationEvent)[] = [];
  const connection = answerPeer(handlers, { post: (message) => said.push(message) });
  return { called, said, connection };
}

describe('whatever a screen sends', () => {
  it('of no form at all is dropped without an answer and without an exception', () => {
    const { called, said, connection } = desk();
    fc.assert(
      fc.property(fc.anything(), (message) => {
        connection.receive(message);
      }),
    );
    expect([called, said]).toEqual([[], []]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'weighing.force', ''])(
    'a call named %j is answered as unknown',
    async (call) => {
      const { called, said, connection } = desk();
      connection.receive({ id: 1, call, input: {} });
      await vi.waitFor(
        () => {
          expect(said).toMatchObject([{ id: 1, ok: false, error: { code: 'bad-request' } }]);
        },
        { timeout: 30_000 },
      );
      expect(called).toEqual([]);
    },
  );

  it.each(names.filter((name) => !calls[name].input.safeParse({}).success))(
    '%s with a wrong input never reaches the station',
    async (call) => {
      const { called, said, connection } = desk();
      for (const input of [null, [], 'x', 1, { extra: true }, { number: 'x', crossingId: {}, plate: [] }]) {
        connection.receive({ id: 1, call, input });
      }
      await vi.waitFor(
        () => {
          expect(said).toHaveLength(6);
        },
        { timeout: 30_000 },
      );
      expect(said.every((message) => 'ok' in message && !message.ok)).toBe(true);
      expect(called).toEqual([]);
    },
  );

  it('that makes a handler break is answered, and the next call is, too', async () => {
    const { said, connection } = desk();
    connection.receive({ id: 1, call: 'view.get', input: {} });
    connection.receive({ id: 2, call: 'clock.confirm', input: {} });
    await vi.waitFor(
      () => {
        expect(said).toMatchObject([
          { id: 1, ok: false, error: { code: 'internal' } },
          { id: 2, ok: true },
        ]);
      },
      { timeout: 30_000 },
    );
  });

  it('without waiting for answers is told to wait, and piles nothing up', async () => {
    const { called, said, connection } = desk();
    for (let id = 0; id < 500; id += 1) connection.receive({ id, call: 'outbox.list', input: {} });
    await vi.waitFor(
      () => {
        expect(said.length).toBeGreaterThan(400);
      },
      { timeout: 30_000 },
    );
    expect(said.every((message) => 'error' in message && message.error.code === 'station-busy')).toBe(true);
    expect(called.length).toBeLessThan(70);
  });

  it('after it went away is not answered', async () => {
    const { said, connection } = desk();
    connection.receive({ id: 1, call: 'clock.confirm', input: {} });
    connection.close();
    connection.receive({ id: 2, call: 'clock.confirm', input: {} });
    await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual([]);
  });
});
