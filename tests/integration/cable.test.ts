import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { diniDevice, keliDevice, yaohuaDevice } from '../../native/instruments/bus/devices.testBus.ts';
import type { HandheldTty } from '../../native/instruments/bus/ttyPair.testBus.ts';
import { plugInTty } from '../../native/instruments/bus/ttyPair.testBus.ts';
import { Settings } from '../../native/settings.ts';
import { frame } from '../support/scale.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

const closers: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const patiently = { timeout: 30_000 };
const [own, dead, rubbish, healthy] = [
  yaohuaDevice('A'),
  yaohuaDevice('B'),
  keliDevice('C'),
  diniDevice('04'),
];

/** A serial server with four indicators behind it: the lane's own, a dead one, one that talks rubbish, a healthy one. */
async function startCable(): Promise<{ port: number; put: (kg: number) => void }> {
  let kg = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (asked) => {
      if (asked.equals(own.request)) socket.write(own.answer(kg));
      if (asked.equals(rubbish.request)) socket.write(Buffer.from([0x02, 0x43, 0xff, 0x00, 0x03]));
      if (asked.equals(healthy.request)) socket.write(healthy.answer(7_000));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(resolve);
      }),
  );
  return {
    port: (server.address() as AddressInfo).port,
    put: (value) => {
      kg = value;
    },
  };
}

const instrument = (port: number) => ({
  profile: own.profile,
  options: own.options,
  transport: { kind: 'tcp', host: '127.0.0.1', port },
  divisionKg: 20,
  maxKg: 100_000,
  pollMs: 50,
});
const neighbour = (name: string, { profile, options }: typeof own) => ({
  name,
  instrument: { profile, options, divisionKg: 20, maxKg: 100_000, pollMs: 200 },
});

describe('several indicators on one cable', () => {
  async function yardOnCable(): Promise<TestYard> {
    const cable = await startCable();
    const yard = await openYard((settings) => {
      settings.instrument = instrument(cable.port);
      settings.lineNeighbours = [
        neighbour('二号秤', dead),
        neighbour('三号秤', rubbish),
        neighbour('料斗秤', healthy),
      ];
    });
    closers.push(yard.close);
    return { ...yard, scale: { ...yard.scale, put: cable.put } };
  }

  it('a truck leaves with its slip while one of them is dead and one talks rubbish, and none lends it a weight', async () => {
    const yard = await yardOnCable();
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(await save(yard)).toMatchObject({ outcome: 'allow', paper: 'slip' });
    await driveOff(yard);
    const down = await yard.screen.until(
      'the dead one is seen',
      (view) =>
        view.devices.filter(({ kind, state }) => kind === 'neighbour' && state === 'down').length === 2,
    );
    expect(down.devices.find(({ kind }) => kind === 'indicator')?.state).toBe('ok');
    expect(down.devices.find(({ label }) => label === '料斗秤')).toMatchObject({ state: 'ok' });
    const kgs = yard.screen.weights.flatMap((weight) => (weight.kind === 'live' ? [weight.kg] : []));
    expect(new Set(kgs)).toEqual(new Set([0, 40_000]));
  });

  it('the installer sees each of them, and can try another one and come back', async () => {
    const yard = await yardOnCable();
    await yard.screen.until('own', (_, weight) => weight.kind === 'live');
    await expect
      .poll(async () => {
        const live = await yard.screen.call('instrument.live', {});
        return live.ok ? live.value.neighbours.map(({ name, address, kg }) => [name, address, kg]) : [];
      }, patiently)
      .toEqual([
        ['二号秤', 'B', null],
        ['三号秤', 'C', null],
        ['料斗秤', '04', 7000],
      ]);
    const { port } = yard.station.settings.instrument?.transport as { port: number };
    const tried = await yard.screen.call('instrument.try', {
      instrument: { ...instrument(port), profile: healthy.profile, options: healthy.options },
    });
    expect(tried).toMatchObject({ ok: true, value: { problems: [] } });
    await expect
      .poll(async () => {
        const live = await yard.screen.call('instrument.live', {});
        return live.ok && [live.value.source, live.value.kg, live.value.neighbours.length];
      }, patiently)
      .toEqual(['try', 7000, 0]);
    await yard.screen.call('instrument.stop', {});
    await yard.screen.until('own again', (_, weight) => weight.kind === 'live' && weight.kg === 0);
    expect(yard.screen.weights.some((weight) => weight.kind === 'live' && weight.kg === 7000)).toBe(false);
  });

  it.each([
    ['two of one address', [neighbour('x', own)], 'has the address of another one on this cable'],
    [
      'one that sends by itself',
      [{ name: 'x', instrument: { profile: 'yaohua-continuous', divisionKg: 20, maxKg: 100_000 } }],
      'must only answer when it is asked',
    ],
    [
      'a line of its own',
      [{ name: 'x', instrument: { ...neighbour('x', dead).instrument, transport: {} } }],
      'leave it out',
    ],
    ['a wrong field', [{ name: 'x', instrument: { ...neighbour('x', dead).instrument, divisionKg: 0 } }], ''],
  ])('%s is refused by the name of its field', (_, lineNeighbours, words) => {
    const checked = Settings.safeParse({ instrument: instrument(4001), lineNeighbours });
    const [issue] = checked.error?.issues ?? [];
    expect(issue?.path.slice(0, 2)).toEqual(['lineNeighbours', 0]);
    expect(issue?.message).toContain(words);
  });

  it('nobody shares a cable with an instrument that sends by itself', () => {
    const checked = Settings.safeParse({
      instrument: { ...instrument(4001), profile: 'yaohua-continuous', options: {} },
      lineNeighbours: [neighbour('x', dead)],
    });
    expect(checked.success).toBe(false);
  });
});

describe('a cable pulled while a truck stands on the scale', () => {
  it('takes the weight away, saves nothing, is found again, and the next truck is weighed', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-cable-'));
    const path = join(dir, 'indicator');
    let kg = 0;
    let tty: HandheldTty = await plugInTty(path, () => undefined);
    const timer = setInterval(() => {
      tty.write(frame(kg));
    }, 20);
    closers.push(async () => {
      clearInterval(timer);
      await tty.unplug();
      rmSync(dir, { recursive: true, force: true });
    });
    const opened = await openYard((settings) => {
      settings.instrument = {
        profile: 'yaohua-continuous',
        transport: { kind: 'serial', path },
        divisionKg: 20,
        maxKg: 100_000,
      };
    });
    closers.push(opened.close);
    const put = (value: number): void => {
      kg = value;
    };
    const yard: TestYard = { ...opened, scale: { ...opened.scale, put } };

    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await tty.unplug();
    await yard.screen.until('no weight', (_, weight) => weight.kind === 'none');
    const tried = await yard.screen.call('weighing.save', { crossingId: on.lane.crossingId ?? '' });
    expect(tried).toMatchObject({ ok: false, error: { code: 'scale-not-ready' } });

    tty = await plugInTty(path, () => undefined);
    await yard.screen.until('weight again', (_, weight) => weight.kind === 'live');
    put(0);
    await yard.screen.until('empty', (view) => view.lane.phase === 'zero');
    const left = yard.station.desk.deps.stores.ledger.lastOfType('crossing-closed');
    expect(JSON.parse(left?.text ?? '{}')).toMatchObject({
      body: { outcome: 'unexplained', interrupted: true },
    });
    await driveOn(yard, { plate: '晋C54321', kg: 42_000, facts: sixAxles, kind: 'gross' });
    expect(await save(yard)).toMatchObject({ number: 1, outcome: 'allow' });
  });
});
