import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { BusKind } from '../../native/instruments/bus/devices.testBus.ts';
import {
  diniDevice,
  keliDevice,
  modbusDevice,
  yaohuaDevice,
} from '../../native/instruments/bus/devices.testBus.ts';
import { startModbusSlave } from '../../native/instruments/bus/modbusSlave.testBus.ts';
import type { BusIndicator } from '../../native/instruments/bus/sharedLine.ts';
import type { SharedLines } from '../../native/instruments/bus/sharedLines.ts';
import { createSharedLines } from '../../native/instruments/bus/sharedLines.ts';
import type { HandheldTty } from '../../native/instruments/bus/ttyPair.testBus.ts';
import { joinTtys, plugInTty } from '../../native/instruments/bus/ttyPair.testBus.ts';
import { IndicatorConfig } from '../../native/instruments/indicator.ts';
import type { TransportState } from '../../native/instruments/transport.ts';
import { systemTransportDeps } from '../../native/instruments/transport.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const answerMs = 200;

function lines(): SharedLines {
  return createSharedLines(
    {
      clock: { monotonicMs: () => performance.now() },
      // Only the long waits, for a line or a dead instrument, are made short.
      startTimer: (run, ms) => systemTransportDeps.startTimer(run, Math.min(ms, 600)),
    },
    { answerMs },
  );
}

interface Heard {
  readonly kgs: number[];
  readonly states: TransportState[];
  readonly indicator: BusIndicator;
}

function share(
  station: SharedLines,
  path: string,
  { profile, options }: { readonly profile: string; readonly options: object },
): Heard {
  const kgs: number[] = [];
  const states: TransportState[] = [];
  const started = station.start(
    IndicatorConfig.parse({
      profile,
      options,
      transport: { kind: 'serial', path, quietMs: 60_000 },
      divisionKg: 20,
      maxKg: 200_000,
      pollMs: 50,
    }),
    {
      onReading: ({ kg }) => kgs.push(kg),
      onState: (state) => states.push(state),
      onFault: () => undefined,
      onRange: () => undefined,
    },
  );
  if (!started.ok) throw new Error(started.error.code);
  closers.push(() => started.value.close());
  return { kgs, states, indicator: started.value };
}

/** What an instrument does when it is asked. */
type Manner = (write: (bytes: Uint8Array) => void, kind: BusKind, kg: number) => void;
const healthy: Manner = (write, kind, kg) => {
  write(kind.answer(kg));
};
const dead: Manner = () => undefined;

interface Far {
  readonly path: string;
  readonly plug: () => Promise<void>;
  readonly unplug: () => Promise<void>;
}

/** The instruments at the far end of one cable; `echo`: the adapter gives back what it is sent. */
function farEnd(
  instruments: readonly { readonly kind: BusKind; readonly kg: number; readonly manner: Manner }[],
  echo = false,
): Far {
  const directory = mkdtempSync(join(tmpdir(), 'yuanheng-bus-'));
  closers.push(() => {
    rmSync(directory, { recursive: true, force: true });
    return Promise.resolve();
  });
  const path = join(directory, 'line');
  let tty: HandheldTty | null = null;
  let asked = Buffer.alloc(0);
  const hear = (bytes: Buffer): void => {
    if (echo) tty?.write(bytes);
    asked = Buffer.concat([asked, bytes]).subarray(-64);
    for (const { kind, kg, manner } of instruments) {
      if (!asked.subarray(-kind.request.length).equals(kind.request)) continue;
      asked = Buffer.alloc(0);
      manner((answer) => tty?.write(answer), kind, kg);
    }
  };
  const unplug = async (): Promise<void> => {
    const old = tty;
    tty = null;
    asked = Buffer.alloc(0);
    await old?.unplug();
  };
  closers.push(unplug);
  return {
    path,
    plug: async () => {
      tty = await plugInTty(path, hear);
    },
    unplug,
  };
}

async function readsOn({ kgs }: Heard, more = 5): Promise<void> {
  const before = kgs.length;
  await vi.waitFor(
    () => {
      expect(kgs.length).toBeGreaterThanOrEqual(before + more);
    },
    { timeout: 20_000 },
  );
}

test('four indicators of four kinds on one cable: each lane gets its own, with and without an echo', async () => {
  for (const echo of [false, true]) {
    const kinds = [yaohuaDevice('A'), keliDevice('B'), diniDevice('03'), modbusDevice(4)];
    const far = farEnd(
      kinds.map((kind, index) => ({ kind, kg: 1000 * (index + 1), manner: healthy })),
      echo,
    );
    await far.plug();
    const station = lines();
    const heard = kinds.map((kind) => share(station, far.path, kind));
    for (const one of heard) await readsOn(one);
    expect(heard.map(({ kgs }) => [...new Set(kgs)])).toEqual([[1000], [2000], [3000], [4000]]);
    for (const { indicator } of heard)
      expect(indicator.stats().outcomes).toMatchObject({ unreadable: 0, disturbed: 0 });
  }
});

