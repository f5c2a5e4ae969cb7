import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DriverEntry } from '../../station/vehicles/register/entries.ts';
import { handClock } from '../handClock.ts';
import type { PictureKind } from '../store/blobStore.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import { pictureToRemove, removedBody, usedBytes } from './retention.ts';
import { RetentionSettings } from './retentionSettings.ts';

const dayMs = 86_400_000;
let dir = '';
let stores: Stores;
let clock: ReturnType<typeof handClock>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-pictures-'));
  clock = handClock();
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, clock, true);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

let nth = 0;
/** A picture of its own content, kept so many days ago. */
function keep(kind: PictureKind, daysAgo: number, sizeBytes = 100): string {
  nth += 1;
  const nowMs = clock.nowMs();
  clock.setNow(nowMs - daysAgo * dayMs);
  const sha256 = stores.pictures.keep(Buffer.alloc(sizeBytes, `picture ${String(nth)}`), kind);
  clock.setNow(nowMs);
  return sha256;
}
const settings = (change: object = {}) =>
  RetentionSettings.parse({ pictureMonths: 2, leastPictureMonths: 1, ...change });
const toRemove = (change: object = {}, synced = false) =>
  pictureToRemove(stores, settings(change), clock.nowMs(), synced);

describe('what may be removed', () => {
  it('is what is past its age, and no document however old', () => {
    const old = keep('weighing', 70);
    keep('document', 700);
    keep('weighing', 50);
    expect(toRemove()).toMatchObject({ why: 'age', rows: [{ sha256: old }] });
  });

  it('has an age for each class, and a paper the register names has none', () => {
    const old = keep('exit', 40);
    keep('exit', 20);
    keep('weighing', 50);
    const worn = keep('document', 400);
    const held = keep('document', 500);
    const entry = DriverEntry.parse({ name: '王师傅', licencePicture: held });
    const changed = stores.ledger.append(() => ({
      type: 'register-changed',
      body: {
        ...{ kind: 'driver', key: '王师傅', now: { kind: 'driver', entry }, reason: '', operator: null },
        importId: null,
      },
    }));
    expect(changed.ok).toBe(true);
    const classes = { classMonths: { exit: 1, document: 12 } };
    expect(toRemove(classes)).toMatchObject({ why: 'age', kind: 'exit', rows: [{ sha256: old }] });
    stores.pictures.drop([old], clock.nowMs());
    expect(toRemove(classes)).toMatchObject({ kind: 'document', rows: [{ sha256: worn }] });
    stores.pictures.drop([worn], clock.nowMs());
    expect(toRemove(classes)).toBeNull();
  });

  it('goes a few at a time', () => {
    for (let nth = 0; nth < 60; nth += 1) keep('weighing', 70);
    expect(toRemove()?.rows).toHaveLength(50);
  });

  it('is never what the platform still has to get', () => {
    const waiting = keep('weighing', 70);
    expect(toRemove({}, true)).toBeNull();
    stores.db.prepare('UPDATE pictures SET uploaded_ms = 1 WHERE sha256 = ?').run(waiting);
    expect(toRemove({}, true)?.rows).toHaveLength(1);
  });

  it('of a quota is the oldest first, no more than it takes, and nothing younger than the least age', () => {
    const oldest = keep('weighing', 50);
    keep('weighing', 40);
    keep('weighing', 10);
    stores.db.prepare('UPDATE pictures SET bytes = 500000000').run();
    expect(toRemove({ pictureQuotaGb: 1 })).toMatchObject({ why: 'quota', rows: [{ sha256: oldest }] });
    expect(toRemove({ pictureQuotaGb: 2 })).toBeNull();
  });

  it('never holds a document, a young one or one that waits, whatever was kept when', () => {
    const one = fc.record({
      kind: fc.constantFrom<PictureKind>('weighing', 'exit', 'document'),
      daysAgo: fc.integer({ min: 0, max: 100 }),
      uploaded: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.boolean(), (kept, quota) => {
        const made = kept.map((each) => {
          const sha256 = keep(each.kind, each.daysAgo, 200);
          if (each.uploaded)
            stores.db.prepare('UPDATE pictures SET uploaded_ms = 1 WHERE sha256 = ?').run(sha256);
          return { ...each, sha256 };
        });
        const found = pictureToRemove(
          stores,
          settings(quota ? { pictureQuotaGb: 1 } : {}),
          clock.nowMs(),
          true,
        );
        for (const { sha256 } of found?.rows ?? []) {
          const picture = made.find((each) => each.sha256 === sha256);
          if (picture === undefined) continue;
          expect(picture.kind).not.toBe('document');
          expect(picture.uploaded).toBe(true);
          expect(picture.daysAgo).toBeGreaterThan(30);
        }
      }),
      { numRuns: 40 },
    );
  });
});

it('what was removed is gone from the disk, stays in the list, and comes back when it is kept again', async () => {
  const sha256 = keep('weighing', 70, 150);
  expect(usedBytes(stores)).toBe(150);
  const found = toRemove();
  expect(found && removedBody(found)).toMatchObject({ kind: 'weighing', pictures: 1, bytes: 150 });
  stores.pictures.drop([sha256], clock.nowMs());
  await stores.pictures.erase(sha256);
  expect(stores.pictures.read(sha256)).toBeNull();
  expect(readdirSync(join(dir, 'pictures', sha256.slice(0, 2)))).toEqual([]);
  expect(usedBytes(stores)).toBe(0);
  expect(toRemove()).toBeNull();
  stores.pictures.keep(Buffer.alloc(150, `picture ${String(nth)}`));
  expect(stores.pictures.read(sha256)).not.toBeNull();
});
