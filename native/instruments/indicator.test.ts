import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Indicator } from './indicator.ts';
import { disagreement } from './disagreement.ts';
import { IndicatorConfig, startIndicator } from './indicator.ts';
import type { TransportState } from './transport.ts';
import { systemTransportDeps } from './transport.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const frame12450 = Buffer.from('022B30313234353030313903', 'hex');
const frame20 = Buffer.from('022B30303030323030313903', 'hex');
const bad12450 = Buffer.from('022B30313234353030313803', 'hex');
const frame20dot00 = Buffer.from('022B30303230303032314203', 'hex');

function start(transport: object, extra: object = {}) {
  const kgs: number[] = [];
  const states: TransportState[] = [];
  const faults: string[] = [];
  const indicator: Indicator = startIndicator(
    IndicatorConfig.parse({
      profile: 'yaohua-continuous',
      transport: { quietMs: 60_000, openTimeoutMs: 60_000, ...transport },
      divisionKg: 20,
      maxKg: 100_000,
      ...extra,
    }),
    {
      onReading: ({ kg }) => kgs.push(kg),
      onState: (state) => states.push(state),
      onFault: (fault) => faults.push(fault === null ? 'cleared' : `${fault.kind} ${fault.detail}`),
      onRange: (range) => faults.push(range),
    },
    {
      clock: { monotonicMs: () => performance.now() },
      // Only the waits between attempts are made short.
      startTimer: (run, ms) => systemTransportDeps.startTimer(run, ms >= 59_000 ? ms : 20),
    },
  );
  closers.push(() => indicator.close());
  return { indicator, kgs, states, faults };
}

/** A pseudo-terminal pair: what is written to the process comes out of the tty, as from an indicator. */
async function plugIn(path: string): Promise<ChildProcess & { readonly unplug: () => Promise<void> }> {
  const socat = spawn('socat', ['-', `PTY,link=${path},rawer`], { stdio: ['pipe', 'ignore', 'inherit'] });
  socat.stdin.on('error', () => undefined);
  const ended = new Promise((resolve) => socat.once('exit', resolve));
  const unplug = async (): Promise<void> => {
    socat.kill('SIGKILL');
    await ended;
    rmSync(path, { force: true });
  };
  closers.push(unplug);
  await vi.waitFor(
    () => {
      expect(existsSync(path) && existsSync(readlinkSync(path))).toBe(true);
    },
    { timeout: 30_000 },
  );
  return Object.assign(socat, { unplug });
}

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

describe('on a real tty', () => {
  test('frames arrive whole, whatever is between them, and half of one is no weight', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'yuanheng-tty-'));
    closers.push(async () => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'scale');
    const line = await plugIn(path);
    const { kgs, states, indicator } = start({ kind: 'serial', path, baudRate: 9600 });
    await vi.waitFor(
      () => {
        expect(states.at(-1)).toMatchObject({ kind: 'open', detail: `${path} 9600 8N1` });
      },
      { timeout: 30_000 },
    );
    line.stdin?.write(Buffer.concat([frame12450.subarray(6), frame20, Buffer.from('7f00', 'hex')]));
    line.stdin?.write(Buffer.concat([bad12450, frame12450, frame12450.subarray(0, 6)]));
    await vi.waitFor(
      () => {
        expect(kgs).toEqual([20, 12_450]);
      },
      { timeout: 30_000 },
    );
    expect(indicator.stats()).toMatchObject({ valid: 2, disagreeing: 0, invalid: { checksum: 1, noise: 2 } });
    expect(indicator.stats().framesPerSecond).toBeGreaterThan(0);
  });

  test('unplugged it says so; plugged in again it is read on, and no two halves make a weight', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'yuanheng-tty-'));
    closers.push(async () => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'scale');
    const { kgs, states } = start({ kind: 'serial', path });
    await vi.waitFor(
      () => {
        expect(states.some(({ kind }) => kind === 'down')).toBe(true);
      },
      { timeout: 30_000 },
    );
    for (let round = 1; round <= 3; round += 1) {
      const line = await plugIn(path);
      await vi.waitFor(
        () => {
          expect(states.at(-1)?.kind).toBe('open');
        },
        { timeout: 30_000 },
      );
      line.stdin?.write(Buffer.concat([frame12450.subarray(6), frame20, frame12450.subarray(0, 6)]));
      await vi.waitFor(
        () => {
          expect(kgs).toHaveLength(round);
        },
        { timeout: 30_000 },
      );
      await line.unplug();
      await vi.waitFor(
        () => {
          expect(states.at(-1)?.kind).not.toBe('open');
        },
        { timeout: 30_000 },
      );
    }
    expect(new Set(kgs)).toEqual(new Set([20]));
  });
});

describe('over TCP', () => {
  test('a frame cut off by a drop is not completed by the next connection', async () => {
    let visits = 0;
    const port = await listen((socket) => {
      visits += 1;
      if (visits === 1) socket.end(frame12450.subarray(0, 6));
      else socket.write(Buffer.concat([frame12450.subarray(6), frame20]));
    });
    const { kgs, indicator } = start({ kind: 'tcp', host: '127.0.0.1', port });
    await vi.waitFor(
      () => {
        expect(kgs).toEqual([20]);
      },
      { timeout: 30_000 },
    );
    expect(indicator.stats().invalid).toMatchObject({ incomplete: 1, noise: 1, checksum: 0, form: 0 });
  });

  test('a unit that does not fit is a fault, told once, and never a weight', async () => {
    const port = await listen((socket) => {
      const bad = Array.from({ length: 6 }, () => frame20dot00);
      socket.write(
        Buffer.concat([frame20dot00, frame20, ...bad, ...Array.from({ length: 5 }, () => frame20)]),
      );
    });
    const { kgs, faults, indicator } = start({ kind: 'tcp', host: '127.0.0.1', port });
    await vi.waitFor(
      () => {
        expect(kgs).toEqual([20, 20, 20, 20, 20, 20]);
      },
      { timeout: 30_000 },
    );
    expect(faults).toEqual([expect.stringContaining('20.00'), 'cleared']);
    expect(indicator.stats().disagreeing).toBe(7);
  });

  test('tonnes with two decimals are whole kilograms', async () => {
    const port = await listen((socket) => {
      socket.write(frame20dot00);
    });
    const { kgs, faults } = start({ kind: 'tcp', host: '127.0.0.1', port }, { unit: 't' });
    await vi.waitFor(
      () => {
        expect(kgs).toEqual([20_000]);
      },
      { timeout: 30_000 },
    );
    expect(faults).toEqual([]);
  });
});

