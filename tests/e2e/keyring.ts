import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';

export interface Keyring {
  /** What a program needs to find it, and nothing else's. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** An account of its own under `home`: no secret of the machine's reaches it, and none of its own the machine. */
export function accountEnv(home: string): Readonly<Record<string, string>> {
  const at = (name: string): string => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  return {
    HOME: at('.'),
    XDG_CONFIG_HOME: at('config'),
    XDG_DATA_HOME: at('share'),
    XDG_STATE_HOME: at('state'),
    XDG_CACHE_HOME: at('cache'),
    XDG_RUNTIME_DIR: at('run'),
    XDG_CURRENT_DESKTOP: '',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    YUANHENG_KEY_SECRET: '',
  };
}

/** A real, unlocked GNOME keyring on a session bus of its own. */
export async function openKeyring(home: string): Promise<Keyring> {
  const account = accountEnv(home);
  const address = `unix:path=${join(home, 'run', 'bus')}`;
  const env = { ...account, DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: 'GNOME' };
  const options = { env: { ...process.env, ...env } };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', `--address=${address}`], {
    ...options,
    stdio: 'ignore',
  });
  const asks = (name: string): string =>
    spawnSync(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        `string:${name}`,
      ],
      { ...options, encoding: 'utf8' },
    ).stdout;
  await vi.waitFor(() => {
    expect(asks('org.freedesktop.DBus')).toContain('true');
  }, 20_000);
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    ...options,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin.end('a password');
  await vi.waitFor(() => {
    expect(asks('org.freedesktop.secrets')).toContain('true');
  }, 20_000);
  return {
    env,
    close: async () => {
      await ended(daemon);
      await ended(bus);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill();
  });
}
