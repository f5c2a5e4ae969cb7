import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ConsoleServer } from '../../native/console/server.ts';
import { serveConsole } from '../../native/console/server.ts';
import { calls } from '../../station/contract.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

interface Message {
  readonly event?: string;
  readonly id?: number;
  readonly ok?: boolean;
  readonly error?: { readonly code: string };
}

let yard: TestYard;
let served: ConsoleServer;
let laterMs = 0;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  laterMs = 0;
  yard = await openYard();
  served = await serveConsole({
    host: '127.0.0.1',
    port: 0,
    screensDir: tmpdir(),
    mode: 'real',
    connect: yard.station.connect,
    monotonicMs: () => performance.now() + laterMs,
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await served.close();
  await yard.close();
});

async function signIn(code: string): Promise<{ readonly status: number; readonly cookie: string }> {
  const answer = await fetch(`${served.url}login`, { method: 'POST', body: JSON.stringify({ code }) });
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

async function open(cookie: string): Promise<{ readonly socket: WebSocket; readonly heard: Message[] }> {
  const heard: Message[] = [];
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}station`, { headers: { cookie } });
  sockets.push(socket);
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8')) as Message));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { socket, heard };
}

async function until(holds: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!holds()) throw new Error('not yet');
    },
    { timeout: 20_000, interval: 10 },
  );
}

describe("a loader's session", () => {
  it('hears weight and loading and nothing else, while a truck is weighed', async () => {
    const { cookie } = await signIn(served.loaderCode);
    const { heard } = await open(cookie);
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, facts: sixAxles, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    await until(() => heard.some((each) => JSON.stringify(each).includes('"roomKg":33400')));
    expect(new Set(heard.map(({ event }) => event))).toEqual(new Set(['weight', 'loading']));
  });

  it('may ask for loading.get and for nothing else, and changes nothing', async () => {
    const { cookie } = await signIn(served.loaderCode);
    const { socket, heard } = await open(cookie);
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles });
    const crossingId = yard.screen.view?.lane.crossingId ?? '';
    const before = yard.station.desk.deps.stores.ledger.head.sequence;
    const names = Object.keys(calls);
    names.forEach((call, id) => {
      const input = call === 'operator.sign-in' ? { name: '假冒' } : { crossingId };
      socket.send(JSON.stringify({ id, call, input }));
    });
    const replies = (): Message[] => heard.filter(({ id }) => id !== undefined);
    await until(() => replies().length === names.length);
    for (const { id = -1, ok, error } of replies()) {
      if (names[id] === 'loading.get') expect(ok).toBe(true);
      else expect([names[id], ok, error?.code]).toEqual([names[id], false, 'not-allowed']);
    }
    expect(yard.station.desk.deps.stores.ledger.head.sequence).toBe(before);
    expect(yard.screen.view).toMatchObject({ operator: null, lane: { saved: null } });
  });

  it('is cut off when it sends more than any question of it could be', async () => {
    const { cookie } = await signIn(served.loaderCode);
    const { socket } = await open(cookie);
    const closed = new Promise<number>((resolve) => {
      socket.once('close', resolve);
    });
    socket.send(JSON.stringify({ id: 1, call: 'loading.get', input: { x: 'x'.repeat(10_000) } }));
    expect(await closed).toBe(1009);
  });

  it('ends by itself, and shares the five tries a minute with every other code', async () => {
    const { cookie } = await signIn(served.loaderCode);
    laterMs = 12 * 3_600_000 + 1;
    await expect(open(cookie)).rejects.toThrow('401');
    for (let nth = 0; nth < 5; nth += 1) expect((await signIn('0000')).status).toBe(401);
    expect((await signIn(served.loaderCode)).status).toBe(429);
    expect((await signIn(served.code)).status).toBe(429);
  });
});

describe('the two codes', () => {
  it("differ, and the station's own opens everything as before", async () => {
    expect(served.loaderCode).not.toBe(served.code);
    const { cookie } = await signIn(served.code);
    const { socket, heard } = await open(cookie);
    socket.send(JSON.stringify({ id: 1, call: 'view.get', input: {} }));
    await until(() => heard.some(({ id, ok }) => id === 1 && ok === true));
    await until(() => heard.some(({ event }) => event === 'view'));
    const redirect = await fetch(`${served.url}login?code=${served.loaderCode}`, { redirect: 'manual' });
    expect(redirect.headers.get('location')).toBe('/#loader');
  });
});
