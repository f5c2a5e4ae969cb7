import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runSimulator } from './main.ts';
import type { Yard, YardEvent, YardOptions } from './yard.ts';
import { startYard } from './yard.ts';

const events: YardEvent[] = [];
const cleanup: (() => unknown)[] = [];

afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
  events.length = 0;
});

async function start(change: Partial<YardOptions> = {}): Promise<Yard> {
  const yard = await startYard({
    output: { tcpPort: 0 },
    cameraUrl: null,
    seed: 1,
    pace: 20,
    framesPerSecond: 50,
    onEvent: (event) => events.push(event),
    ...change,
  });
  cleanup.push(() => yard.stop());
  return yard;
}

/** Reads whole good frames, resynchronising on the start byte; written apart from the station's parser. */
class Reader {
  #bytes = Buffer.alloc(0);
  readonly kg: number[] = [];
  seen = 0;

  take(chunk: Buffer): void {
    this.seen += chunk.length;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (
      let at = this.#bytes.indexOf(2);
      at >= 0 && at + 12 <= this.#bytes.length;
      at = this.#bytes.indexOf(2)
    ) {
      const frame = this.#bytes.subarray(at, at + 12);
      const xor = frame.subarray(1, 9).reduce((sum, byte) => sum ^ byte, 0);
      const good =
        frame.subarray(9, 12).toString('latin1') === `${xor.toString(16).toUpperCase().padStart(2, '0')}\x03`;
      if (good) this.kg.push(Number(frame.subarray(1, 8).toString('latin1')));
      this.#bytes = Buffer.from(this.#bytes.subarray(good ? at + 12 : at + 1));
    }
  }
}

