import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import type { CameraMischief, SimulatedCamera } from './camera.ts';
import { gbk } from './gbk.ts';
import { listenOn } from './serve.ts';
import { drillMark, serialNumber } from './snapshot.ts';
import { halfOf, plateResult } from './vzenithPush.ts';

function packet(type: 0 | 1, body: Uint8Array): Buffer {
  const head = Buffer.from([0x56, 0x5a, type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** Tells plates to whoever asked for them with `ivsresult`, in GB 2312. */
export async function vzenithTcpCamera(port: number, heartbeatMs = 1000): Promise<SimulatedCamera> {
  const open = new Set<Socket>();
  const asked = new Set<Socket>();
  let mischief: CameraMischief = 'none';
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('data', (chunk) => {
      if (chunk.includes('"cmd":"ivsresult"')) asked.add(socket);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      asked.delete(socket);
    });
  });
  const listening = await listenOn(server, port);
  const beat = setInterval(() => {
    if (mischief !== 'silent') for (const socket of open) socket.write(packet(1, new Uint8Array()));
  }, heartbeatMs);
  return {
    kind: 'vzenith-tcp',
    port: listening,
    see: (snapshot) => {
      if (asked.size === 0) return Promise.resolve('nobody listens');
      const { picture } = snapshot;
      const shown = mischief === 'cut-picture' ? halfOf(picture) : picture;
      const json = JSON.stringify({
        cmd: 'ivs_result',
        id: snapshot.plateId,
        deviceName: drillMark,
        serialno: serialNumber,
        fullImgSize: shown?.length ?? 0,
        clipImgSize: 0,
        imageformat: 'jpg',
        PlateResult: plateResult(snapshot),
      });
      const bytes = packet(0, Buffer.concat([gbk(json), Buffer.from([0]), shown ?? new Uint8Array()]));
      for (const socket of asked) {
        if (mischief === 'cut-stream') {
          socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket.destroy());
        } else if (mischief !== 'silent') socket.write(bytes);
      }
      return Promise.resolve('taken');
    },
    misbehave: (next) => {
      mischief = next;
    },
    failedLogins: () => 0,
    restart: () => {
      for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(beat);
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
