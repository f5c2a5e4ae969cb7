// Folders programs run from: one per content, never changed once there, never removed under a running program.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, sep } from 'node:path';

/** A program may be about to start from a folder handed out just now. */
const handedOutMs = 600_000;

/** Returns `cache/name-key`, filled by `fill` on its first use; what older keys left behind is cleared away. */
export function stageOnce(cache, name, key, fill) {
  const dir = join(cache, `${name}-${key.slice(0, 16)}`);
  if (!existsSync(dir)) {
    mkdirSync(cache, { recursive: true });
    const part = mkdtempSync(join(cache, `part-${name}-`));
    try {
      chmodSync(part, 0o755);
      fill(part);
      moveTo(part, dir);
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
  }
  const now = new Date();
  utimesSync(dir, now, now);
  const stale = new RegExp(`^(part-)?${name}(-\\w+)?$`);
  for (const other of readdirSync(cache).filter((entry) => stale.test(entry))) {
    const path = join(cache, other);
    if (path !== dir && !mayRun(path)) rmSync(path, { recursive: true, force: true });
  }
  return dir;
}

function moveTo(part, dir) {
  try {
    renameSync(part, dir);
  } catch (problem) {
    // Another start of the same build was faster.
    if (!existsSync(dir)) throw problem;
  }
}

function mayRun(dir) {
  // Elsewhere nobody can tell, so the folder stays.
  if (process.platform !== 'linux') return true;
  if (Date.now() - statSync(dir).mtimeMs < handedOutMs) return true;
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && runsFrom(pid, dir));
}

function runsFrom(pid, dir) {
  try {
    const paths = [
      readlinkSync(`/proc/${pid}/exe`),
      ...readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
    ];
    return paths.some((path) => path === dir || path.startsWith(dir + sep));
  } catch {
    return false;
  }
}
