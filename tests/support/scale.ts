import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

/** A frame as the XK3190 manual draws it, built here apart from the program's own code. */
export function frame(kg: number): Buffer {
  const digits = String(Math.abs(kg)).padStart(6, '0');
  const bytes = [kg < 0 ? 0x2d : 0x2b, ...Buffer.from(digits, 'ascii'), 0x30];
  const sum = bytes.reduce((all, byte) => all ^ byte, 0);
  const nibble = (value: number): number => (value > 9 ? value + 0x37 : value + 0x30);
  return Buffer.from([0x02, ...bytes, nibble(sum >> 4), nibble(sum & 15), 0x03]);
}

export interface TestScale {
  readonly port: number;
  /** What stands on the deck from now on. */
  readonly put: (kg: number) => void;
  /** Stops the frames without closing the line. */
  readonly mute: (muted: boolean) => void;
  /** One frame of its own, now. */
  readonly send: (kg: number) => void;
  readonly drop: () => void;
  readonly close: () => Promise<void>;
}

/** An indicator on a TCP port that repeats the weight on its deck, 50 frames a second. */
export async function startScale(port = 0): Promise<TestScale> {
  let kg = 0;
  let muted = false;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  const timer = setInterval(() => {
    if (!muted) for (const socket of sockets) socket.write(frame(kg));
  }, 20);
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    put: (value) => {
      kg = value;
    },
    mute: (value) => {
      muted = value;
    },
    send: (value) => {
      for (const socket of sockets) socket.write(frame(value));
    },
    drop,
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        server.close(() => {
          resolve();
        });
        drop();
      }),
  };
}
