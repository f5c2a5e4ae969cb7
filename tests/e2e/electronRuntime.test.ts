import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A checkout of nothing but the search for an Electron, with the carried one fetched already. */
let root: string;
const carried = '.cache/electron-33.2.1/electron';
const own = 'node_modules/electron/dist/electron';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-runtime-'));
  mkdirSync(join(root, 'build'));
  copyFileSync(
    join(import.meta.dirname, '..', '..', 'build', 'electronRuntime.mjs'),
    join(root, 'build', 'electronRuntime.mjs'),
  );
  put(carried, '');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function found(): Promise<unknown> {
  const module = (await import(pathToFileURL(join(root, 'build', 'electronRuntime.mjs')).href)) as {
    findElectron: () => Promise<{ executable: string } | null>;
  };
  return (await module.findElectron())?.executable;
}

const installer = `require('node:fs').mkdirSync(__dirname + '/dist');
require('node:fs').writeFileSync(__dirname + '/dist/electron', '');`;

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the search for an Electron', () => {
  it('takes the carried one when the package is not there', async () => {
    expect(await found()).toBe(join(root, carried));
  });

  it('takes the carried one when the package has no installer', async () => {
    put('node_modules/electron/package.json', '{"version":"45.0.0"}');
    expect(await found()).toBe(join(root, carried));
  });

  it('takes the carried one when the installer fails', async () => {
    put('node_modules/electron/package.json', '{"version":"45.0.0"}');
    put('node_modules/electron/install.js', 'process.exit(1)');
    expect(await found()).toBe(join(root, carried));
  });

  it.each([
    ['{"version":"45.0.0"}', 'install.js'],
    ['{"version":"46.0.0","bin":{"install-electron":"fetch.cjs"}}', 'fetch.cjs'],
  ])('takes what the installer of the package brought: %s', async (manifest, file) => {
    put('node_modules/electron/package.json', manifest);
    put(join('node_modules/electron', file), installer);
    expect(await found()).toBe(join(root, own));
  });
});
