import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface TtyPair {
  /** The end the station opens. */
  readonly station: string;
  /** The other end. */
  readonly far: string;
  readonly remove: () => Promise<void>;
}

const isThere = (link: string): boolean => existsSync(link) && existsSync(readlinkSync(link));

async function untilThere(links: readonly string[]): Promise<void> {
  for (let tries = 0; !links.every(isThere); tries += 1) {
    if (tries > 1000) throw new Error('socat made no ttys');
    await delay(10);
  }
}

/** Two ttys joined by socat, as a null-modem cable would. */
export async function joinTtys(): Promise<TtyPair> {
  const directory = mkdtempSync(join(tmpdir(), 'yuanheng-bus-'));
  const [station, far] = [join(directory, 'station'), join(directory, 'far')];
  const socat = spawn('socat', [`PTY,link=${station},rawer`, `PTY,link=${far},rawer`], { stdio: 'ignore' });
  const ended = once(socat, 'exit');
  await untilThere([station, far]);
  return {
    station,
    far,
    remove: async () => {
      socat.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface HandheldTty {
  readonly path: string;
  readonly write: (bytes: Uint8Array) => void;
  readonly unplug: () => Promise<void>;
}

/** A tty at `path` whose other end is this program. */
export async function plugInTty(path: string, onBytes: (bytes: Buffer) => void): Promise<HandheldTty> {
  const socat = spawn('socat', ['-', `PTY,link=${path},rawer`], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(socat, 'exit');
  socat.stdin.on('error', () => undefined);
  socat.stdout.on('data', onBytes);
  await untilThere([path]);
  return {
    path,
    write: (bytes) => {
      socat.stdin.write(bytes);
    },
    unplug: async () => {
      socat.kill('SIGKILL');
      await ended;
      rmSync(path, { force: true });
    },
  };
}
