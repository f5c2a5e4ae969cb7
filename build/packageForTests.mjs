// The packaged program the end-to-end tests drive: electron-builder's own output, on the Electron there is,
// opened for Playwright by one fuse that a release keeps shut.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { findElectron, setFuses } from './electronRuntime.mjs';
import { stageProgram, swapSqlite } from './stageDesktop.mjs';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, '.cache');

/** Returns the executable of the packaged test copy. */
export async function packageForTests() {
  await bundle();
  const electron = await findElectron();
  if (electron === null) throw new Error('No Electron to package with');
  const builtFrom = readFileSync(join(root, 'dist', 'built-from'), 'utf8');
  const key = createHash('sha256')
    .update(builtFrom + electron.dir + readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
    .digest('hex');
  const out = join(cache, 'packaged');
  const executable = join(out, 'linux-unpacked', 'yuanheng');
  const stamp = join(out, 'packaged-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return executable;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const program = stageProgram(electron, join(cache, 'package-input'));
  swapSqlite(electron, join(program, 'node_modules'));
  const { status } = spawnSync(
    join(root, 'node_modules', '.bin', 'electron-builder'),
    [
      '--linux',
      'dir',
      '--projectDir',
      program,
      '--config',
      join(root, 'electron-builder.yml'),
      `-c.electronDist=${electron.dir}`,
      `-c.electronVersion=${electron.carried ? electron.version : '45.4.1'}`,
      `-c.directories.output=${out}`,
      '-c.linux.executableName=yuanheng',
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0 || !existsSync(executable)) throw new Error('Packaging failed');
  await setFuses(executable, { EnableNodeCliInspectArguments: true });
  writeFileSync(stamp, key);
  return executable;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  console.log(await packageForTests());
}
