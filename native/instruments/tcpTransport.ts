import { connect } from 'node:net';
import type { Line, LineEvents } from './line.ts';
import type { TcpConfig } from './transportConfig.ts';

const keepAliveMs = 10_000;

/** A TCP client: an Ethernet indicator or a serial server in TCP server mode. */
export function openTcpLine(config: TcpConfig, events: LineEvents): Line {
  const { host, port } = config;
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  const released = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  socket.on('connect', () => {
    events.onOpen(`${host}:${String(port)}`);
  });
  socket.on('data', (chunk: Uint8Array) => {
    events.onBytes(chunk);
  });
  socket.on('error', (problem: NodeJS.ErrnoException) => {
    events.onDown(problem.code ?? problem.message);
  });
  socket.on('end', () => {
    events.onDown('closed by the other side');
  });
  socket.on('close', () => {
    events.onDown('closed');
  });
  return {
    send: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    close: () => {
      socket.destroy();
      return released;
    },
  };
}
