import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  rmdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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

export interface LostDisk {
  readonly path: string;
  /** From now on every file on it fails, those that are open too. */
  readonly lose: () => void;
  /** It is plugged in again, with what had reached it. */
  readonly bringBack: () => void;
  readonly close: () => void;
}

/** `FS_IOC_SHUTDOWN` without writing the journal out: what a file system sees whose disk was pulled. */
const shutDown = `import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))`;

/** A disk that goes away under a running program; null where this system has no loop devices to make one of. */
export function mountLostDisk(): LostDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'yuanheng-lost-'));
  const path = join(folder, 'disk');
  mkdirSync(path);
  const mount = (image: string): boolean => spawnSync('mount', ['-o', 'loop', image, path]).status === 0;
  const image = join(folder, 'image');
  writeFileSync(image, '');
  truncateSync(image, 48 * 1024 * 1024);
  const made = spawnSync('mkfs.ext4', ['-q', '-F', image]).status === 0 && mount(image);
  const close = (): void => {
    spawnSync('umount', ['-l', path]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!made) {
    close();
    return null;
  }
  return {
    path,
    lose: () => {
      run('python3', ['-c', shutDown, path]);
    },
    bringBack: () => {
      run('umount', ['-l', path]);
      copyFileSync(image, `${image}-again`);
      if (!mount(`${image}-again`)) throw new Error('mount');
    },
    close,
  };
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}
