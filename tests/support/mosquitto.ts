import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestBroker {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A real broker on loopback that lets one user in. */
export async function startMosquitto(user: string, password: string): Promise<TestBroker> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-broker-'));
  const passwords = join(dir, 'passwords');
  const port = await freePort();
  execFileSync('mosquitto_passwd', ['-b', '-c', passwords, user, password]);
  writeFileSync(
    join(dir, 'mosquitto.conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nuser root\n`,
  );
  const broker = spawn('mosquitto', ['-c', join(dir, 'mosquitto.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  });
  await listening(broker);
  return {
    port,
    close: async () => {
      const gone = once(broker, 'exit');
      broker.kill();
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function listening(broker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    broker.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/mosquitto version .* running/.test(said)) resolve();
    });
    broker.on('error', reject);
    broker.on('exit', () => {
      reject(new Error(`mosquitto ended: ${said}`));
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
