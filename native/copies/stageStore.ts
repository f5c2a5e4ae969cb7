import { open, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { Db } from '../store/database.ts';

const mostPages = 64;
const fewestPages = 8;
const stepMs = 3;
/** After this many bytes the copy is brought to the disk aside, so that SQLite's own sync at the end is short. */
const syncBytes = 8 * 1024 * 1024;

/**
 * A copy of the store as it is now, beside it on the same disk, made while the station goes on writing: SQLite's
 * online backup, a few pages at a time on the thread that reads the scale. (A thread of its own cannot load the
 * native module out of a packaged program.) The result is one file without a journal, readable from a medium that
 * cannot be written.
 */
export async function stageStore(db: Db, path: string, stopped: AbortSignal): Promise<void> {
  await removeStage(path);
  let pages = fewestPages;
  let unsynced = 0;
  let syncing: Promise<void> | null = null;
  const syncFaults: Error[] = [];
  let startedAt = performance.now();
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  try {
    await db.backup(path, {
      progress: () => {
        stopped.throwIfAborted();
        // Counted from the end of the last step: it includes what came between, so it only ever errs to fewer.
        const tookMs = performance.now() - startedAt;
        startedAt = performance.now();
        if (syncing !== null) return 0;
        pages = tookMs > stepMs ? Math.max(fewestPages, pages >> 1) : Math.min(mostPages, pages * 2);
        unsynced += pages * pageBytes;
        if (unsynced >= syncBytes) {
          unsynced = 0;
          syncing = syncFile(path)
            .catch((problem: unknown) => {
              syncFaults.push(problem instanceof Error ? problem : new Error(String(problem)));
            })
            .finally(() => {
              syncing = null;
            });
          return 0;
        }
        return pages;
      },
    });
    const [fault] = syncFaults;
    if (fault !== undefined) throw fault;
    const staged = new Database(path);
    try {
      staged.pragma('journal_mode = DELETE');
    } finally {
      staged.close();
    }
  } catch (problem) {
    await removeStage(path);
    throw problem;
  }
}

export async function removeStage(path: string): Promise<void> {
  for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
