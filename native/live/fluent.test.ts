import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HandTimers } from '../city/handTimers.ts';
import { fluent } from './fluent.ts';
import type { FluentProgram } from './fluentProgram.ts';
import { fluentProgram } from './fluentProgram.ts';
import type { LiveSource } from './liveSource.ts';

let dir: string;
let timers: HandTimers;
let source: LiveSource | null;
let frames: number;
/** How many sources of single pictures run, and how many were begun. */
let single: { running: number; begun: number };
let lines: string[];
let blockedMs: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yh-ffmpeg-'));
  timers = new HandTimers();
  source = null;
  frames = 0;
  single = { running: 0, begun: 0 };
  lines = [];
  blockedMs = 0;
});

afterEach(() => {
  source?.close();
  rmSync(dir, { recursive: true });
});

function ffmpegAt(path: string): FluentProgram {
  const program = fluentProgram({ ffmpeg: path, go2rtc: null });
  if (program === null) throw new Error('no program');
  return program;
}

/** Stands in for ffmpeg: writes down that it runs and what it was told, then does `script`. */
function standIn(script: string): void {
  const path = join(dir, 'ffmpeg');
  writeFileSync(
    path,
    `#!/bin/sh
echo "$@" >> '${dir}/arguments'
cat >> '${dir}/input'
echo $$ >> '${dir}/runs'
picture() { printf '\\377\\330\\377\\340truck\\377\\331'; }
${script}
`,
  );
  chmodSync(path, 0o755);
  source = fluent({
    program: ffmpegAt(path),
    streamUrl: 'rtsp://192.168.1.64/live',
    login: { user: 'admin', password: 'geheim', blockedMs: () => blockedMs },
    pictures: () => {
      single.running += 1;
      single.begun += 1;
      return {
        close: () => {
          single.running -= 1;
        },
      };
    },
    onFrame: () => {
      frames += 1;
    },
    log: (line) => lines.push(line),
    timers,
    monotonicMs: () => timers.nowMs,
  });
}

function said(name: string): string {
  try {
    return readFileSync(join(dir, name), 'utf8');
  } catch {
    return '';
  }
}

function runs(): readonly number[] {
  return said('runs').split('\n').filter(Boolean).map(Number);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  await expect.poll(() => lives(pid), { timeout: 30_000 }).toBe(false);
}

describe('a fluent view', () => {
  it('takes the place of single pictures, and its password is on no command line', async () => {
    standIn('picture; exec sleep 1000');
    await expect.poll(() => frames, { timeout: 30_000 }).toBe(1);
    expect(single).toEqual({ running: 0, begun: 1 });
    expect(said('input')).toContain('rtsp://admin:geheim@192.168.1.64/live');
    expect(said('arguments')).not.toContain('geheim');
    const [pid = 0] = runs();
    source?.close();
    await gone(pid);
  });

  it('that never shows a picture is killed, pictures go on, and it is tried again later', async () => {
    standIn('exec sleep 1000');
    await expect.poll(() => runs().length, { timeout: 30_000 }).toBe(1);
    await timers.pass(15_000);
    await gone(runs()[0] ?? 0);
    expect(single).toEqual({ running: 1, begun: 1 });
    await timers.pass(3000);
    await expect.poll(() => runs().length, { timeout: 30_000 }).toBe(2);
    await timers.pass(15_000);
    await gone(runs()[1] ?? 0);
    expect(lines).toEqual(['ffmpeg gave no picture in time']);
  });

  it('that stops in the middle is killed, and pictures take its place', async () => {
    standIn('picture; picture; exec sleep 1000');
    await expect.poll(() => frames, { timeout: 30_000 }).toBe(2);
    await timers.pass(8000);
    await gone(runs()[0] ?? 0);
    expect(single).toEqual({ running: 1, begun: 2 });
  });

  it('that dies is started again, each time after a longer pause', async () => {
    standIn('exit 1');
    for (const pauseMs of [3000, 10_000, 30_000, 60_000, 300_000, 300_000]) {
      await expect.poll(() => timers.nextInMs, { timeout: 30_000 }).toBe(pauseMs);
      expect(single.running).toBe(1);
      await timers.pass(pauseMs);
    }
    expect(lines).toEqual(['ffmpeg ended with 1']);
  });

  it('whose login the camera refuses is not tried again for an hour', async () => {
    standIn('echo "[rtsp] method DESCRIBE failed: 401 Unauthorized for rtsp://admin:geheim@x" >&2; exit 1');
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBe(1);
    await timers.pass(3_500_000);
    expect(runs()).toHaveLength(1);
    expect(single.running).toBe(1);
    expect(lines).toEqual(['the camera refuses ffmpeg its user and password']);
    await timers.pass(100_000);
    await expect.poll(() => runs().length, { timeout: 30_000 }).toBe(2);
  });

  it('is not tried with a password the camera refused elsewhere', async () => {
    blockedMs = 3_600_000;
    standIn('picture; exec sleep 1000');
    await timers.pass(60_000);
    expect(runs()).toEqual([]);
    expect(single.running).toBe(1);
  });

  it('without any ffmpeg is single pictures, and says so once', async () => {
    standIn('');
    source?.close();
    rmSync(join(dir, 'ffmpeg'));
    source = fluent({
      program: ffmpegAt(join(dir, 'ffmpeg')),
      streamUrl: 'rtsp://192.168.1.64/live',
      login: null,
      pictures: () => ({ close: () => undefined }),
      onFrame: () => undefined,
      log: (line) => lines.push(line),
      timers,
      monotonicMs: () => timers.nowMs,
    });
    await expect.poll(() => lines, { timeout: 30_000 }).toEqual(['ffmpeg: ENOENT']);
  });
});
