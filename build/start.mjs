// `npm start`: the desktop program where there is a display, else the browser console.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { endWithParent } from './endWithParent.mjs';
import { findElectron } from './electronRuntime.mjs';
import { stageDesktop } from './stageDesktop.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const root = resolve(import.meta.dirname, '..');
const share = process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
const dataDir = process.env.YUANHENG_DATA || join(share, 'yuanheng');
const config = join(dataDir, 'config.json');
const configured = existsSync(config);

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

let end = () => process.exit(143);

function run(command, args, stdio = 'inherit') {
  const child = spawn(command, args, { stdio });
  end = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
  child.on('error', (problem) => {
    console.error(problem.message);
    process.exit(1);
  });
}

// By hand it may be left running in the background; under npm its parent is npm's shell.
if (process.env.npm_lifecycle_event !== undefined) endWithParent(() => end());
mkdirSync(dataDir, { recursive: true });
await bundle();
const common = ['--data', dataDir, ...(configured ? ['--config', config] : ['--demo'])];
if (!configured) console.error(`No scale is configured (${config}): starting with a simulated yard, 演练.`);

const electron = hasDisplay() && ensureSystemPackages('desktop') ? await findElectron() : null;
if (electron === null) {
  run(
    process.execPath,
    [join(root, 'bin', 'yuanheng.mjs'), 'serve', ...common],
    [
      'inherit',
      'inherit',
      'inherit',
      // Closed with this process, however it ends: bin/yuanheng.mjs then ends, too.
      'ipc',
    ],
  );
} else {
  const { executable, args } = stageDesktop(electron);
  const flags = [];
  // Chromium refuses to run sandboxed as root; people of a yard are not root.
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  if (process.platform === 'linux' && !existsSync('/dev/dri')) flags.push('--disable-gpu');
  run(executable, [...args, ...flags, ...common]);
}
