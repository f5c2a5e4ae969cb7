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
import { dirname, join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';

const maxCurveBytes = 64 * 1024 * 1024;

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export type PictureKind = 'weighing' | 'exit' | 'document';

/** Pictures on disk under their own hash: original bytes, never changed; the list of them is in the database. */
export class PictureStore {
  readonly #dir: string;
  readonly #db: Db;
  readonly #nowMs: () => number;

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
    prepared(
      this.#db,
      `INSERT INTO pictures (sha256, kind, bytes, kept_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET removed_ms = NULL, kept_ms = excluded.kept_ms,
         kind = CASE kind WHEN 'document' THEN kind ELSE excluded.kind END`,
    ).run(sha256, kind, bytes.length, this.#nowMs());
    return sha256;
  }

  /** Takes the file away; that it was here stays in the list. */
  remove(sha256: string, atMs: number): void {
    rmSync(this.#path(sha256), { force: true });
    prepared(this.#db, 'UPDATE pictures SET removed_ms = ? WHERE sha256 = ?').run(atMs, sha256);
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
