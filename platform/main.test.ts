import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runPlatform } from './main.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-platform-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(...args: string[]): {
  readonly out: string[];
  readonly error: string[];
  readonly stop: () => void;
  readonly code: Promise<number>;
} {
  const out: string[] = [];
  const error: string[] = [];
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const io = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), stopped };
  return { out, error, stop, code: runPlatform(args, io) };
}

async function address(out: readonly string[]): Promise<string> {
  await vi.waitFor(
    () => {
      expect(out).toHaveLength(1);
    },
    { timeout: 30_000 },
  );
  return (JSON.parse(out[0] ?? '') as { listening: string }).listening;
}

describe('yuanheng platform', () => {
  it('answers a wrong argument with one clear line and exit code 2', async () => {
    for (const args of [
      [],
      ['--data'],
      ['--data', ''],
      ['--data', dataDir, '--port', '65536'],
      ['--data', dataDir, '--port', '-1'],
      ['--data', dataDir, '--token-env', 'YUANHENG_NO_SUCH_VARIABLE'],
      ['--data', dataDir, 'stray'],
      ['--data', dataDir, '--bogus'],
    ]) {
      const run = start(...args);
      expect(await run.code).toBe(2);
      expect(run.out).toEqual([]);
      expect(run.error).toHaveLength(1);
      expect(run.error[0]).toMatch(/^yuanheng platform: .{5,}$/);
    }
  });

  it('says where it listens, asks for the token of the named variable, and ends when told', async () => {
    vi.stubEnv('YUANHENG_TEST_TOKEN', 'secret');
    const run = start('--data', dataDir, '--port', '0', '--token-env', 'YUANHENG_TEST_TOKEN');
    const url = await address(run.out);
    expect((await fetch(`${url}/v1/stations/a/summary`)).status).toBe(401);
    const headers = { authorization: 'Bearer secret' };
    expect((await fetch(`${url}/v1/stations/a/summary`, { headers })).status).toBe(200);
    expect([...run.out, ...run.error].join('\n')).not.toContain('secret');
    run.stop();
    expect(await run.code).toBe(0);
  });

  it('fails plainly when its port is taken', async () => {
    const first = start('--data', dataDir, '--port', '0');
    const { port } = new URL(await address(first.out));
    const second = start('--data', dataDir, '--port', port);
    expect(await second.code).toBe(1);
    expect(second.error).toHaveLength(1);
    first.stop();
    await first.code;
  });
});
