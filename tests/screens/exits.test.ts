import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { ExitsPage } from '../pages/ExitsPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { shotOf, useChromium } from '../support/chromium.ts';
import { sees } from '../support/exitGate.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard((settings) => {
    const pushes = { kind: 'json-push', allowFrom: ['127.0.0.1'] };
    settings.cameras = [
      { id: 'entry', ...pushes },
      { id: 'exit', ...pushes, place: 'exit' },
    ];
  });
  served = await serveYard(yard);
  page = await chromium.window();
});
afterEach(async () => {
  await page.close();
  await served.close();
  await yard.close();
});

const shot = (name: string): Promise<void> => shotOf(page, name);

async function fits(): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
}

describe('出口核对', () => {
  it('from the warning to the truck that nobody weighed, its picture, and what a person says of it', async () => {
    await driveOn(yard, { plate: '晋C10001', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await save(yard);
    await driveOff(yard);
    await page.goto(`${served.url}login?code=${served.code}`);
    await new WeighingPage(page).shows('0');
    await sees(yard, 'exit', '晋C10001');
    await sees(yard, 'exit', '晋C70707');
    await page.getByText('出口发现未放行车辆').waitFor();
    await page.getByRole('button', { name: '去核对' }).click();
    const exits = new ExitsPage(page);
    await exits.row('70707').filter({ hasText: '未过磅离场' }).waitFor();
    expect(await exits.row('10001').count()).toBe(0);
    await exits.row('70707').click();
    await page.getByRole('img', { name: '晋C70707' }).waitFor();
    await shot('exits');
    await fits();
    await exits.explain('车已返回场内', '门岗拦下，已回场复磅');
    await page.getByText('没有待核对的').waitFor();
    await exits.show('全部异常');
    await exits.row('70707').filter({ hasText: '门岗拦下，已回场复磅' }).waitFor();
    await exits.show('全部');
    await exits.row('10001').filter({ hasText: '有装载单' }).waitFor();
    await exits.filterPlate('70707');
    await expect.poll(() => exits.row('10001').count(), { timeout: 30_000 }).toBe(0);
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Exit check' }).waitFor();
    await fits();
    await shot('exits-en');
  });

  it('more than a page of them is read page by page', async () => {
    for (let nth = 0; nth < 53; nth += 1) await sees(yard, 'exit', `晋C600${String(nth + 10)}`);
    await page.goto(`${served.url}login?code=${served.code}`);
    await new WeighingPage(page).shows('0');
    await page.keyboard.press('Shift+F12');
    const exits = new ExitsPage(page);
    await exits.row('60062').waitFor();
    await page.getByText('待核对 53 条').waitFor();
    expect(await exits.row('60010').count()).toBe(0);
    await page.getByRole('button', { name: '更早' }).click();
    await exits.row('60010').waitFor();
  });

  it('an inspector reads it and explains nothing', async () => {
    await sees(yard, 'exit', null, { colour: 'other' });
    await page.goto(`${served.url}login?code=${served.inspectorCode}`);
    await page.getByRole('button', { name: '出口核对' }).click();
    const exits = new ExitsPage(page);
    await exits.row('未识别').filter({ hasText: '号牌未识别' }).click();
    await page.getByRole('img', { name: '未识别' }).waitFor();
    expect(await page.getByRole('form', { name: '写入说明' }).count()).toBe(0);
    await shot('exits-inspector');
  });
});
