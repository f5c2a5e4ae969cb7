import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LineEvents } from './line.ts';
import { portOfIdentity } from './serialTransport.ts';
import type { Transport, TransportState } from './transport.ts';
import { openTransport, systemTransportDeps, TransportConfig } from './transport.ts';

const config = TransportConfig.parse({
  kind: 'tcp',
  host: '127.0.0.1',
  port: 1,
  quietMs: 5000,
  openTimeoutMs: 4000,
});

/** A line and timers driven by hand. */
function bench() {
  const states: TransportState[] = [];
  const chunks: number[] = [];
  let hangs = false;
  const timers = new Map<number, { readonly run: () => void; readonly dueMs: number }>();
  const opened: { readonly events: LineEvents; closed: boolean }[] = [];
  let nowMs = 0;
  let nextTimer = 0;
  const transport = openTransport(
    config,
    { onBytes: (chunk) => chunks.push(...chunk), onState: (state) => states.push(state) },
    {
      monotonicMs: () => nowMs,
      startTimer: (run, afterMs) => {
        const id = (nextTimer += 1);
        timers.set(id, { run, dueMs: nowMs + afterMs });
        return () => timers.delete(id);
      },
    },
    (_config, events) => {
      const line = { events, closed: false };
      opened.push(line);
      return {
        send: () => undefined,
        close: () => {
          line.closed = true;
          return hangs ? new Promise(() => undefined) : Promise.resolve();
        },
      };
    },
  );
  return {
    transport,
    states,
    chunks,
    opened,
    timers,
    line: () => opened.at(-1)!,
    hang: () => {
      hangs = true;
    },
    pass: async (ms: number) => {
      const endMs = nowMs + ms;
      for (;;) {
        const due = [...timers]
          .filter(([, { dueMs }]) => dueMs <= endMs)
          .sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        nowMs = due[1].dueMs;
        due[1].run();
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      nowMs = endMs;
    },
  };
}

describe('keeping a line open', () => {
  test('waits 1, 2, 5, 10, 30 and again 30 s, and 1 s again after good data', async () => {
    const { line, pass, states, transport } = bench();
    for (const waitMs of [1000, 2000, 5000, 10_000, 30_000, 30_000]) {
      line().events.onDown('gone');
      expect(states.at(-1)).toEqual({ kind: 'down', error: 'gone', retryInMs: waitMs });
      await pass(waitMs);
      expect(states.at(-1)).toEqual({ kind: 'connecting' });
    }
    line().events.onOpen('here');
    transport.dataWasGood();
    line().events.onDown('gone');
    expect(states.at(-1)).toMatchObject({ retryInMs: 1000 });
  });

  test('a line that brings nothing is opened anew, even when no close event ever comes', async () => {
    const { line, opened, pass, states } = bench();
    line().events.onOpen('here');
    await pass(4000);
    line().events.onBytes(new Uint8Array([1]));
    await pass(4000);
    expect(states.at(-1)?.kind).toBe('open');
    await pass(1000);
    expect(states.at(-1)).toMatchObject({ kind: 'down', error: 'nothing heard for 5000 ms' });
    expect(opened[0]?.closed).toBe(true);
    await pass(1000);
    expect(opened).toHaveLength(2);
  });

  test('an opening that never answers is given up', async () => {
    const { pass, states } = bench();
    await pass(4000);
    expect(states.at(-1)).toMatchObject({ kind: 'down', error: 'not open after 4000 ms' });
  });

  test('a driver that hangs on closing does not keep the line closed', async () => {
    const { hang, line, opened, pass } = bench();
    hang();
    line().events.onDown('gone');
    await pass(4000);
    expect(opened).toHaveLength(2);
  });

  test('one break is one report, however many events it makes', () => {
    const { line, states } = bench();
    line().events.onDown('EIO');
    line().events.onDown('closed');
    expect(states).toHaveLength(2);
  });

  test('bytes of an abandoned attempt are not heard', async () => {
    const { chunks, opened, pass } = bench();
    opened[0]?.events.onDown('gone');
    await pass(1000);
    opened[0]?.events.onOpen('late');
    opened[0]?.events.onBytes(new Uint8Array([1]));
    opened[1]?.events.onOpen('here');
    opened[1]?.events.onBytes(new Uint8Array([2]));
    expect(chunks).toEqual([2]);
  });

  test('after closing there is no timer, no event and no new attempt', async () => {
    const { line, opened, pass, states, timers, transport } = bench();
    line().events.onOpen('here');
    await transport.close();
    line().events.onDown('closed');
    await pass(100_000);
    expect([opened.length, timers.size, states.at(-1)?.kind]).toEqual([1, 0, 'open']);
  });
});

describe('a real TCP peer', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  function start(port: number) {
    const states: TransportState[] = [];
    const chunks: Uint8Array[] = [];
    const transport: Transport = openTransport(
      TransportConfig.parse({ kind: 'tcp', host: '127.0.0.1', port, quietMs: 60_000, openTimeoutMs: 60_000 }),
      { onBytes: (chunk) => chunks.push(chunk), onState: (state) => states.push(state) },
      // Only the waits between attempts are made short.
      {
        ...systemTransportDeps,
        startTimer: (run, ms) => systemTransportDeps.startTimer(run, ms >= 59_000 ? ms : 5),
      },
    );
    closers.push(() => transport.close());
    return { states, text: () => Buffer.concat(chunks).toString(), transport };
  }

  function serve(onSocket: (socket: Socket) => void, port = 0): Promise<Server> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    return new Promise((resolve) => {
      server.listen(port, '127.0.0.1', () => {
        resolve(server);
      });
    });
  }

  const stop = (server: Server): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });

  test('a peer that drops, resets and comes back on the same port is read on', async () => {
    let visits = 0;
    const onSocket = (socket: Socket): void => {
      visits += 1;
      socket.write(`visit ${visits};`, () => {
        if (visits === 1) socket.end();
        if (visits === 2) socket.resetAndDestroy();
      });
    };
    const first = await serve(onSocket);
    const { port } = first.address() as AddressInfo;
    const { states, text, transport } = start(port);
    await vi.waitFor(
      () => {
        expect(text()).toContain('visit 3;');
      },
      { timeout: 30_000 },
    );
    const firstStopped = stop(first);
    await transport.close();
    await firstStopped;
    const lines = states.flatMap((state) => (state.kind === 'down' ? [state.error] : []));
    expect(lines).toContain('closed by the other side');

    const again = start(port);
    await vi.waitFor(
      () => {
        expect(again.states.filter(({ kind }) => kind === 'down').length).toBeGreaterThan(2);
      },
      { timeout: 30_000 },
    );
    expect(again.states.find(({ kind }) => kind === 'down')).toMatchObject({ error: 'ECONNREFUSED' });
    const second = await serve(onSocket, port);
    closers.push(() => stop(second));
    await vi.waitFor(
      () => {
        expect(again.text()).toContain('visit 4;');
      },
      { timeout: 30_000 },
    );
    await again.transport.close();
  });

  test('a host that does not exist is a state, not a crash', async () => {
    const states: TransportState[] = [];
    const transport = openTransport(
      TransportConfig.parse({ kind: 'tcp', host: 'no-such-host.invalid', port: 9 }),
      { onBytes: () => undefined, onState: (state) => states.push(state) },
    );
    closers.push(() => transport.close());
    await vi.waitFor(
      () => {
        expect(states.some(({ kind }) => kind === 'down')).toBe(true);
      },
      { timeout: 20_000 },
    );
  });
});

