import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Timers } from '../../native/city/timers.ts';
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
  const base = join(disk, 'yuanheng-YH-1');
  return existsSync(base) ? readdirSync(base).filter((name) => name !== 'pictures').length : 0;
}

/** Time goes by until it is this hour in China. */
async function untilHour(hour: number): Promise<void> {
  const dayMs = 24 * hourMs;
  const nowOfDay = (clock.nowMs() + 8 * hourMs) % dayMs;
  await afterMs((hour * hourMs + minuteMs - nowOfDay + 2 * dayMs) % dayMs);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-schedule-'));
  stick = join(root, 'stick');
  disk = join(root, 'disk');
  mkdirSync(stick);
  mkdirSync(disk);
  clock = runningClock();
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
