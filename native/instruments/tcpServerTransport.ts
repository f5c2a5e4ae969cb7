import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Line, LineEvents } from './line.ts';
import type { TcpServerConfig } from './transportConfig.ts';

const keepAliveMs = 10_000;

/**
 * A serial server in client mode calls this port. The newest caller holds the line: after a power cut a
 * half-dead socket of the old connection would otherwise keep the new one out for minutes.
 */
export function openTcpServerLine(config: TcpServerConfig, events: LineEvents): Line {
  let caller: Socket | null = null;
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs }, take);
  server.maxConnections = 8;

  function take(socket: Socket): void {
    const from = plain(socket.remoteAddress);
    socket.on('error', () => socket.destroy());
    if (!config.allowFrom.includes(from)) {
      socket.destroy();
      return;
    }
    caller?.destroy();
    caller = socket;
    socket.on('data', (chunk: Uint8Array) => {
      if (socket === caller) events.onBytes(chunk);
    });
    socket.on('close', () => {
      if (socket === caller) caller = null;
    });
  }

  server.on('error', (problem: NodeJS.ErrnoException) => {
    events.onDown(problem.code ?? problem.message);
  });
  server.listen(config.port, config.host, () => {
    events.onOpen(`${config.host}:${String((server.address() as AddressInfo).port)}`);
  });
  return {
    send: (bytes) => {
      caller?.write(bytes);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        caller?.destroy();
      }),
  };
}

/** An IPv4 caller on a dual-stack socket is still the same address. */
export function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}
