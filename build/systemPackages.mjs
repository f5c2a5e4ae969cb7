// The system packages a desktop and the tests need. Plain JavaScript: it runs on Debian's own Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const desktop = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'fonts-noto-cjk',
  'udev',
  'unzip',
];
const tests = [
  ...desktop,
  'socat',
  'chromium-headless-shell',
  'poppler-utils',
  'cups',
  'cups-client',
  'cups-bsd',
  'printer-driver-cups-pdf',
  'openssl',
  'zbar-tools',
  'python3-pil',
  'ffmpeg',
  'mosquitto',
  'python3-openpyxl',
  'python3-pymodbus',
  'python3-serial-asyncio',
  'dbus-bin',
  'dbus-daemon',
  'gnome-keyring',
  'libsecret-1-0',
];
const purposes = { desktop, tests };

function missing(packages) {
  const asked = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  const installed = new Set(
    (asked.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/**
 * Installs what is missing when root on Debian; elsewhere says exactly what to install.
 * Returns whether everything is there.
 */
export function ensureSystemPackages(purpose) {
  if (process.platform !== 'linux') return true;
  const packages = purposes[purpose];
  if (!existsSync('/usr/bin/dpkg-query')) {
    console.error(`Not a Debian system: install what corresponds to: ${packages.join(' ')}`);
    return false;
  }
  const needed = missing(packages);
  if (needed.length === 0) return true;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${needed.join(' ')}`;
  if (process.getuid?.() !== 0) {
    console.error(`System packages are missing. Install them with:\n  sudo sh -c '${command}'`);
    return false;
  }
  console.error(`Installing system packages: ${needed.join(' ')}`);
  const { status } = spawnSync('sh', ['-c', command], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.error(`That failed. Try by hand:\n  ${command}`);
  return status === 0;
}
