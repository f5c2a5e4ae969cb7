import { createSocket } from 'node:dgram';
import type { Line, LineEvents } from './line.ts';
import { plain } from './tcpServerTransport.ts';
import type { UdpConfig } from './transportConfig.ts';

/** Datagrams from named senders, each handed on as it came; a stranger's are dropped unread. */
export function openUdpLine(config: UdpConfig, events: LineEvents): Line {
  const socket = createSocket(config.host.includes(':') ? 'udp6' : 'udp4');
  const released = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  let open = true;
  socket.on('message', (chunk, from) => {
    if (config.allowFrom.includes(plain(from.address))) events.onBytes(chunk);
  });
  socket.on('error', (problem: NodeJS.ErrnoException) => {
    events.onDown(problem.code ?? problem.message);
  });
  socket.bind(config.port, config.host, () => {
    events.onOpen(`udp ${config.host}:${String(socket.address().port)}`);
  });
  return {
    send: (bytes) => {
      if (open && config.peer !== null)
        socket.send(bytes, config.peer.port, config.peer.host, () => undefined);
    },
    close: () => {
      if (open) socket.close();
      open = false;
      return released;
    },
  };
}
