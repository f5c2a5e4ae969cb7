import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';

let dir: string;
let scale: TestScale;
let desktop: Desktop;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-inspection-'));
  scale = await startScale();
  const configFile = join(dir, 'config.json');
  writeConfig(configFile, scale.port);
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile });
});
afterEach(async () => {
  await desktop.close();
  await scale.close();
  rmSync(dir, { recursive: true, force: true });
});

it('the packaged program counts and checks its books in a thread of its own, and an inspector signs for it', async () => {
  const { page } = desktop;
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '检查' }).click();
  await page.getByText('签名密钥').waitFor();
  await page.getByRole('button', { name: '进入检查模式（只看不改）' }).click();
  await page.getByRole('button', { name: '核验全部账本' }).click();
  await page.getByText('全部完好').waitFor();
  expect(await page.getByRole('button', { name: 'F6' }).count()).toBe(0);
  await page.getByRole('button', { name: '退出检查模式' }).click();
  await page.getByRole('button', { name: 'F6' }).waitFor();
});