test.each([
  ['kg', 12_450, '12450', 0, null],
  ['kg', 12, '12.000', 3, 'decimals'],
  ['t', 12_450_000, '12450', 0, 'decimals'],
  ['t', 12_460, '12.46', 2, null],
  ['t', 12_460, '12.460', 3, null],
  ['t', 12_460, '12.4600', 4, 'decimals'],
  ['t', 12_400, '12.4', 1, 'decimals'],
] as const)('unit %s, %d kg shown as %s with %d decimals: %s', (unit, kg, display, decimals, problem) => {
  const said = disagreement({ kg, display, decimals, unit: null, net: null }, { unit, divisionKg: 20 });
  expect(said?.kind ?? null).toBe(problem);
});

test.each([
  ['another unit than the configured one', { unit: 't' as const, net: false }, 'unit'],
  ['a net weight, which is not what stands on the scale', { unit: 'kg' as const, net: true }, 'net'],
])('an indicator that says %s gives no weight', (_what, says, problem) => {
  const said = disagreement(
    { kg: 12_460, display: '12460', decimals: 0, ...says },
    { unit: 'kg', divisionKg: 20 },
  );
  expect(said?.kind).toBe(problem);
});

describe('an indicator that says more than a weight', () => {
  test('moving, above its range, and in another unit: each is what it says, and none a stable weight', async () => {
    const lines = [
      'US,GS,+0012460kg\r\n',
      'OL,GS,        kg\r\n',
      ...Array.from({ length: 5 }, () => 'ST,GS,+0012.46 t\r\n'),
      ...Array.from({ length: 5 }, () => 'ST,GS,+0012460kg\r\n'),
    ];
    const port = await listen((socket) => {
      socket.write(lines.join(''));
    });
    const moving: (boolean | null | undefined)[] = [];
    const said: string[] = [];
    const indicator = startIndicator(
      IndicatorConfig.parse({
        profile: 'jinzhong-continuous',
        transport: { kind: 'tcp', host: '127.0.0.1', port },
        divisionKg: 20,
        maxKg: 100_000,
      }),
      {
        onReading: (reading) => moving.push(reading.moving),
        onState: () => undefined,
        onFault: (fault) => said.push(fault?.kind ?? 'cleared'),
        onRange: (range) => said.push(range),
      },
      { clock: { monotonicMs: () => performance.now() } },
    );
    closers.push(() => indicator.close());
    await vi.waitFor(
      () => {
        expect(moving).toEqual([true, false, false, false, false, false]);
      },
      { timeout: 30_000 },
    );
    expect(said).toEqual(['over', 'unit', 'cleared']);
  });

  test('only when asked is asked again and again', async () => {
    const asked: string[] = [];
    const port = await listen((socket) => {
      socket.on('data', (chunk) => {
        asked.push(chunk.toString('hex'));
        socket.write(Buffer.from('0241422B30313233343030314303', 'hex'));
      });
    });
    const { kgs } = start({ kind: 'tcp', host: '127.0.0.1', port }, { profile: 'yaohua-command' });
    await vi.waitFor(
      () => {
        expect(kgs.slice(0, 3)).toEqual([12_340, 12_340, 12_340]);
      },
      { timeout: 30_000 },
    );
    expect(asked[0]).toBe('024142303303');
  });
});

test.each([
  ['options of another protocol', { options: { characters: 7 } }, 'options'],
  ['an offset', { options: { offset: 20 } }, 'options'],
  ['a factor beside the options', { factor: 1.01 }, 'factor'],
  ['a span', { span: 1.01 }, 'span'],
  ['a filter', { filter: 5 }, 'filter'],
])('%s is refused by name: no setting can bend a weight', (_what, extra, field) => {
  const parsed = IndicatorConfig.safeParse({
    profile: 'yaohua-continuous',
    transport: { kind: 'tcp', host: '127.0.0.1', port: 4001 },
    divisionKg: 20,
    maxKg: 100_000,
    ...extra,
  });
  expect(parsed.success).toBe(false);
  expect(JSON.stringify(parsed.error?.issues)).toContain(field);
});

describe('the configuration', () => {
  const base = {
    profile: 'yaohua-continuous',
    transport: { kind: 'tcp', host: '127.0.0.1', port: 4001 },
    divisionKg: 20,
    maxKg: 100_000,
  };

  test('the minimum is 20 divisions and a weight is stale after 1.5 s unless stated', () => {
    expect(IndicatorConfig.parse(base)).toMatchObject({ minKg: 400, staleMs: 1500, unit: 'kg' });
  });

  test.each([
    { ...base, profile: 'toledo' },
    { ...base, divisionKg: 0 },
    { ...base, maxKg: 300 },
    { ...base, offsetKg: 20 },
    { ...base, verificationExpires: '2026-02-30' },
    { ...base, unit: 'lb' },
  ])('%j is refused', (value) => {
    expect(IndicatorConfig.safeParse(value).success).toBe(false);
  });
});
