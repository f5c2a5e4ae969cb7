// A folder the found Electron runs the program from: its own files linked, the program in resources/app.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { stageOnce } from './stageOnce.mjs';

const root = resolve(import.meta.dirname, '..');
export const cache = join(root, '.cache');

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

/** Names what a staged program is made of: the build, the Electron, and further files that shape it. */
export function stageKey(electron, files) {
  const hash = createHash('sha256').update(electron.dir).update(electron.version);
  for (const file of [join('dist', 'built-from'), 'package.json', ...files]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Fills a new folder with `package.json`, `dist/` and natives fit for this Electron. */
export function stageProgram(electron, to) {
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  cpSync(join(root, 'package.json'), join(to, 'package.json'));
  cpSync(join(root, 'dist'), join(to, 'dist'), { recursive: true });
  for (const name of natives) {
    const source = join(root, 'node_modules', name);
    if (existsSync(source)) cpSync(source, join(to, 'node_modules', name), { recursive: true });
  }
  if (electron.carried) swapSqlite(electron, join(to, 'node_modules'));
}

/** better-sqlite3 13 needs Node-API 10; the carried Electron brings the build that fits it. */
function swapSqlite(electron, modules) {
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
    rmSync(join(modules, name), { recursive: true, force: true });
    cpSync(join(electron.dir, 'natives', name), join(modules, name), { recursive: true });
  }
}

/** The executable and its arguments that run the program from the checkout. */
export function stageDesktop(electron) {
  const key = stageKey(electron, []);
  if (!electron.carried) {
    const program = stageOnce(cache, 'program', key, (dir) => {
      stageProgram(electron, dir);
    });
    return { executable: electron.executable, args: [program] };
  }
  // This Electron has no default app that would take a path: the program must lie in its resources.
  const dir = stageOnce(cache, 'desktop', key, (part) => {
    linkTree(electron.dir, part);
    stageProgram(electron, join(part, 'resources', 'app'));
  });
  return { executable: join(dir, 'electron'), args: [] };
}
