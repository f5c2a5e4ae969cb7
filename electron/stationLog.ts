import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const maxLogBytes = 2 * 1024 * 1024;

/** Appends what the station process prints to `logs/station.log`, with one older file kept beside it. */
export function stationLog(dataDir: string): (chunk: Buffer) => void {
  const dir = join(dataDir, 'logs');
  const file = join(dir, 'station.log');
  return (chunk) => {
    try {
      mkdirSync(dir, { recursive: true });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > maxLogBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, chunk);
    } catch {
      // A full disk must not stop the window; the station says so on its own.
    }
  };
}
