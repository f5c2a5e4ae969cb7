import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCapture } from '../native/instruments/capture.ts';
import { profileIds } from '../native/instruments/protocols/profiles.ts';
import { runCapture } from './capture.ts';
import { runDetect } from './detect.ts';
import type { CommandIo } from './io.ts';
import { runProfiles } from './profiles.ts';
import { runReplay } from './replay.ts';

let dir: string;
let out: string[];
let errors: string[];
let stop: () => void;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-lines-'));
  out = [];
  errors = [];
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function io(): CommandIo {
  const controller = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stop = () => {
      controller.abort();
      resolve();
    };
  });
  const err = (line: string): void => {
    errors.push(line);
  };
  return {
    out: (line) => {
      out.push(line);
    },
    err,
    error: err,
    env: {},
    signal: controller.signal,
    stopped,
  };
}

const frame = '022b30313234353030313903';

/** A capture of frames, one every 20 ms. */
function captureFile(count: number): string {
  const file = join(dir, 'recorded.capture');
  const lines = Array.from({ length: count }, (_, nth) => `${String(nth * 20)} ${frame}`);
  writeFileSync(
    file,
    `# yuanheng-capture/1 {"line":"x","startedAt":"2026-11-23T00:00:00.000Z"}\n${lines.join('\n')}\n`,
  );
  return file;
}

describe('a capture', () => {
  it('played to a TCP port is captured again byte for byte, and found for what it is', async () => {
    const playing = io();
    const played = runReplay([captureFile(400), 'tcp:0', '--loop'], playing);
    const stopPlaying = stop;
    await vi.waitFor(
      () => {
        expect(out.join()).toContain('call tcp:');
      },
      { timeout: 30_000 },
    );
    const port = /tcp:127\.0\.0\.1:(\d+)/.exec(out.join())?.[1] ?? '';
    const again = join(dir, 'again.capture');
    const captured = runCapture([`tcp:127.0.0.1:${port}`, again], io(), () => 0);
    const stopCapture = stop;
    await vi.waitFor(() => {
      expect(readFileSync(again, 'latin1').split('\n').length).toBeGreaterThan(12);
    }, 5000);
    stopCapture();
    expect(await captured).toBe(0);
    const read = readCapture(readFileSync(again), again);
    const bytes = Buffer.concat(read.ok ? read.value.chunks.map((chunk) => chunk.bytes) : []);
    expect(bytes.toString('hex').replaceAll(frame, '')).toBe('');

    out.length = 0;
    expect(await runDetect([`tcp:127.0.0.1:${port}`], io())).toBe(0);
    expect(out[0]).toContain('yaohua-continuous');
    expect(out[0]).toContain('100 %');
    expect(out[0]).toContain('shows 12450');
    stopPlaying();
    expect(await played).toBe(0);
  });

  it('as a file is found for what it is, as text and as JSON', async () => {
    const file = captureFile(50);
    expect(await runDetect([file], io())).toBe(0);
    expect(out[0]).toContain('50 of 50 frames');
    out.length = 0;
    expect(await runDetect([file, '--json'], io())).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject([{ candidates: [{ good: 50 }, {}] }]);
  });

  it('never overwrites another', async () => {
    const file = captureFile(1);
    expect(await runCapture(['tcp:127.0.0.1:9', file, '--seconds', '1'], io(), () => 0)).toBe(2);
    expect(errors.join()).toContain('is there already');
  });

  it.each([
    ['# yuanheng-capture/1 {"line":', 'line 1'],
    ['# yuanheng-capture/1 {"line":"x","startedAt":""}\n0 02\nzz 03\n', 'line 3'],
    ['# yuanheng-capture/1 {"line":"x","startedAt":""}\n0 023\n', 'line 2'],
  ])('that is broken is refused with the line: %j', async (text, line) => {
    const file = join(dir, 'broken.capture');
    writeFileSync(file, text);
    expect(await runDetect([file], io())).toBe(2);
    expect(errors.join()).toContain(line);
  });

  it('of noise fits nothing, and the exit code says so', async () => {
    const file = join(dir, 'noise');
    writeFileSync(file, Buffer.from('f83cfe00c7'.repeat(100), 'hex'));
    expect(await runDetect([file], io())).toBe(1);
    expect(errors.join()).toContain('nothing that fits');
  });
});

it('every profile is listed once, with what its options may be', () => {
  expect(runProfiles(['--json'], io())).toBe(0);
  const listed = JSON.parse(out[0] ?? '') as { id: string; options: object }[];
  expect(listed.map(({ id }) => id)).toEqual(profileIds);
  expect(listed.every(({ options }) => 'type' in options || '$schema' in options)).toBe(true);
});
