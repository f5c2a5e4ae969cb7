import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { shotOf, useChromium } from '../support/chromium.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;
let root: string;
let stick: string;
let disk: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-copies-'));
  stick = join(root, 'stick');
  disk = join(root, 'disk');
  mkdirSync(stick);
  yard = await openYard((settings) => {
    settings.copies = { anchors: [{ path: stick }], backups: [{ path: disk }], backupHour: null };
  });
  served = await serveYard(yard);
  page = await chromium.window();
  await page.goto(`${served.url}login?code=${served.code}`);
});
afterEach(async () => {
  await page.close();
  await served.close();
  await yard.close();
  rmSync(root, { recursive: true, force: true });
});

const shot = (name: string): Promise<void> => shotOf(page, name);

async function weigh(plate: string): Promise<void> {
  await driveOn(yard, { plate, kg: 40_000, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
}

it('the manager backs up from the screen, sees why it failed, and that the next one was made', async () => {
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '锚点与备份' }).click();
  const card = page.getByRole('dialog', { name: '锚点与备份' });
  await card.getByRole('button', { name: '现在备份' }).click();
  await card.getByText('找不到：U盘或共享没有接上').waitFor();
  await page.locator('.faults').getByText('备份没有完成').waitFor();
  await shot('copies-failed');
  mkdirSync(disk);
  await card.getByRole('button', { name: '现在备份' }).click();
  await card.getByText(/到第 \d+ 条 · \d+\.\d MB/).waitFor();
  expect(readdirSync(join(disk, 'yuanheng-YQ-7'))).toHaveLength(2);
  await card.getByRole('button', { name: '现在写锚点' }).click();
  await card.getByText('与记录在同一块磁盘上').first().waitFor();
  await shot('copies-made');
});

it('after an old copy was put back the screen says what is missing, and a person with a reason goes on', async () => {
  await weigh('晋C00001');
  await yard.screen.call('copies.checkpoint', {});
  await yard.station.desk.copies?.settled();
  const copy = join(root, 'copy.db');
  await yard.station.desk.deps.stores.db.backup(copy);
  await weigh('晋C00002');
  yard.screen.close();
  await yard.station.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(yard.dir, `yuanheng.db${end}`), { force: true });
  writeFileSync(join(yard.dir, 'yuanheng.db'), readFileSync(copy));
  await yard.reopen();
  served.drop();
  await page.locator('.faults').getByText('外部锚点知道本机没有的记录').waitFor();
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '锚点与备份' }).click();
  await page.getByText('本机上很可能放回了旧的备份').waitFor();
  await shot('copies-contradicted');
  await page.getByLabel('原因').fill('硬盘坏了，换回上周的备份');
  await page.getByRole('button', { name: '承认丢失，继续' }).click();
  await page.locator('.faults').waitFor({ state: 'detached' });
  await weigh('晋C00003');
  expect(yard.screen.view?.recent[0]?.number).toBe(3);
});
