import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

const maxCurveBytes = 64 * 1024 * 1024;

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export type PictureKind = 'weighing' | 'exit' | 'document';

export interface KeptPicture {
  readonly sha256: string;
  readonly bytes: number;
}

/** Pictures on disk under their own hash: original bytes, never changed; the list of them is in the database. */
export class PictureStore {
  readonly #dir: string;
  readonly #db: Db;
  readonly #nowMs: () => number;
  #parts = 0;

  constructor(dir: string, db: Db, nowMs: () => number) {
    this.#dir = dir;
    this.#db = db;
    this.#nowMs = nowMs;
  }

  get dir(): string {
    return this.#dir;
  }

  /** Keeps the bytes and returns their SHA-256. Throws when the disk refuses. */
  keep(bytes: Uint8Array, kind: PictureKind = 'weighing'): string {
    const sha256 = sha256Hex(bytes);
    this.#write(sha256, bytes);
    this.enlist([{ sha256, bytes: bytes.length }], kind);
    return sha256;
  }

  /** Writes the bytes without this thread waiting for the disk; `enlist` has to follow. Rejects when the disk refuses. */
  async put(bytes: Uint8Array): Promise<KeptPicture> {
    const sha256 = sha256Hex(bytes);
    const kept = { sha256, bytes: bytes.length };
    const path = this.#path(sha256);
    if (existsSync(path)) return kept;
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.${String((this.#parts += 1))}.part`;
    try {
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
      await syncFolderBeside(dirname(path));
      return kept;
    } catch (problem) {
      await rm(part, { force: true });
      throw problem;
    }
  }

  /** Puts what is on the disk into the list, all of them or none. */
  enlist(pictures: readonly KeptPicture[], kind: PictureKind = 'weighing'): void {
    const one = prepared(
      this.#db,
      `INSERT INTO pictures (sha256, kind, bytes, kept_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET removed_ms = NULL, kept_ms = excluded.kept_ms,
         kind = CASE kind WHEN 'document' THEN kind ELSE excluded.kind END`,
    );
    const nowMs = this.#nowMs();
    this.#db.transaction(() => {
      for (const { sha256, bytes } of pictures) one.run(sha256, kind, bytes, nowMs);
    })();
  }

  /** Takes them out of the list of what is here, all of them or none; that they were stays in it. */
  drop(hashes: readonly string[], atMs: number): void {
    const dropOne = prepared(this.#db, 'UPDATE pictures SET removed_ms = ? WHERE sha256 = ?');
    this.#db.transaction(() => {
      for (const sha256 of hashes) dropOne.run(atMs, sha256);
    })();
  }

  /**
   * Takes a dropped one off the disk, away from this thread: freeing its blocks may take a slow disk a while. Its name
   * goes at once, so that it can be kept again meanwhile. What cannot be deleted now is tried at the next start.
   */
  async erase(sha256: string): Promise<void> {
    const dropped = prepared(this.#db, 'SELECT removed_ms FROM pictures WHERE sha256 = ?')
      .pluck()
      .get(sha256);
    if (typeof dropped !== 'number') return;
    const gone = `${this.#path(sha256)}.gone.part`;
    try {
      renameSync(this.#path(sha256), gone);
      await rm(gone, { force: true });
    } catch {
      // Nothing names it any more; all it costs is room.
    }
  }

  /** Files of the last ones dropped, that a program killed in between left. */
  async eraseLeftovers(): Promise<void> {
    const last = prepared(
      this.#db,
      'SELECT sha256 FROM pictures WHERE removed_ms IS NOT NULL ORDER BY removed_ms DESC LIMIT 100',
    )
      .pluck()
      .all() as string[];
    for (const sha256 of last) await this.erase(sha256);
  }

  #write(sha256: string, bytes: Uint8Array): void {
    const path = this.#path(sha256);
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    const part = `${path}.part`;
    try {
      const file = openSync(part, 'w', 0o600);
      try {
        writeSync(file, bytes);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(part, path);
      syncFolder(dirname(path));
    } catch (problem) {
      rmSync(part, { force: true });
      throw problem;
    }
  }

  /** The original bytes, or null when they are missing or no longer have their hash. */
  read(sha256: string): Uint8Array | null {
    const path = this.#path(sha256);
    if (!existsSync(path)) return null;
    const bytes = readFileSync(path);
    return sha256Hex(bytes) === sha256 ? bytes : null;
  }

  #path(sha256: string): string {
    return join(this.#dir, sha256.slice(0, 2), `${sha256}.jpg`);
  }
}

/** The record that names the picture must not outlive the picture's own name. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function syncFolderBeside(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Crossing curves, deflated, under the hash of what is stored. */
export class CurveStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  keep(text: string): string {
    const bytes = deflateRawSync(Buffer.from(text, 'utf8'));
    const sha256 = sha256Hex(bytes);
    this.#db.prepare('INSERT OR IGNORE INTO curves (sha256, bytes) VALUES (?, ?)').run(sha256, bytes);
    return sha256;
  }

  read(sha256: string): string | null {
    const row = this.#db.prepare('SELECT bytes FROM curves WHERE sha256 = ?').get(sha256) as
      { bytes: Buffer } | undefined;
    if (row === undefined || sha256Hex(row.bytes) !== sha256) return null;
    return inflateRawSync(row.bytes, { maxOutputLength: maxCurveBytes }).toString('utf8');
  }
}
