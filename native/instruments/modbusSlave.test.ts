import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ModbusSlave } from './bus/modbusSlave.testBus.ts';
import { startModbusSlave } from './bus/modbusSlave.testBus.ts';
import { joinTtys } from './bus/ttyPair.testBus.ts';
import { IndicatorConfig, startIndicator } from './indicator.ts';
import { systemTransportDeps } from './transport.ts';
import type { BeamsLive } from '../yard/beams/beamDevice.ts';
import { openBeams } from '../yard/beams/beamDevice.ts';
import { BeamsConfig } from '../yard/beams/beamsConfig.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function slaveOn(place: { readonly path: string } | { readonly port: number }): Promise<ModbusSlave> {
  const slave = await startModbusSlave(place);
  closers.push(slave.stop);
  return slave;
}

/** What the indicator says, in its own words: a weight with its motion, a range, a fault. */
function start(profile: string, transport: object, options: object = {}, extra: object = {}) {
  const said: string[] = [];
  const states: string[] = [];
  const indicator = startIndicator(
    IndicatorConfig.parse({
      profile,
      options,
      transport: { quietMs: 600, ...transport },
      divisionKg: 20,
      maxKg: 200_000,
      pollMs: 50,
      ...extra,
    }),
    {
      onReading: ({ kg, moving }) =>
        said.push(`${String(kg)}${moving === true ? ' moving' : moving === false ? ' still' : ''}`),
      onState: ({ kind }) => states.push(kind),
      onFault: (fault) => said.push(fault?.kind ?? 'fits again'),
      onRange: (range) => said.push(range),
    },
    {
      clock: { monotonicMs: () => performance.now() },
      // Only the waits between attempts are made short.
      startTimer: (run, ms) => systemTransportDeps.startTimer(run, Math.min(ms, 1000)),
    },
  );
  closers.push(() => indicator.close());
  const next = async (what: string): Promise<void> => {
    await vi.waitFor(
      () => {
        expect(said.at(-1)).toBe(what);
      },
      { timeout: 15_000 },
    );
  };
  return { said, states, indicator, next };
}

const words = (value: number): number[] => [(value >>> 16) & 0xffff, value & 0xffff];

function floatWords(value: number): [number, number] {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
}

/** Laumas: status at 40007, gross at 40008/9, net at 40010/11. */
async function laumas(slave: ModbusSlave, status: number, grossKg: number): Promise<void> {
  await slave.set(1, 6, [status, ...words(Math.abs(grossKg)), ...words(7)]);
}
const stable = 1 << 11;

/** Flintec: display at 40001/2, status at 40007/8, error at 40009/10; bit 31 of the status says no decimals. */
async function flintec(slave: ModbusSlave, kg: number, status = 0, error = 0): Promise<void> {
  await slave.set(1, 0, [...words(kg), 0, 0, ...words(kg), ...words((1 << 31) | status), ...words(error)]);
}

describe('a Laumas transmitter on a serial line', () => {
  test('is read as it stands, below zero, moving, above its range and out of order', async () => {
    const line = await joinTtys();
    closers.push(line.remove);
    const slave = await slaveOn({ path: line.far });
    await laumas(slave, stable, 12_460);
    const { next, indicator, said } = start('laumas-rtu', { kind: 'serial', path: line.station });
    await next('12460 still');
    await laumas(slave, 0, 12_480);
    await next('12480 moving');
    await laumas(slave, stable | (1 << 7), -40);
    await next('-40 still');
    await laumas(slave, stable | (1 << 2), 100_200);
    await next('over');
    await laumas(slave, stable | 1, 100_200);
    await vi.waitFor(
      () => {
        expect(indicator.stats().invalid['indicator-error']).toBeGreaterThan(2);
      },
      { timeout: 30_000 },
    );
    await laumas(slave, stable, 99_980);
    await next('99980 still');
    expect(said.filter((what) => what.startsWith('100200'))).toEqual([]);
    expect(indicator.stats().invalid).toMatchObject({ checksum: 0, form: 0, noise: 0 });
  });

  test('that is switched off and on again is read on; in between there is no weight', async () => {
    const line = await joinTtys();
    closers.push(line.remove);
    const first = await slaveOn({ path: line.far });
    await laumas(first, stable, 1000);
    const { next, states, said } = start('laumas-rtu', { kind: 'serial', path: line.station });
    await next('1000 still');
    await first.stop();
    await vi.waitFor(
      () => {
        expect(states.at(-1)).toBe('down');
      },
      { timeout: 30_000 },
    );
    const before = said.length;
    const second = await slaveOn({ path: line.far });
    await laumas(second, stable, 2000);
    await next('2000 still');
    expect(said.slice(before)).not.toContain('1000 still');
  });
});

describe('a Flintec transmitter over TCP', () => {
  test('is read as it shows, below zero, moving, over and under', async () => {
    const slave = await slaveOn({ port: 0 });
    await flintec(slave, 46_640);
    const { next, indicator } = start('flintec-tcp', { kind: 'tcp', host: '127.0.0.1', port: slave.port });
    await next('46640 still');
    await flintec(slave, 46_660, 1 << 2);
    await next('46660 moving');
    await flintec(slave, -60);
    await next('-60 still');
    await flintec(slave, 100_000, 0, 1 << 4);
    await next('over');
    await flintec(slave, -5000, 0, 1 << 3);
    await next('under');
    await flintec(slave, 46_640, 1 << 15);
    await vi.waitFor(
      () => {
        expect(indicator.stats().invalid.hold).toBeGreaterThan(2);
      },
      { timeout: 30_000 },
    );
    await flintec(slave, 46_680, 1 << 3);
    await vi.waitFor(
      () => {
        expect(indicator.stats().disagreeing).toBeGreaterThan(0);
      },
      { timeout: 30_000 },
    );
    await flintec(slave, 46_700);
    await next('46700 still');
  });

  test('stopped and started again on the same port it is read on', async () => {
    const first = await slaveOn({ port: 0 });
    await flintec(first, 1000);
    const { next, states } = start('flintec-tcp', { kind: 'tcp', host: '127.0.0.1', port: first.port });
    await next('1000 still');
    await first.stop();
    await vi.waitFor(
      () => {
        expect(states.at(-1)).toBe('down');
      },
      { timeout: 30_000 },
    );
    const second = await slaveOn({ port: first.port });
    await flintec(second, 2000);
    await next('2000 still');
  });
});

