import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageOnce } from '../../build/stageOnce.mjs';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'yuanheng-stage-'));
});
afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

function stage(key: string): string {
  return stageOnce(cache, 'desktop', key, (dir) => {
    copyFileSync('/bin/sleep', join(dir, 'program'));
  });
}

/** As if its last start lay a day back. */
function age(dir: string): void {
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(dir, yesterday, yesterday);
}

describe.runIf(process.platform === 'linux')('the folder a program runs from', () => {
  it('stays while the program runs, whatever is built meanwhile, and goes when it has ended', async () => {
    const old = stage('a'.repeat(64));
    const program = spawn(join(old, 'program'), ['600'], { stdio: 'ignore' });
    await once(program, 'spawn');
    age(old);
    const fresh = stage('b'.repeat(64));
    expect(fresh).not.toBe(old);
    expect(existsSync(join(old, 'program'))).toBe(true);
    program.kill();
    await once(program, 'exit');
    stage('b'.repeat(64));
    expect(readdirSync(cache)).toEqual([`desktop-${'b'.repeat(16)}`]);
  });

  it('is not changed by a second start of the same build', () => {
    const dir = stage('a'.repeat(64));
    writeFileSync(join(dir, 'mark'), '');
    expect(stage('a'.repeat(64))).toBe(dir);
    expect(existsSync(join(dir, 'mark'))).toBe(true);
  });

  it('stays for a start that is just about to happen', () => {
    const old = stage('a'.repeat(64));
    stage('b'.repeat(64));
    expect(existsSync(old)).toBe(true);
  });

  it('is never half there', () => {
    const broken = (): string =>
      stageOnce(cache, 'desktop', 'c'.repeat(64), (dir) => {
        writeFileSync(join(dir, 'half'), '');
        throw new Error('disk full');
      });
    expect(broken).toThrow('disk full');
    expect(readdirSync(cache)).toEqual([]);
  });
});
