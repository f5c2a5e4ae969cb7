// The packaged program the end-to-end tests drive: electron-builder's own output, on the Electron there is,
// opened for Playwright by one fuse that a release keeps shut.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { findElectron } from './electronRuntime.mjs';
import { cache, stageKey, stageProgram } from './stageDesktop.mjs';
import { stageOnce } from './stageOnce.mjs';

const root = resolve(import.meta.dirname, '..');
const inside = join('linux-unpacked', 'yuanheng');

/** Returns the executable of the packaged test copy. */
export async function packageForTests() {
  await bundle();
  const electron = await findElectron();
  if (electron === null) throw new Error('No Electron to package with');
  const key = stageKey(electron, ['electron-builder.yml']);
  return join(
    stageOnce(cache, 'packaged', key, (dir) => {
      packageInto(electron, dir);
    }),
    inside,
  );
}

function packageInto(electron, dir) {
  const program = join(dir, 'input');
  stageProgram(electron, program);
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
      `-c.directories.output=${dir}`,
      '-c.linux.executableName=yuanheng',
      '-c.electronFuses.enableNodeCliInspectArguments=true',
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0 || !existsSync(join(dir, inside))) throw new Error('Packaging failed');
  rmSync(program, { recursive: true });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  console.log(await packageForTests());
}
