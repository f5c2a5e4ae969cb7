import Database from 'better-sqlite3';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';
import type { CommandRun } from './packagedCommand.ts';
import { runPackaged } from './packagedCommand.ts';

let dir: string;
let data: string;
let scale: TestScale;
let desktop: Desktop | null = null;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-command-'));
  data = join(dir, 'data');
  scale = await startScale();
  for (const name of ['disk', 'tmp', 'account']) mkdirSync(join(dir, name));
  writeConfig(join(dir, 'config.json'), scale.port);
});
afterEach(async () => {
  await desktop?.close();
  desktop = null;
  await scale.close();
  rmSync(dir, { recursive: true, force: true });
});

/** With folders of its own: what a command leaves behind is seen, and is not left in the account of the tests. */
function run(...args: string[]): Promise<CommandRun> {
  return runPackaged(args, { TMPDIR: join(dir, 'tmp'), XDG_CONFIG_HOME: join(dir, 'account') });
}

async function weighOne(): Promise<void> {
  desktop = await launchDesktop({ dataDir: data, configFile: join(dir, 'config.json') });
  const screen = new WeighingPage(desktop.page);
  await screen.shows('0');
  await screen.next('等待车辆上磅').waitFor();
  scale.put(40_000);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C12345');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  await screen.next('保存并打印装载单').waitFor();
  await screen.press('Enter');
  await screen.decision('已保存').waitFor();
}

describe('the command in the packaged program', () => {
  it('backs up beside the running station, restores, and proves what it restored', async () => {
    await weighOne();
    const made = await run('backup', '--data', data, '--to', join(dir, 'disk'));
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('weighing 1;');
    expect(made.out).toContain('the station is running');
    // The station took no notice: its window stands, and the next truck is weighed.
    if (desktop === null) throw new Error('no window');
    const screen = new WeighingPage(desktop.page);
    scale.put(0);
    await screen.next('等待车辆上磅').waitFor();
    scale.put(20_000);
    await screen.next('输入车牌').waitFor();
    const refused = await run('restore', '--from', join(dir, 'disk'), '--data', data);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('move it aside first');
    await desktop.close();
    desktop = null;

    const other = join(dir, 'other');
    const restored = await run('restore', '--from', join(dir, 'disk'), '--data', other);
    expect(restored, restored.err).toMatchObject({ code: 0 });
    expect(restored.out).toContain('next weighing number: 2');
    const proven = await run('verify', 'data', other, '--json');
    expect(proven, proven.out).toMatchObject({ code: 0 });
    const noted = await run('backup', '--data', other, '--to', join(dir, 'disk'));
    expect(noted.out).not.toContain('the station is running');

    const changed = join(dir, 'changed');
    cpSync(other, changed, { recursive: true });
    const db = new Database(join(changed, 'yuanheng.db'));
    db.exec(`UPDATE passages SET weighed_kg = weighed_kg - 20`);
    db.close();
    expect((await run('verify', 'data', changed)).code).toBe(1);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
  });

  it('speaks and ends as the command of a checkout does', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
    const wrong = await run('backup', '--data', join(dir, 'nothing'));
    expect(wrong).toEqual({ code: 2, out: '', err: 'yuanheng backup: --to PLACE is missing\n' });
    const help = await run('--help');
    expect(help.out.trimEnd().split('\n').at(-1)).toContain('exit code 2');
    // What needs the serial driver finds it in the package.
    const detect = await run('detect', join(dir, 'no-such-port'));
    expect(detect.code).not.toBe(0);
    expect(detect.err).toContain('no-such-port');
  });
});
