// A folder the found Electron runs the program from: its own files linked, the program in resources/app.
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  copyFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === 'natives') continue;
    const source = join(from, name);
    if (statSync(source).isDirectory()) linkTree(source, join(to, name));
    else {
      try {
        linkSync(source, join(to, name));
      } catch {
        copyFileSync(source, join(to, name));
      }
    }
  }
}

/** Modules that stay outside the bundle, with what they need. */
const natives = ['better-sqlite3', 'serialport', '@serialport', 'debug', 'ms', 'node-gyp-build'];

/** Returns the folder with `package.json`, `dist/` and natives fit for this Electron. */
export function stageProgram(electron, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  cpSync(join(root, 'package.json'), join(to, 'package.json'));
  cpSync(join(root, 'dist'), join(to, 'dist'), { recursive: true });
  for (const name of natives) {
    const source = join(root, 'node_modules', name);
    if (existsSync(source)) cpSync(source, join(to, 'node_modules', name), { recursive: true });
  }
  swapSqlite(electron, join(to, 'node_modules'));
  return to;
}

/** better-sqlite3 13 needs Node-API 10; the carried Electron brings the build that fits it. */
export function swapSqlite(electron, modules) {
  if (!electron.carried) return;
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
    rmSync(join(modules, name), { recursive: true, force: true });
    cpSync(join(electron.dir, 'natives', name), join(modules, name), { recursive: true });
  }
}

/** The executable and its arguments that run the program from the checkout. */
export function stageDesktop(electron) {
  if (!electron.carried) {
    return {
      executable: electron.executable,
      args: [stageProgram(electron, join(root, '.cache', 'program'))],
    };
  }
  // This Electron has no default app that would take a path: the program must lie in its resources.
  const dir = join(root, '.cache', 'desktop');
  if (!existsSync(join(dir, 'electron'))) linkTree(electron.dir, dir);
  stageProgram(electron, join(dir, 'resources', 'app'));
  return { executable: join(dir, 'electron'), args: [] };
}
