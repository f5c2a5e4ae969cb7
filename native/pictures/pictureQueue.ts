import type { PictureQueue } from '../city/pictureUpload.ts';
import type { Stores } from '../store/stores.ts';

/** The pictures the platform has not confirmed yet, oldest first. */
export function pictureQueue({ db, pictures }: Pick<Stores, 'db' | 'pictures'>): PictureQueue {
  const waiting = db.prepare(
    'SELECT sha256 FROM pictures WHERE uploaded_ms IS NULL AND removed_ms IS NULL ORDER BY kept_ms LIMIT ?',
  );
  const done = db.prepare('UPDATE pictures SET uploaded_ms = ? WHERE sha256 = ?');
  return {
    next: (refused) => {
      const rows = waiting.pluck().all(refused.size + 1) as string[];
      const sha256 = rows.find((row) => !refused.has(row));
      return sha256 === undefined ? null : { sha256, bytes: pictures.read(sha256) };
    },
    uploaded: (sha256, atMs) => {
      done.run(atMs, sha256);
    },
  };
}
