import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordsPage } from '../pages/RecordsPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Keyring } from './keyring.ts';
import { accountEnv, openKeyring } from './keyring.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';
import { runPackaged } from './packagedCommand.ts';

let dir: string;
let data: string;
let home: string;
let scale: TestScale;
let keyring: Keyring | null = null;
let desktop: Desktop | null = null;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-secret-'));
  data = join(dir, 'data');
  home = join(dir, 'home');
  scale = await startScale();
  writeConfig(join(dir, 'config.json'), scale.port);
});
afterEach(async () => {
  await stop();
  await keyring?.close();
  keyring = null;
  await scale.close();
  rmSync(dir, { recursive: true, force: true });
});

async function start(env: Readonly<Record<string, string>>): Promise<Desktop> {
  desktop = await launchDesktop({ dataDir: data, configFile: join(dir, 'config.json'), env });
  await new WeighingPage(desktop.page).shows('0');
  return desktop;
}

async function stop(): Promise<void> {
  await desktop?.close();
  desktop = null;
}

/** The fingerprint of the key in use, once the screen says where its secret lies. */
async function keyAndPlace(place: string): Promise<string> {
  if (desktop === null) throw new Error('no window');
  const panel = await new RecordsPage(desktop.page).open('密钥');
  await panel.getByText(place).waitFor();
  const shown = await panel
    .getByRole('definition')
    .filter({ hasText: /^([0-9a-f]{4} ?){16}$/ })
    .first()
    .textContent();
  await desktop.page.keyboard.press('Escape');
  return shown ?? '';
}

/** Everything a stranger on this machine could read of a process: its arguments and its environment. */
function seenOf(pid: number): string {
  return ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${String(pid)}/${name}`, 'latin1')).join();
}

it('a station moves its secret into the keyring and goes on with its key; without the keyring nothing is decided until a person starts a new one', async () => {
  const plain = join(home, 'state', 'yuanheng', 'key-secret');
  await start(accountEnv(home));
  const first = await keyAndPlace('本账户的一个文件');
  const secret = readFileSync(plain, 'utf8').trim();
  await stop();

  keyring = await openKeyring(home);
  const { app, stationPid } = await start(keyring.env);
  expect(await keyAndPlace('操作系统的密钥库')).toBe(first);
  expect(existsSync(plain)).toBe(false);
  const main = await app.evaluate(() => process.pid);
  for (const pid of [main, await stationPid()]) expect(seenOf(pid)).not.toContain(secret);
  expect(readFileSync(join(data, 'logs', 'station.log'), 'utf8')).not.toContain(secret);
  expect(readFileSync(join(data, 'shell', 'key-secret.sealed'), 'latin1')).not.toContain(secret);
  // The command finds it there, too, beside the running station.
  const published = await runPackaged(['keys', '--data', data], keyring.env);
  expect(published, published.err).toMatchObject({ code: 0 });
  expect(published.out).toContain(first.replaceAll(' ', '').slice(0, 16));
  await stop();
  await keyring.close();
  keyring = null;

  const { page } = await start(accountEnv(home));
  const faults = page.locator('.faults');
  await faults.getByText('系统密钥库打不开').waitFor();
  expect(existsSync(plain)).toBe(false);
  const refused = await runPackaged(['keys', '--data', data], accountEnv(home));
  expect(refused.code).toBe(2);
  const weighing = new WeighingPage(page);
  await weighing.next('等待车辆上磅').waitFor();
  scale.put(40_000);
  await weighing.next('输入车牌').waitFor();
  await weighing.enterPlate('晋C12345');
  await weighing.press('F3');
  await weighing.next('填写车辆信息').waitFor();
  await weighing.press('Enter');
  await weighing.stateSixAxles();
  await weighing.decision('无法判定').waitFor();
  await faults.getByRole('button', { name: '去处理密钥' }).click();
  const records = new RecordsPage(page);
  const panel = await records.panel('密钥');
  await panel.getByRole('button', { name: '新电脑，启用新密钥' }).click();
  await records.state('新电脑，启用新密钥', { by: '负责人' }, '确认新电脑，启用新密钥');
  await panel.getByText('没有前一把密钥的担保').waitFor();
  await faults.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await weighing.decision('可以放行').waitFor();
  const second = await keyAndPlace('本账户的一个文件');
  expect(second).not.toBe(first);
});
