import { describe, expect, it } from 'vitest';
import type { ReplyMessage, StationEvent } from '../../station/contract.ts';
import { calls } from '../../station/contract.ts';
import { inspectorCalls, inspectorLine } from './inspectorLine.ts';
import { loginBook } from './loginBook.ts';

function line(when: 'always' | 'when-asked') {
  const asked: { call: string }[] = [];
  const told: (ReplyMessage | StationEvent)[] = [];
  const connection = inspectorLine(
    () => ({ receive: (message) => asked.push(message as { call: string }), close: () => undefined }),
    when,
  )({ post: (message) => told.push(message) });
  let id = 0;
  const ask = (call: string, input: unknown = {}): void => {
    connection.receive({ id: (id += 1), call, input });
  };
  return { asked, told, ask, connection };
}

describe("an inspector's line", () => {
  it('passes what is on the list and refuses every other call of the contract', () => {
    const { asked, told, ask } = line('always');
    for (const call of Object.keys(calls)) ask(call, { on: false });
    expect(asked.map(({ call }) => call)).toEqual(
      Object.keys(calls).filter((call) => inspectorCalls.has(call)),
    );
    expect(told).toHaveLength(Object.keys(calls).length - inspectorCalls.size);
    for (const answer of told) expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    for (const call of inspectorCalls) expect(Object.keys(calls)).toContain(call);
  });

  it('cannot be made a desk’s by the login that is an inspector’s, whatever is said', () => {
    const { asked, told, ask } = line('always');
    for (const on of [false, 0, null, 'false', undefined, []]) ask('inspection.mode', { on });
    for (const input of [null, [], 'x']) ask('inspection.mode', input);
    ask('weighing.void', { number: 1, reason: 'x' });
    expect(asked).toEqual([]);
    expect(told.every((answer) => 'ok' in answer && !answer.ok)).toBe(true);
  });

  it('a desk’s is one from the moment it is asked to be until it is asked not to', () => {
    const { asked, ask } = line('when-asked');
    ask('weighing.void');
    ask('inspection.mode', { on: true });
    ask('weighing.void');
    ask('passages.list');
    ask('inspection.mode', { on: false });
    ask('operator.sign-in');
    expect(asked.map(({ call }) => call)).toEqual(['weighing.void', 'passages.list', 'operator.sign-in']);
  });

  it('lets nothing through that is no request', () => {
    const { asked, told, connection } = line('always');
    for (const odd of [
      null,
      7,
      'view.get',
      [],
      { call: 'view.get' },
      { id: 'x', call: 'view.get', input: {} },
    ])
      connection.receive(odd);
    expect([asked, told]).toEqual([[], []]);
  });
});

describe('the book of logins', () => {
  it('keeps three refused and twenty opened a minute, and begins again in the next', () => {
    let now = 0;
    const written: unknown[] = [];
    const book = loginBook(
      () => now,
      (body) => written.push(body),
    );
    for (let nth = 0; nth < 1000; nth += 1) book({ what: 'refused', role: null, from: '10.0.0.9' });
    for (let nth = 0; nth < 1000; nth += 1) book({ what: 'opened', role: 'station', from: 'x'.repeat(500) });
    expect(written).toHaveLength(23);
    expect(written.at(-1)).toEqual({ what: 'opened', role: 'desk', from: 'x'.repeat(64) });
    now += 60_000;
    book({ what: 'refused', role: null, from: '10.0.0.9' });
    expect(written).toHaveLength(24);
  });
});