test('a dead one, a late one, one that talks rubbish and one that gives another address stall and fool nobody', async () => {
  const late: Manner = (write, kind, kg) => {
    setTimeout(() => {
      write(kind.answer(kg));
    }, answerMs + 30);
  };
  const rubbish: Manner = (write) => {
    write(Buffer.from('02414242ff303132ff0303', 'hex'));
  };
  const asAnother: Manner = (write) => {
    write(yaohuaDevice('A').answer(99_980));
  };
  const far = farEnd([
    { kind: yaohuaDevice('A'), kg: 1000, manner: healthy },
    { kind: yaohuaDevice('B'), kg: 2000, manner: dead },
    { kind: yaohuaDevice('C'), kg: 3000, manner: late },
    { kind: yaohuaDevice('D'), kg: 4000, manner: rubbish },
    { kind: yaohuaDevice('E'), kg: 5000, manner: asAnother },
    { kind: diniDevice('06'), kg: 6000, manner: healthy },
  ]);
  await far.plug();
  const station = lines();
  const [a, b, c, d, e, f] = ['A', 'B', 'C', 'D', 'E']
    .map((address) => share(station, far.path, yaohuaDevice(address)))
    .concat(share(station, far.path, diniDevice('06')));
  if (!a || !b || !c || !d || !e || !f) throw new Error('six are shared');
  for (const one of [b, d, e])
    await vi.waitFor(
      () => {
        expect(one.states.at(-1)?.kind).toBe('down');
      },
      { timeout: 20_000 },
    );
  await readsOn(a, 20);
  await readsOn(f, 20);
  await vi.waitFor(
    () => {
      expect(c.indicator.stats().late + c.kgs.length).toBeGreaterThan(0);
    },
    { timeout: 20_000 },
  );
  expect([a, b, d, e, f].map(({ kgs }) => [...new Set(kgs)])).toEqual([[1000], [], [], [], [6000]]);
  expect(c.kgs.filter((kg) => kg !== 3000)).toEqual([]);
  expect(d.indicator.stats().outcomes.answered).toBe(0);
});

test('unplugged and plugged in again every instrument of the line is found again', async () => {
  const kinds = [yaohuaDevice('A'), modbusDevice(2)];
  const far = farEnd(kinds.map((kind, index) => ({ kind, kg: 1000 * (index + 1), manner: healthy })));
  await far.plug();
  const station = lines();
  const heard = kinds.map((kind) => share(station, far.path, kind));
  for (let round = 0; round < 2; round += 1) {
    for (const one of heard) await readsOn(one);
    await far.unplug();
    for (const { states } of heard)
      await vi.waitFor(
        () => {
          expect(states.at(-1)?.kind).not.toBe('open');
        },
        { timeout: 30_000 },
      );
    await far.plug();
  }
  for (const one of heard) await readsOn(one);
  expect(heard.map(({ kgs }) => [...new Set(kgs)])).toEqual([[1000], [2000]]);
});

test('one lane closes, the other weighs on; the last one to close frees the cable', async () => {
  const kinds = [yaohuaDevice('A'), yaohuaDevice('B')];
  const far = farEnd(kinds.map((kind, index) => ({ kind, kg: 1000 * (index + 1), manner: healthy })));
  await far.plug();
  const station = lines();
  const heard = kinds.map((kind) => share(station, far.path, kind));
  for (const one of heard) await readsOn(one);
  await heard[0]?.indicator.close();
  const before = heard[0]?.kgs.length;
  if (heard[1] !== undefined) await readsOn(heard[1], 20);
  expect(heard[0]?.kgs.length).toBe(before);
  await heard[1]?.indicator.close();
  const again = share(station, far.path, yaohuaDevice('A'));
  await readsOn(again);
});

test('real Modbus slaves of three addresses on one line, and a fourth that is not there', async () => {
  const cable = await joinTtys();
  closers.push(cable.remove);
  const slave = await startModbusSlave({ path: cable.far });
  closers.push(slave.stop);
  await slave.set(1, 6, [1 << 11, 0, 1000, 0, 0]);
  await slave.set(2, 0, [0, 2000, 0, 0, 0, 2000, 0x8000, 0, 0, 0]);
  await slave.set(3, 0, [3000]);
  const station = lines();
  const heard = [
    { profile: 'laumas-rtu', options: { unitId: 1 } },
    { profile: 'flintec-rtu', options: { unitId: 2 } },
    { profile: 'modbus-rtu', options: { unitId: 3, map: { registers: 1, weight: { type: 'int16' } } } },
    { profile: 'modbus-rtu', options: { unitId: 9 } },
  ].map((device) => share(station, cable.station, device));
  for (const one of heard.slice(0, 3)) await readsOn(one, 10);
  await vi.waitFor(
    () => {
      expect(heard[3]?.states.at(-1)?.kind).toBe('down');
    },
    { timeout: 20_000 },
  );
  expect(heard.map(({ kgs }) => [...new Set(kgs)])).toEqual([[1000], [2000], [3000], []]);
});
