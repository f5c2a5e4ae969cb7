import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { frame } from './scale.ts';

export interface TtyScale {
  /** The tty the station opens. */
  readonly path: string;
  readonly put: (kg: number) => void;
  readonly close: () => void;
}

/** An indicator on a real tty pair made by socat: 20 frames a second into one end. */
export async function startTtyScale(): Promise<TtyScale> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-tty-'));
  const path = join(dir, 'station');
  const far = join(dir, 'indicator');
  const socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, `pty,raw,echo=0,link=${far}`], {
    stdio: 'ignore',
  });
  for (let tries = 0; !(existsSync(path) && existsSync(far)); tries += 1) {
    if (tries > 500) throw new Error('socat made no ttys');
    await delay(10);
  }
  const file = openSync(far, 'w');
  let kg = 0;
  const timer = setInterval(() => {
    try {
      writeSync(file, frame(kg));
    } catch {
      // A full tty loses frames, as a cable with nobody at its end does.
    }
  }, 50);
  return {
    path,
    put: (value) => {
      kg = value;
    },
    close: () => {
      clearInterval(timer);
      closeSync(file);
      socat.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