describe('an adapter named by its USB identity', () => {
  const usb = { vendorId: '1A86', productId: '7523' };
  const ports = [
    { path: '/dev/ttyS0' },
    { path: '/dev/ttyUSB0', vendorId: '1a86', productId: '7523', serialNumber: 'A' },
    { path: '/dev/ttyUSB1', vendorId: '1a86', productId: '7523', serialNumber: 'B' },
  ];

  test('is found wherever it is plugged in', () => {
    expect(portOfIdentity(ports, { usb: { ...usb, serialNumber: 'B' } })).toBe('/dev/ttyUSB1');
    expect(portOfIdentity(ports.slice(0, 2), { usb, path: '/dev/ttyUSB7' })).toBe('/dev/ttyUSB0');
  });

  test('two that look alike are told apart by the path, or not used at all', () => {
    expect(portOfIdentity(ports, { usb, path: '/dev/ttyUSB1' })).toBe('/dev/ttyUSB1');
    expect(() => portOfIdentity(ports, { usb })).toThrow('several adapters');
    expect(() => portOfIdentity(ports, { usb: { ...usb, productId: '0000' } })).toThrow('no USB');
  });
});

test.each<[object, string]>([
  [{ kind: 'serial' }, 'neither path nor identity'],
  [{ kind: 'serial', path: '/dev/ttyS0', baudRate: '9600' }, 'a number as text'],
  [{ kind: 'serial', path: '/dev/ttyS0', speed: 9600 }, 'an unknown setting'],
  [{ kind: 'tcp', host: 'x', port: 70_000 }, 'no such port'],
  [{ kind: 'udp', host: 'x', port: 7 }, 'an unknown kind'],
])('%j is refused: %s', (value, _why) => {
  expect(TransportConfig.safeParse(value).success).toBe(false);
});