describe("an installer's own map", () => {
  const low = 'low-first';
  test.each([
    ['int16', 'high-first', [12_460], '12460'],
    ['int16', 'high-first', [0xffec], '-20'],
    ['int32', 'high-first', words(100_020), '100020'],
    ['int32', low, [...words(100_020)].reverse(), '100020'],
    ['int32', 'high-first', words(-20), '-20'],
    ['int32', low, [...words(-100_020)].reverse(), '-100020'],
    ['float32', 'high-first', floatWords(46_640), '46640'],
    ['float32', low, floatWords(46_640).reverse(), '46640'],
    ['float32', low, floatWords(-340).reverse(), '-340'],
  ] as const)('%s %s on a serial line and over TCP: %j is %s kg', async (type, wordOrder, values, kg) => {
    const line = await joinTtys();
    closers.push(line.remove);
    const rtu = await slaveOn({ path: line.far });
    const tcp = await slaveOn({ port: 0 });
    for (const slave of [rtu, tcp]) await slave.set(2, 40, values, 'i');
    const options = {
      unitId: 2,
      map: { functionCode: 4, firstAddress: 40, registers: values.length, weight: { type, wordOrder } },
    };
    const onSerial = start('modbus-rtu', { kind: 'serial', path: line.station }, options);
    const overTcp = start('modbus-tcp', { kind: 'tcp', host: '127.0.0.1', port: tcp.port }, options);
    await onSerial.next(kg);
    await overTcp.next(kg);
    expect(new Set([...onSerial.said, ...overTcp.said])).toEqual(new Set([kg]));
  });

  test('with bits for motion and range; another unit on the line is never this weight', async () => {
    const line = await joinTtys();
    closers.push(line.remove);
    const slave = await slaveOn({ path: line.far });
    await slave.set(1, 0, [0, ...words(99_999)]);
    await slave.set(3, 0, [0, ...words(5000)]);
    const { next, said } = start(
      'modbus-rtu',
      { kind: 'serial', path: line.station },
      {
        unitId: 3,
        map: {
          registers: 3,
          weight: { at: 1, type: 'int32' },
          motion: { at: 0, bit: 0 },
          over: { at: 0, bit: 1 },
          under: { at: 0, bit: 2 },
        },
      },
    );
    await next('5000 still');
    await slave.set(3, 0, [1, ...words(5020)]);
    await next('5020 moving');
    await slave.set(3, 0, [2, ...words(5020)]);
    await next('over');
    await slave.set(3, 0, [4, ...words(-5020)]);
    await next('under');
    expect(said.some((what) => what.startsWith('99999'))).toBe(false);
  });

  test('a block the slave does not have is refused, said so, and no weight', async () => {
    const slave = await slaveOn({ port: 0 });
    const { indicator, said } = start(
      'modbus-tcp',
      { kind: 'tcp', host: '127.0.0.1', port: slave.port },
      { map: { firstAddress: 5000 } },
    );
    await vi.waitFor(
      () => {
        expect(indicator.stats().invalid.refused).toBeGreaterThan(2);
      },
      { timeout: 30_000 },
    );
    expect(said).toEqual([]);
  });
});

describe('light barriers on the inputs of a module', () => {
  test('are read as inputs and as coils; a module that has no such inputs says so', async () => {
    const slave = await slaveOn({ port: 0 });
    await slave.set(2, 16, [1, 0, 1], 'd');
    await slave.set(2, 16, [0, 1, 1], 'c');
    const open = (change: object): (() => BeamsLive) => {
      const device = openBeams(
        BeamsConfig.parse({
          protocol: 'modbus-tcp',
          transport: { kind: 'tcp', host: '127.0.0.1', port: slave.port },
          unitId: 2,
          entry: { address: 16 },
          exit: { address: 18 },
          answerMs: 2000,
          ...change,
        }),
        () => undefined,
        { monotonicMs: () => performance.now() },
      );
      closers.push(device.close);
      return device.live;
    };
    const [inputs, coils, nowhere] = [
      open({}),
      open({ functionCode: 1 }),
      open({ entry: { address: 150 }, exit: { address: 250 } }),
    ];
    const shows = async (live: () => BeamsLive, text: string): Promise<void> => {
      await vi.waitFor(
        () => {
          expect(
            live()
              .beams.map(({ place, state }) => `${place} ${state}`)
              .join(' '),
          ).toBe(text);
        },
        { timeout: 15_000 },
      );
    };
    await shows(inputs, 'entry clear exit clear');
    await shows(coils, 'entry broken exit clear');
    await slave.set(2, 18, [0], 'd');
    await shows(inputs, 'entry clear exit broken');
    await vi.waitFor(
      () => {
        expect(nowhere().trouble).toEqual({ kind: 'exception', code: 2 });
      },
      { timeout: 15_000 },
    );
    await shows(nowhere, 'entry unknown exit unknown');
    await slave.stop();
    await shows(inputs, 'entry unknown exit unknown');
  });
});
