import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Output } from './output.ts';
import { mostUnreadBytes, replugMs } from './output.ts';

const mostClients = 32;

/** Serves the frames to every TCP client, as a serial device server does. Rejects when the port is taken. */
export async function serveTcp(wanted: number, host = '127.0.0.1'): Promise<Output> {
  const clients = new Set<Socket>();
  let closed = false;
  let plugged = true;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    if (!plugged || clients.size >= mostClients) {
      socket.destroy();
      return;
    }
    clients.add(socket);
    socket.resume();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const listenAgain = (): void => {
    clearTimeout(retry);
    if (!closed && plugged && !server.listening) server.listen(port, host);
  };
  server.on('error', () => {
    retry = setTimeout(listenAgain, replugMs);
  });
  server.on('close', () => {
    if (!closed && plugged) listenAgain();
  });
  const dropClients = (): void => {
    for (const socket of clients) socket.destroy();
    clients.clear();
  };
  return {
    tcpPort: port,
    listening: () => clients.size > 0,
    write: (bytes) => {
      for (const socket of clients) {
        if (socket.writableLength <= mostUnreadBytes) socket.write(bytes);
      }
    },
    unplug: () => {
      plugged = false;
      dropClients();
      server.close();
    },
    plug: () => {
      plugged = true;
      listenAgain();
    },
    close: () =>
      new Promise((resolve) => {
        closed = true;
        clearTimeout(retry);
        dropClients();
        if (!server.listening) resolve();
        else {
          server.close(() => {
            resolve();
          });
        }
      }),
  };
}
