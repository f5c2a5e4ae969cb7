import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyBundle } from '../../native/evidence/verifyBundle.ts';
import { openForReading } from '../../native/store/database.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { useChromium } from '../support/chromium.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const chromium = useChromium();
let page: Page;
let served: ServedStation;

beforeEach(async () => {
  served = await serveStation();
  page = await chromium.window();
});
afterEach(async () => {
  await page.close();
  expect(await served.stop()).toBe(0);
});

async function weighOne(): Promise<void> {
  await page.goto(served.loginUrl);
  const screen = new WeighingPage(page);
  await screen.shows('0');
  await screen.next('等待车辆上磅').waitFor();
  served.scale.put(50_200);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C77777');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  await screen.decision('超限 1.20 t，请卸货复磅').waitFor();
  await screen.press('Enter');
  await screen.decision('编号 1').waitFor();
  served.scale.put(0);
  await screen.shows('0');
}

async function downloaded(work: () => Promise<void>, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), work()]);
  expect(download.suggestedFilename()).toMatch(/^evidence-YQ-8-.*\.zip$/);
  const path = join(served.dir, name);
  await download.saveAs(path);
  return path;
}

it('a passage and a day are given out from the browser, hold anywhere, and it is written down that they were', async () => {
  await weighOne();
  await page.keyboard.press('F6');
  await page.getByRole('row').filter({ hasText: '晋C77777' }).first().click();
  const one = await downloaded(() => page.getByRole('button', { name: '导出证据包' }).click(), 'one.zip');
  await page.getByRole('status').filter({ hasText: '已导出：1 次过磅' }).waitFor();
  const shots = process.env.YUANHENG_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'evidence-detail.png') });
  expect(await verifyBundle(one, null)).toMatchObject({
    kind: 'holds',
    report: { weighings: [{ number: 1, plate: '晋C77777', weighedKg: 50_200, outcome: 'refuse' }] },
  });
  expect(execFileSync('python3', ['tests/verifier', one]).toString()).toBe('{"kind": "holds"}\n');

  await page.keyboard.press('Escape');
  await page.getByText('按日期导出证据包').click();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  await page.getByLabel('从（日期）').fill(today);
  await page.getByLabel('到（日期）').fill(today);
  const day = await downloaded(
    () => page.getByRole('button', { name: '导出', exact: true }).click(),
    'day.zip',
  );
  const verdict = await verifyBundle(day, null);
  expect(verdict).toMatchObject({ kind: 'holds' });
  const db = openForReading(join(served.dir, 'data'));
  const given = db.prepare(`SELECT text FROM ledger WHERE type = 'evidence-exported'`).pluck().all();
  db.close();
  expect(given.map((text) => (JSON.parse(String(text)) as { body: { sha256: string } }).body.sha256)).toEqual(
    [one, day].map((path) => createHash('sha256').update(readFileSync(path)).digest('hex')),
  );
  expect(
    readFileSync(join(served.dir, 'data', 'exports', 'evidence-YQ-8-00000001.zip')).equals(readFileSync(one)),
  ).toBe(true);
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'evidence-list.png') });
});

it('days without records say so', async () => {
  await page.goto(served.loginUrl);
  await new WeighingPage(page).shows('0');
  await page.keyboard.press('F6');
  await page.getByText('按日期导出证据包').click();
  await page.getByLabel('从（日期）').fill('20200101');
  await page.getByLabel('到（日期）').fill('20200102');
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '这段时间没有记录' }).waitFor();
});
