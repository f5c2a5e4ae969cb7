import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';

/** Hears every datagram and every connection that reaches one port of this machine. */
export interface Ear {
  readonly port: number;
  /** What was heard so far, closed by one knock of the test's own on each line: nothing is still under way. */
  readonly heard: () => Promise<readonly string[]>;
  readonly close: () => void;
}

export const knocks: readonly string[] = ['knock by TCP', 'knock by UDP'];

export async function openEar(): Promise<Ear> {
  const heard: string[] = [];
  const udp = createSocket('udp4');
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => {
      heard.push(bytes.toString('latin1').startsWith('knock') ? 'knock by TCP' : 'bytes by TCP');
      socket.destroy();
    });
    connections += 1;
  });
  let connections = 0;
  udp.on('message', (bytes) => {
    heard.push(bytes.toString('latin1').startsWith('knock') ? 'knock by UDP' : 'bytes by UDP');
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port,
    heard: async () => {
      const knock = connect(port, '127.0.0.1');
      knock.end('knock');
      await once(knock, 'close');
      udp.send('knock', port, '127.0.0.1');
      await once(udp, 'message');
      const silent = connections - heard.filter((line) => line.endsWith('TCP')).length;
      return [...heard, ...Array.from({ length: silent }, () => 'silent connection by TCP')].sort();
    },
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}
