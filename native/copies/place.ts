import { open, stat } from 'node:fs/promises';
import type { Timers } from '../city/timers.ts';

/** Why a folder, disk, stick or share did not take what it was given. */
export interface PlaceProblem {
  readonly kind: 'missing' | 'full' | 'read-only' | 'slow' | 'damaged' | 'failed';
  readonly detail: string;
}

const kinds: Readonly<Record<string, PlaceProblem['kind']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ENODEV: 'missing',
  ENXIO: 'missing',
  // What a stick says that was pulled while it was written to.
  EIO: 'missing',
  ESTALE: 'missing',
  EHOSTDOWN: 'missing',
  ENOTCONN: 'missing',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  SQLITE_FULL: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  SQLITE_READONLY: 'read-only',
};

/** Thrown inside a copy where the reason is known already. */
export class PlaceError extends Error {
  readonly problem: PlaceProblem;

  constructor(kind: PlaceProblem['kind'], detail: string) {
    super(detail);
    this.problem = { kind, detail };
  }
}

/** A file system's or SQLite's refusal as one of a few kinds a person can act on. */
export function placeProblem(problem: unknown): PlaceProblem {
  if (problem instanceof PlaceError) return problem.problem;
  const detail = (problem instanceof Error ? problem.message : String(problem)).slice(0, 400);
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  return { kind: kinds[code] ?? 'failed', detail };
}

export function problemText({ kind, detail }: PlaceProblem): string {
  return `${kind}: ${detail}`.slice(0, 512);
}

/** The work's end, or `slow` once `ms` are over; the work itself cannot be stopped and may still end later. */
export async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  timers: Timers,
): Promise<{ readonly kind: 'done'; readonly value: T } | { readonly kind: 'slow' }> {
  let forget = (): void => undefined;
  const late = new Promise<{ readonly kind: 'slow' }>((resolve) => {
    forget = timers.after(ms, () => {
      resolve({ kind: 'slow' });
    });
  });
  try {
    return await Promise.race([work.then((value) => ({ kind: 'done', value }) as const), late]);
  } finally {
    forget();
  }
}

/** Windows has no folder to sync; there the rename itself is journalled. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True when both lie on one disk: a copy that dies with the original. */
export async function onOneDisk(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([stat(one), stat(other)]);
    return a.dev === b.dev;
  } catch {
    return false;
  }
}
