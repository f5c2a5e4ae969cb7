import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Timers } from '../../native/city/timers.ts';
import { Manifest } from '../../native/copies/backupFolder.ts';
import type { Station } from '../../native/host.ts';
import { openStation } from '../../native/host.ts';
import { Settings } from '../../native/settings.ts';
import type { RunningClock } from '../support/runningClock.ts';
import { runningClock } from '../support/runningClock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let root: string;
let stick: string;
let disk: string;
let clock: RunningClock;
let minutely: (() => void) | null;
let station: Station;

/** Fires the station's minute by hand; deadlines of other waits never come. */
const timers: Timers = {
  after: (delayMs, run) => {
    if (delayMs === minuteMs) minutely = run;
    return () => undefined;
  },
};

async function open(): Promise<void> {
  station = await openStation({
    dataDir: join(root, 'data'),
    clock,
    timers,
    settings: Settings.parse({
      copies: {
        anchors: [{ path: stick }],
        backups: [{ path: disk }],
        everyMinutes: 30,
        backupHour: 2,
        keep: 3,
      },
    }),
  });
  await station.desk.copies?.settled();
}

async function afterMs(ms: number): Promise<void> {
  clock.pass(ms);
  const run = minutely;
  minutely = null;
  run?.();
  await station.desk.copies?.settled();
}

function anchors(): number {
  const file = join(stick, 'anchors-YH-1.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}

function backups(): number {
  return manifests().length;
}

/** What each backup at the place says of itself, the one that goes furthest last. */
function manifests(): Manifest[] {
  const base = join(disk, 'yuanheng-YH-1');
  const names = existsSync(base) ? readdirSync(base).filter((name) => name !== 'pictures') : [];
  return names
    .map((name) => Manifest.parse(JSON.parse(readFileSync(join(base, name, 'manifest.json'), 'utf8'))))
    .sort((one, other) => one.headSequence - other.headSequence);
}

/** The heads of all backups that were made, by the ledger. */
function headsMade(): number[] {
  return station.desk.deps.stores.db
    .prepare(
      `SELECT json_extract(text, '$.body.headSequence') FROM ledger WHERE type = 'backup-made' ORDER BY sequence`,
    )
    .pluck()
    .all()
    .map(Number);
}

/** How long it is until a minute past this hour in China. */
function msUntilHour(hour: number): number {
  const dayMs = 24 * hourMs;
  const nowOfDay = (clock.nowMs() + 8 * hourMs) % dayMs;
  return (hour * hourMs + minuteMs - nowOfDay + 2 * dayMs) % dayMs;
}

/** Time goes by until it is this hour in China. */
async function untilHour(hour: number): Promise<void> {
  await afterMs(msUntilHour(hour));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-schedule-'));
  stick = join(root, 'stick');
  disk = join(root, 'disk');
  mkdirSync(stick);
  mkdirSync(disk);
  clock = runningClock();
  // Whatever the hour the tests run at: an hour that goes by is not the hour of the backup.
  clock.pass(msUntilHour(12));
});
afterEach(async () => {
  await station.close();
  rmSync(root, { recursive: true, force: true });
});

it('a checkpoint is signed and laid down every so many minutes, no oftener', async () => {
  await open();
  const first = anchors();
  await afterMs(10 * minuteMs);
  expect(anchors()).toBe(first);
  await afterMs(21 * minuteMs);
  expect(anchors()).toBe(first + 1);
  await afterMs(31 * minuteMs);
  expect(anchors()).toBe(first + 2);
});

it('an anchor that failed is laid down when the stick is back, without a new checkpoint', async () => {
  await open();
  rmSync(stick, { recursive: true });
  await afterMs(31 * minuteMs);
  mkdirSync(stick);
  await afterMs(minuteMs);
  expect(anchors()).toBe(1);
});

it('a backup is made once a day at its hour, made up for at the next start, and tried again after a failure', async () => {
  await open();
  // None was ever made: the first start does not wait for the hour.
  expect(backups()).toBe(1);
  await untilHour(1);
  const before = backups();
  await untilHour(2);
  expect(backups()).toBe(before + 1);
  await afterMs(hourMs);
  await afterMs(hourMs);
  expect(backups()).toBe(before + 1);
  await station.close();
  clock.pass(25 * hourMs);
  rmSync(disk, { recursive: true });
  await open();
  mkdirSync(disk);
  await afterMs(minuteMs);
  expect(backups()).toBe(0);
  await afterMs(31 * minuteMs);
  expect(backups()).toBe(1);
});

const yearMs = 365 * 24 * hourMs;

it('a clock that was years ahead for a while keeps no later backup from being made, and takes none away', async () => {
  await open();
  clock.set(4 * yearMs);
  for (let day = 0; day < 3; day += 1) await untilHour(2);
  expect(backups()).toBe(3);
  clock.set(-4 * yearMs);
  await afterMs(minuteMs);
  const [last] = headsMade().slice(-1);
  expect(manifests().map(({ headSequence }) => headSequence)).toContain(last);
  for (let day = 0; day < 3; day += 1) await untilHour(2);
  // Those with the latest dates would have been the three of the future.
  expect(manifests().map(({ headSequence }) => headSequence)).toEqual(headsMade().slice(-3));
  const nowMs = clock.nowMs();
  for (const { madeAtMs } of manifests()) expect(madeAtMs).toBeLessThanOrEqual(nowMs);
});

it('a clock that stands in the past is written on the backup, and each run makes one all the same', async () => {
  await open();
  expect(manifests().at(-1)).toMatchObject({ clockBehindMs: 0 });
  await station.close();
  clock.set(-4 * yearMs);
  await open();
  await afterMs(minuteMs);
  await station.close();
  await open();
  await afterMs(minuteMs);
  expect(headsMade()).toHaveLength(3);
  const marked = manifests();
  expect(marked.map(({ headSequence }) => headSequence)).toEqual(headsMade());
  expect(marked.map(({ clockBehindMs }) => clockBehindMs > 3 * yearMs)).toEqual([false, true, true]);
  expect(await station.desk.copies?.view()).toMatchObject({
    backups: [{ problem: null, made: { clockBehind: true } }],
  });
  // A minute later there is nothing to make up for.
  await afterMs(hourMs);
  expect(headsMade()).toHaveLength(3);
});

it('a day without a backup is a day, also where the clock stands still', async () => {
  await open();
  for (let hour = 0; hour < 30; hour += 1) {
    await afterMs(hourMs);
    clock.set(-hourMs);
  }
  expect(headsMade()).toHaveLength(2);
});
