import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outbox, OutboxRecord } from '../../native/city/outbox.ts';
import type { PlatformClient } from '../../native/city/platformClient.ts';
import { createPlatformClient } from '../../native/city/platformClient.ts';
import { systemTimers } from '../../native/city/timers.ts';
import type { Fault, FaultHook } from '../../platform/faults.ts';
import type { Platform } from '../../platform/server.ts';
import { startPlatform } from '../../platform/server.ts';
import type { SyncView } from '../../station/contract.ts';
import type { ChainLink } from '../../station/ledger/chain.ts';
import { makeChain, weighingBody } from '../../platform/sampleRecords.ts';

type State = 'waiting' | 'delivered' | 'set-aside';

class MemoryOutbox implements Outbox {
  readonly entries: { readonly link: ChainLink; state: State; reason: string }[] = [];
  readonly order: number[] = [];
  readonly errors: string[] = [];
  broken = false;

  add(...links: readonly ChainLink[]): void {
    for (const link of links) this.entries.push({ link, state: 'waiting', reason: '' });
  }
  nextWaiting = (): OutboxRecord | null => {
    if (this.broken) throw new Error('disk full');
    const link = this.entries.find((entry) => entry.state === 'waiting')?.link;
    return link === undefined ? null : { ...link, signed: null };
  };
  delivered = (sequence: number): void => {
    this.order.push(sequence);
    this.#settle(sequence, 'delivered', '');
  };
  setAside = (sequence: number, reason: string): void => {
    this.#settle(sequence, 'set-aside', reason);
  };
  failed = (_: number, error: string): void => {
    this.errors.push(error);
  };
  waitingCount = (): number => this.count('waiting');
  setAsideCount = (): number => this.count('set-aside');
  count(state: State): number {
    return this.entries.filter((entry) => entry.state === state).length;
  }
  #settle(sequence: number, state: State, reason: string): void {
    const entry = this.entries.find((candidate) => candidate.link.sequence === sequence);
    if (entry === undefined) throw new Error(`no event ${String(sequence)}`);
    Object.assign(entry, { state, reason });
  }
}

let dataDir = '';
let platform: Platform | null = null;
let client: PlatformClient | null = null;
let hung: Server | null = null;
let delays: number[] = [];
let views: SyncView[] = [];

/** Waits between tries pass at once but are noted; the timeout of an exchange really runs, shortened. */
const timeoutMs = 10_000;
const hastyTimers = {
  after: (delayMs: number, run: () => void): (() => void) => {
    if (delayMs === timeoutMs) return systemTimers.after(300, run);
    delays.push(delayMs);
    return systemTimers.after(1, run);
  },
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-city-'));
  delays = [];
  views = [];
});
afterEach(async () => {
  await client?.stop();
  await platform?.close();
  hung?.close();
  client = null;
  platform = null;
  hung = null;
  rmSync(dataDir, { recursive: true, force: true });
});

