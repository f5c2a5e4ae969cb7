import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startPlatform } from '../../platform/server.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A port nobody listens on: the network is cut. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function pass(yard: TestYard, plate: string, kg: number): Promise<void> {
  await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
}

interface Weighing {
  readonly number: number;
  readonly plate: string;
}

describe('without a network', () => {
  it('ten trucks pass, and the platform has all ten once when it returns', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const yard = await openYard((settings) => {
      settings.platform = { url };
    });
    closers.push(yard.close);
    await yard.screen.until('offline', (view) => view.sync.state === 'offline');
    for (let truck = 1; truck <= 10; truck += 1)
      await pass(yard, `晋C1000${truck % 10}`, 40_000 + truck * 20);
    expect(yard.screen.view?.sync.waiting).toBeGreaterThanOrEqual(10);

    const dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-platform-'));
    const platform = await startPlatform({ dataDir, port, host: '127.0.0.1', log: () => undefined });
    closers.push(platform.close, () => {
      rmSync(dataDir, { recursive: true, force: true });
    });
    await yard.screen.until('all delivered', (view) => view.sync.waiting === 0, 60_000);
    const summary: unknown = await (await fetch(`${url}/v1/stations/YQ-7/summary`)).json();
    expect(summary).toMatchObject({ weighings: 10, gaps: [], chainBreaks: [] });
    const { events } = (await (await fetch(`${url}/v1/stations/YQ-7/events?limit=500`)).json()) as {
      events: { flags: string[]; signed: object | null }[];
    };
    expect(events.filter(({ flags, signed }) => flags.length > 0 || signed === null)).toEqual([]);
    const answer = (await (await fetch(`${url}/v1/stations/YQ-7/weighings`)).json()) as {
      weighings: Weighing[];
    };
    expect(answer.weighings.map(({ number }) => number).sort((left, right) => left - right)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(yard.screen.view?.sync).toMatchObject({ state: 'up-to-date', setAside: 0 });
  });
});
