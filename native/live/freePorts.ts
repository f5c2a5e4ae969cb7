import { createServer } from 'node:net';
import type { Go2rtcPorts } from './go2rtcConfig.ts';

/** Two loopback ports nobody listens on now. */
export async function freePorts(): Promise<Go2rtcPorts> {
  const [api, rtsp] = await Promise.all([holdPort(), holdPort()]);
  await Promise.all([api.free(), rtsp.free()]);
  return { api: api.port, rtsp: rtsp.port };
}

function holdPort(): Promise<{ readonly port: number; readonly free: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        port,
        free: () =>
          new Promise((done) =>
            server.close(() => {
              done();
            }),
          ),
      });
    });
  });
}