async function startCity(faults: FaultHook = () => null, port = 0, token?: string): Promise<string> {
  const withToken = token === undefined ? {} : { token };
  platform = await startPlatform({ dataDir, port, faults, log: () => undefined, ...withToken });
  return platform.url;
}
function startClient(outbox: Outbox, baseUrl: string, token: string | null = null): PlatformClient {
  client = createPlatformClient({
    outbox,
    baseUrl,
    stationId: 'YH-01',
    token,
    timeoutMs,
    nowMs: () => Date.now(),
    random: () => 0.5,
    timers: hastyTimers,
    onState: (view) => views.push(view),
  });
  return client;
}
async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet; last view ${JSON.stringify(views.at(-1))}`);
    },
    { timeout: 15_000, interval: 5 },
  );
}
async function summary(url: string): Promise<unknown> {
  return (await fetch(`${url}/v1/stations/YH-01/summary`)).json() as Promise<unknown>;
}
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const faults: readonly [string, Fault][] = [
  ['answers twice', { kind: 'twice' }],
  ['stores and never answers', { kind: 'never', stored: true }],
  ['neither stores nor answers', { kind: 'never', stored: false }],
  ['stores and cuts the line before answering', { kind: 'cut', stored: true }],
  ['cuts the line before storing', { kind: 'cut', stored: false }],
  ['stops in the middle of its answer', { kind: 'half-answer' }],
  ['acknowledges another hash', { kind: 'wrong-hash' }],
  ['acknowledges another event', { kind: 'wrong-sequence' }],
  [
    'answers 200 with a portal page',
    { kind: 'answer', stored: false, status: 200, body: '<html>login</html>' },
  ],
  ['answers 200 with nothing', { kind: 'answer', stored: false, status: 200, body: '' }],
  ['answers without end', { kind: 'answer', stored: false, status: 200, body: `"${'x'.repeat(500_000)}"` }],
  ['answers 400 with a proxy page', { kind: 'answer', stored: false, status: 400, body: '<html>bad</html>' }],
  ['answers 500', { kind: 'answer', stored: true, status: 500, body: '{}' }],
  ['answers 404', { kind: 'answer', stored: false, status: 404, body: '{}' }],
  [
    'redirects',
    { kind: 'answer', stored: false, status: 307, body: '', headers: { location: 'http://127.0.0.1:9/' } },
  ],
  [
    'asks for patience',
    { kind: 'answer', stored: false, status: 429, body: '{}', headers: { 'retry-after': '7' } },
  ],
];

describe('delivery to a city platform', () => {
  it.each(faults)('reaches it exactly once and in order when it %s', async (_, fault) => {
    const url = await startCity(({ nth, sequence }) => (nth === 1 && sequence !== 2 ? fault : null));
    const outbox = new MemoryOutbox();
    const links = makeChain(4);
    outbox.add(...links);
    startClient(outbox, url);
    await until(() => outbox.count('delivered') === 4);
    expect(outbox.order).toEqual([1, 2, 3, 4]);
    expect(outbox.count('set-aside')).toBe(0);
    expect(await summary(url)).toEqual({
      events: 4,
      weighings: 4,
      lastSequence: 4,
      lastHash: links[3]?.hash,
      gaps: [],
      chainBreaks: [],
    });
    await until(() => views.at(-1)?.state === 'up-to-date');
    expect(views.at(-1)).toMatchObject({ waiting: 0, setAside: 0, lastError: null });
  });

  it('is not confused by an answer that comes after its try was given up', async () => {
    const gate: { open: () => void } = { open: () => undefined };
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const url = await startCity(({ nth, sequence }) =>
      nth === 1 && sequence === 1 ? { kind: 'late', until: opened } : null,
    );
    const outbox = new MemoryOutbox();
    outbox.add(...makeChain(3));
    startClient(outbox, url);
    await until(() => outbox.errors.length > 0);
    gate.open();
    await until(() => outbox.count('delivered') === 3);
    expect(outbox.errors[0]).toBe('no answer in time');
    expect(outbox.order).toEqual([1, 2, 3]);
    expect(await summary(url)).toMatchObject({ events: 3, gaps: [], chainBreaks: [] });
  });

  it('brings ten records written while the network was away, all of them once, when it is back', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const outbox = new MemoryOutbox();
    const running = startClient(outbox, url);
    for (const link of makeChain(10)) {
      outbox.add(link);
      running.wake();
    }
    await until(() => outbox.errors.length >= 12);
    expect(views.at(-1)).toMatchObject({ state: 'offline', waiting: 10, lastError: 'ECONNREFUSED' });
    await startCity(() => null, port);
    await until(() => outbox.count('delivered') === 10);
    expect(outbox.order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await summary(url)).toMatchObject({ events: 10, weighings: 10, gaps: [], chainBreaks: [] });
  });

  it('waits longer and longer while nobody is there, and as long as it was asked to', async () => {
    const outbox = new MemoryOutbox();
    outbox.add(...makeChain(1));
    startClient(outbox, `http://127.0.0.1:${String(await freePort())}`);
    await until(() => outbox.errors.length >= 14);
    await client?.stop();
    const waits = delays.filter((delay) => delay !== 5000);
    expect(waits.slice(0, 5)).toEqual([1000, 1000, 2000, 4000, 8000]);
    expect(Math.max(...waits)).toBe(150_000);
  });

  it('sets aside what the platform refuses for good and lets the records behind it pass', async () => {
    const url = await startCity();
    const links = makeChain(3);
    const outbox = new MemoryOutbox();
    const held = makeChain(2, { body: (number) => weighingBody(number, '晋C00000') });
    outbox.add(...held);
    startClient(outbox, url);
    await until(() => outbox.count('delivered') === 2);
    await client?.stop();
    const next = new MemoryOutbox();
    next.add(...links, ...makeChain(1, { mode: 'drill' }).map((link) => ({ ...link, sequence: 4 })));
    startClient(next, url);
    await until(() => next.waitingCount() === 0);
    expect(next.order).toEqual([3]);
    expect(next.entries.map((entry) => entry.state)).toEqual([
      'set-aside',
      'set-aside',
      'delivered',
      'set-aside',
    ]);
    expect(next.entries[0]?.reason).toContain('HTTP 409');
    expect(next.entries[3]?.reason).toContain('drills are not taken');
    await until(() => views.at(-1)?.state === 'up-to-date');
    expect(views.at(-1)).toMatchObject({ setAside: 3 });
  });

  it('says that its login is refused, loses nothing, and never shows the token', async () => {
    const url = await startCity(() => null, 0, 'right');
    const outbox = new MemoryOutbox();
    outbox.add(...makeChain(1));
    startClient(outbox, url, 'wrong-token');
    await until(() => views.at(-1)?.state === 'refused-login');
    await client?.stop();
    expect(delays[0]).toBeGreaterThanOrEqual(60_000);
    startClient(outbox, url, 'bad\ntoken');
    await until(() => outbox.errors.length >= 2 && views.at(-1)?.state === 'offline');
    await client?.stop();
    startClient(outbox, url.replace('//', '//user:wrong-token@'), null);
    await until(() => outbox.errors.length >= 3);
    await client?.stop();
    expect(JSON.stringify([views, outbox.errors])).not.toMatch(/wrong-token|bad\\ntoken/);
    startClient(outbox, `${url}/`, 'right');
    await until(() => outbox.count('delivered') === 1);
  });

  it('goes on after the store could not be read', async () => {
    const url = await startCity();
    const outbox = new MemoryOutbox();
    outbox.add(...makeChain(2));
    outbox.broken = true;
    startClient(outbox, url);
    await until(() => views.at(-1)?.lastError === 'outbox: disk full');
    outbox.broken = false;
    await until(() => outbox.count('delivered') === 2);
  });

  it('sends a record written while it was idle, and one sent back to waiting', async () => {
    const url = await startCity();
    const outbox = new MemoryOutbox();
    const running = startClient(outbox, url);
    await until(() => views.at(-1)?.state === 'up-to-date');
    outbox.add(...makeChain(1));
    running.wake();
    await until(() => outbox.count('delivered') === 1);
    Object.assign(outbox.entries[0] ?? {}, { state: 'waiting' });
    running.wake();
    await until(() => outbox.order.length === 2);
    expect(await summary(url)).toMatchObject({ events: 1 });
  });

  it('stops in the middle of an exchange and writes nothing afterwards', async () => {
    let reached = false;
    hung = createServer(() => {
      reached = true;
    });
    const server = hung;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const outbox = new MemoryOutbox();
    outbox.add(...makeChain(1));
    const running = createPlatformClient({
      outbox,
      baseUrl: `http://127.0.0.1:${String(address.port)}`,
      stationId: 'YH-01',
      token: null,
      timeoutMs: 3_600_000,
      nowMs: () => Date.now(),
      onState: (view) => views.push(view),
    });
    await until(() => reached);
    await running.stop();
    expect(outbox.errors).toEqual([]);
    expect(outbox.count('waiting')).toBe(1);
  });
});
