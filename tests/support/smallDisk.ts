import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly path: string;
  /** From now on it takes nothing. */
  readonly makeReadOnly: () => void;
  /** As a stick that is pulled: what is open fails, what is asked for is not there. */
  readonly pull: () => void;
  readonly close: () => void;
}

/** Whether this account may mount a disk of its own. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A real file system with a real end, in memory. */
export function mountSmallDisk(kilobytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'yuanheng-disk-'));
  run('mount', ['-t', 'tmpfs', '-o', `size=${String(kilobytes)}k`, 'tmpfs', path]);
  let mounted = true;
  const unmount = (): void => {
    if (mounted) run('umount', ['-l', path]);
    mounted = false;
  };
  return {
    path,
    makeReadOnly: () => {
      run('mount', ['-o', 'remount,ro', path]);
    },
    pull: () => {
      unmount();
      rmdirSync(path);
    },
    close: () => {
      unmount();
      spawnSync('rmdir', [path]);
    },
  };
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}