function listen(port: number | null): { readonly reader: Reader; readonly closed: () => boolean } {
  const reader = new Reader();
  let closed = false;
  const socket = connect(port ?? 0, '127.0.0.1');
  socket.on('data', (chunk: Buffer) => {
    reader.take(chunk);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
  });
  cleanup.push(() => socket.destroy());
  return { reader, closed: () => closed };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet: ${what}; ${JSON.stringify(events)}`);
    },
    { timeout: 40_000, interval: 20 },
  );
}

async function cameraPost(reply: (nth: number) => string): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      response.end(reply(bodies.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, bodies };
}

describe('a yard on a TCP port', () => {
  it('shows zero, the whole weight and zero again to every listener', async () => {
    const yard = await start({ cycle: [], dwellMs: null });
    const one = listen(yard.tcpPort);
    const two = listen(yard.tcpPort);
    expect(yard.send('legal')).toBe(true);
    expect(yard.send('nobody')).toBe(false);
    await until(() => events.some(({ kind }) => kind === 'standing'), 'standing');
    await until(
      () => new Set(one.reader.kg.slice(-20)).size === 1 && one.reader.kg.at(-1) === 46_640,
      'weight',
    );
    expect(two.reader.kg).toContain(46_640);
    expect(Math.abs(one.reader.kg[0] ?? 999)).toBeLessThanOrEqual(20);
    yard.release();
    await until(() => yard.idle(), 'gone');
    expect(Math.abs(one.reader.kg.at(-1) ?? 999)).toBeLessThanOrEqual(20);
    expect(events.map(({ kind }) => kind)).toEqual(['arriving', 'standing', 'leaving', 'gone']);
  });

  it('is not slowed by a listener that never reads', async () => {
    const yard = await start({ cycle: [], framesPerSecond: 100 });
    const deaf = connect(yard.tcpPort ?? 0, '127.0.0.1');
    deaf.pause();
    cleanup.push(() => deaf.destroy());
    const { reader } = listen(yard.tcpPort);
    await until(() => reader.kg.length > 100, 'frames');
  });

  it('makes every fault of a line on demand and recovers from each', async () => {
    const yard = await start({ cycle: [] });
    const { reader } = listen(yard.tcpPort);
    await until(() => reader.kg.length > 3, 'frames');
    for (const fault of ['wrong-checksums', 'half-frames'] as const) {
      yard.fault(fault);
      await until(() => reader.seen > 0, 'bytes');
      const { seen } = reader;
      await until(() => reader.seen > seen + 200, 'broken bytes');
      const good = reader.kg.length;
      const before = reader.seen;
      await until(() => reader.seen > before + 200, 'more broken bytes');
      expect(reader.kg.length - good).toBeLessThanOrEqual(1);
      yard.fault('none');
      await until(() => reader.kg.length > good + 5, 'good frames again');
    }
    yard.fault('noise');
    const noisy = reader.kg.length;
    await until(() => reader.kg.length > noisy + 5, 'good frames between noise');
    expect(Math.max(...reader.kg.map(Math.abs))).toBeLessThanOrEqual(20);
  });

  it('comes back on the same port after it was unplugged', async () => {
    const yard = await start({ cycle: [] });
    const before = listen(yard.tcpPort);
    await until(() => before.reader.kg.length > 3, 'frames');
    yard.fault('unplugged');
    await until(() => before.closed(), 'line closed');
    const during = listen(yard.tcpPort);
    await until(() => during.closed(), 'refused');
    yard.fault('none');
    await vi.waitFor(
      async () => {
        const after = listen(yard.tcpPort);
        await until(() => after.closed() || after.reader.kg.length > 3, 'answer');
        expect(after.reader.kg.length).toBeGreaterThan(3);
      },
      { timeout: 20_000 },
    );
  });
});

describe('the camera of the yard', () => {
  const stop = JSON.stringify({ Response_AlarmInfoPlate: { info: 'no', content: 'retransfer_stop' } });

  it('posts plate, colour and a picture, marked as a drill', async () => {
    const camera = await cameraPost(() => stop);
    const yard = await start({ cycle: [], cameraUrl: camera.url });
    listen(yard.tcpPort);
    yard.send('electric');
    await until(() => events.some(({ kind }) => kind === 'camera'), 'push');
    const { AlarmInfoPlate: alarm } = JSON.parse(camera.bodies[0] ?? '') as {
      AlarmInfoPlate: {
        deviceName: string;
        user_data: string;
        result: { PlateResult: { license: string; colorType: number; plateid: number; imageFile: string } };
      };
    };
    expect([alarm.deviceName, alarm.user_data]).toEqual(['YUANHENG-DRILL', 'YUANHENG-DRILL']);
    expect(alarm.result.PlateResult).toMatchObject({ license: '晋C06618D', colorType: 6 });
    const picture = Buffer.from(alarm.result.PlateResult.imageFile, 'base64');
    expect(picture.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(picture.subarray(-2).toString('hex')).toBe('ffd9');
  });

  it('says that it could read no plate, and sends again when it is not told to stop', async () => {
    const camera = await cameraPost((nth) => (nth === 1 ? 'garbage' : stop));
    const yard = await start({ cycle: [], cameraUrl: camera.url });
    listen(yard.tcpPort);
    yard.send('unread');
    await until(() => events.filter(({ kind }) => kind === 'camera').length === 2, 'second push');
    expect(camera.bodies[0]).toContain('"license":"_无_"');
    expect(camera.bodies[0]).toBe(camera.bodies[1]);
  });

  it('never stops the trucks when nobody answers it', async () => {
    const yard = await start({ cycle: ['legal'], dwellMs: 0, cameraUrl: 'http://127.0.0.1:9/' });
    listen(yard.tcpPort);
    await until(() => events.some(({ kind }) => kind === 'gone'), 'gone');
    await until(
      () => events.some((event) => event.kind === 'camera' && event.result !== 'taken'),
      'failed push',
    );
  });
});

describe('yuanheng sim', () => {
  async function run(...args: string[]): Promise<{ code: number; out: string[]; error: string[] }> {
    const out: string[] = [];
    const error: string[] = [];
    const io = {
      out: (line: string) => out.push(line),
      error: (line: string) => error.push(line),
      stopped: new Promise<void>(() => undefined),
    };
    return { code: await runSimulator(args, io), out, error };
  }

  it('answers a wrong argument with one clear line and exit code 2', async () => {
    for (const args of [
      [],
      ['--tcp', '0', '--tty', '/dev/null'],
      ['--tcp', '70000'],
      ['--tcp', '0', '--pace', '0'],
      ['--tcp', '0', '--dwell', '-1'],
      ['--tcp', '0', '--seed', 'x'],
      ['--tcp', '0', '--camera', 'ftp://x'],
      ['--tcp', '0', '--once', 'legal,nobody'],
      ['--bogus'],
      ['stray'],
    ]) {
      const { code, out, error } = await run(...args);
      expect([code, out, error.length]).toEqual([2, [], 1]);
      expect(error[0]).toMatch(/^yuanheng sim: .{5,}$/);
    }
  });

  it('lists its trucks', async () => {
    const { code, out } = await run('--list');
    expect(code).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { truck: string }).truck)).toContain('overloaded');
  });

  it('fails plainly on a tty that is not there', async () => {
    expect(await run('--tty', '/dev/no-such-tty')).toMatchObject({ code: 1, out: [] });
  });

  it('plays the truck of --once over a real tty and ends', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-sim-'));
    cleanup.push(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const [near, far] = [join(dir, 'near'), join(dir, 'far')];
    const socat: ChildProcess = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`]);
    cleanup.push(() => socat.kill());
    await until(() => existsSync(near) && existsSync(far), 'tty pair');
    const reader = new Reader();
    const port = new SerialPort({ path: far, baudRate: 9600 });
    port.on('data', (chunk: Buffer) => {
      reader.take(chunk);
    });
    cleanup.push(
      () =>
        new Promise<void>((resolve) => {
          port.close(() => {
            resolve();
          });
        }),
    );
    const played = await run('--tty', near, '--once', 'over-by-20', '--pace', '10', '--dwell', '30');
    expect(played.code).toBe(0);
    expect(reader.kg).toContain(49_020);
    expect(played.out.filter((line) => line.includes('"gone"'))).toHaveLength(1);
  });
});
