// Runs at the end of `npm ci`: system packages, build, an Electron. Nothing here makes the install fail.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureSystemPackages } from './systemPackages.mjs';

const root = resolve(import.meta.dirname, '..');

async function prepare() {
  if (!existsSync(join(root, 'renderer', 'index.html'))) return;
  ensureSystemPackages('desktop');
  const { spawnSync } = await import('node:child_process');
  // The build runs on the project's own Node 24, whatever Node npm itself runs on.
  const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  spawnSync(existsSync(node) ? node : process.execPath, [join(root, 'build', 'prepare.mjs')], {
    stdio: 'inherit',
  });
}

await prepare().catch((problem) => {
  console.error(`Preparing did not finish (${problem.message}); npm start tries again.`);
});
