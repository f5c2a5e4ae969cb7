import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Line } from './line.ts';
import { openTcpServerLine } from './tcpServerTransport.ts';
import { TransportConfig } from './transportConfig.ts';
import { openUdpLine } from './udpTransport.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Heard {
  readonly line: Line;
  readonly port: number;
  readonly text: () => string;
}

async function openLine(raw: Record<string, unknown>): Promise<Heard> {
  const config = TransportConfig.parse({ host: '127.0.0.1', port: 0, allowFrom: ['127.0.0.1'], ...raw });
  let text = '';
  let detail = '';
  const events = {
    onOpen: (said: string) => {
      detail = said;
    },
    onBytes: (chunk: Uint8Array) => {
      text += Buffer.from(chunk).toString('latin1');
    },
    onDown: (error: string) => {
      throw new Error(error);
    },
  };
  const line =
    config.kind === 'udp'
      ? openUdpLine(config, events)
      : config.kind === 'tcp-server'
        ? openTcpServerLine(config, events)
        : null;
  if (line === null) throw new Error('not a network line');
  closers.push(line.close);
  await vi.waitFor(
    () => {
      expect(detail).not.toBe('');
    },
    { timeout: 30_000 },
  );
  return { line, port: Number(detail.split(':').at(-1)), text: () => text };
}

function call(port: number): Promise<ReturnType<typeof connect>> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      resolve(socket);
    });
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
  });
}

describe('a serial server that calls the station', () => {
  it('is heard, and asked back on the same line', async () => {
    const { line, port, text } = await openLine({ kind: 'tcp-server' });
    const caller = await call(port);
    let asked = '';
    caller.on('data', (chunk) => (asked += chunk.toString('latin1')));
    caller.write('=000.300');
    await vi.waitFor(
      () => {
        expect(text()).toBe('=000.300');
      },
      { timeout: 30_000 },
    );
    line.send(Buffer.from('READ\r\n'));
    await vi.waitFor(
      () => {
        expect(asked).toBe('READ\r\n');
      },
      { timeout: 30_000 },
    );
  });

  it('calling again takes the line over from its own half-dead connection', async () => {
    const { port, text } = await openLine({ kind: 'tcp-server' });
    const old = await call(port);
    old.write('old');
    await vi.waitFor(
      () => {
        expect(text()).toBe('old');
      },
      { timeout: 30_000 },
    );
    const gone = new Promise((resolve) => old.once('close', resolve));
    const fresh = await call(port);
    await gone;
    fresh.write(' new');
    await vi.waitFor(
      () => {
        expect(text()).toBe('old new');
      },
      { timeout: 30_000 },
    );
  });

  it('from an address nobody named is hung up on', async () => {
    const { port, text } = await openLine({ kind: 'tcp-server', allowFrom: ['127.0.0.2'] });
    const stranger = await call(port);
    const gone = new Promise((resolve) => stranger.once('close', resolve));
    stranger.write('022B30303030303030314203');
    await gone;
    expect(text()).toBe('');
  });
});

describe('datagrams', () => {
  it('are heard from the named sender and answered to the named peer', async () => {
    const peer = createSocket('udp4');
    closers.push(() => {
      peer.close();
    });
    await new Promise<void>((resolve) => {
      peer.bind(0, '127.0.0.1', resolve);
    });
    let asked = '';
    peer.on('message', (chunk) => (asked += chunk.toString('latin1')));
    const { line, port, text } = await openLine({
      kind: 'udp',
      peer: { host: '127.0.0.1', port: peer.address().port },
    });
    peer.send('=000.300', port, '127.0.0.1');
    await vi.waitFor(
      () => {
        expect(text()).toBe('=000.300');
      },
      { timeout: 30_000 },
    );
    line.send(Buffer.from('S\r\n'));
    await vi.waitFor(
      () => {
        expect(asked).toBe('S\r\n');
      },
      { timeout: 30_000 },
    );
  });

  it('of a stranger are dropped unread', async () => {
    const { port, text } = await openLine({ kind: 'udp', allowFrom: ['127.0.0.2'] });
    const known = await openLine({ kind: 'udp' });
    const stranger = createSocket('udp4');
    closers.push(() => {
      stranger.close();
    });
    stranger.send('=999.999', port, '127.0.0.1');
    stranger.send('heard', known.port, '127.0.0.1');
    await vi.waitFor(
      () => {
        expect(known.text()).toBe('heard');
      },
      { timeout: 30_000 },
    );
    expect(text()).toBe('');
  });
});
