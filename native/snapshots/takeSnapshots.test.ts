import { expect, it } from 'vitest';
import type { Timers } from '../city/timers.ts';
import { err, ok } from '../../station/result.ts';
import type { SnapshotSource } from './takeSnapshots.ts';
import { takeSnapshots } from './takeSnapshots.ts';

/** Time that passes when the test says so. */
function handTimers(): Timers & { readonly pass: () => void } {
  const waiting = new Set<() => void>();
  return {
    after: (_, run) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
    pass: () => {
      for (const run of waiting) run();
    },
  };
}

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const gives = (camera: string): SnapshotSource => ({
  camera,
  view: 'front',
  take: () => Promise.resolve(ok(jpeg)),
});
const deps = (timers: Timers, keep: (bytes: Uint8Array) => string = () => 'a'.repeat(64)) => ({
  timers,
  monotonicMs: () => 0,
  keep: (bytes: Uint8Array) => Promise.resolve(bytes).then(keep),
});

it('asks all cameras at once and keeps what each one gave', async () => {
  const asked: string[] = [];
  const source = (camera: string): SnapshotSource => ({
    camera,
    view: 'side',
    take: async () => {
      asked.push(camera);
      await Promise.resolve();
      // By then every other one was asked, too.
      expect(asked).toEqual(['one', 'two', 'three']);
      return ok(jpeg);
    },
  });
  const shots = await takeSnapshots(['one', 'two', 'three'].map(source), deps(handTimers()));
  expect(shots.map(({ camera, missed }) => [camera, missed])).toEqual([
    ['one', null],
    ['two', null],
    ['three', null],
  ]);
});

it('one that never answers is missed, and takes no picture from the others', async () => {
  const timers = handTimers();
  let toldToStop = false;
  const silent: SnapshotSource = {
    camera: 'silent',
    view: 'rear',
    take: (signal) => {
      signal.addEventListener('abort', () => (toldToStop = true));
      return new Promise(() => undefined);
    },
  };
  const taking = takeSnapshots([gives('front'), silent], deps(timers));
  await new Promise(setImmediate);
  timers.pass();
  const [front, missed] = await taking;
  expect(front?.sha256).not.toBeNull();
  expect(missed).toMatchObject({ sha256: null, missed: 'no picture within 2000 ms' });
  expect(toldToStop).toBe(true);
});

it('one that throws, one that refuses and a disk that is full are each written down with the reason', async () => {
  const throwing: SnapshotSource = {
    camera: 'throws',
    view: 'top',
    take: () => Promise.reject(new Error('no route')),
  };
  const refusing: SnapshotSource = {
    camera: 'refuses',
    view: 'top',
    take: () => Promise.resolve(err('login refused')),
  };
  const full = (): string => {
    throw new Error('ENOSPC: no space left on device');
  };
  const shots = await takeSnapshots([throwing, refusing, gives('full')], deps(handTimers(), full));
  expect(shots.map(({ sha256, missed }) => [sha256, missed])).toEqual([
    [null, 'no route'],
    [null, 'login refused'],
    [null, 'not stored: ENOSPC: no space left on device'],
  ]);
});

it('a picture that comes after its time is no picture of that moment', async () => {
  const timers = handTimers();
  let give = (): void => undefined;
  const late: SnapshotSource = {
    camera: 'late',
    view: 'front',
    take: () =>
      new Promise((resolve) => {
        give = () => {
          resolve(ok(jpeg));
        };
      }),
  };
  const kept: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): string => {
    kept.push(bytes);
    return 'a'.repeat(64);
  };
  const taking = takeSnapshots([late], deps(timers, keep));
  timers.pass();
  give();
  expect((await taking)[0]?.sha256).toBeNull();
  expect(kept).toEqual([]);
});
