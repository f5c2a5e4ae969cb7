import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { noLoad } from '../../station/contract.ts';
import { LoadSheetPage } from '../pages/LoadSheetPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { shotOf, shotsDir, useChromium } from '../support/chromium.ts';
import { putEntry } from '../support/entries.ts';
import { unreadable } from '../support/unreadable.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.decision = { minimumEmission: '6' };
  });
  putEntry(yard, 'goods', { name: '石子', category: 'gravel' });
  served = await serveYard(yard);
  page = await chromium.window();
});

afterEach(async () => {
  await page.close();
  await served.close();
  await yard.close();
});

async function shot(name: string): Promise<void> {
  expect(
    await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth > innerWidth,
      high: document.documentElement.scrollHeight > innerHeight,
    })),
  ).toEqual({ wide: false, high: false });
  await shotOf(page, name);
}

const truck = { plate: '晋C12345', facts: sixAxles, papers: { ...papersInOrder, emission: '5' } } as const;

/** A visit of last week: gravel. */
async function lastWeek(): Promise<void> {
  const { lane } = await driveOn(yard, { ...truck, kg: 40_000, kind: 'gross' });
  const load = { ...noLoad, goods: '石子', consignee: '阳泉电厂', driver: '王师傅' };
  await yard.screen.call('load.state', { crossingId: lane.crossingId ?? '', load });
  await save(yard);
  await driveOff(yard);
}

describe('the load of last time', () => {
  it('is confirmed with Enter, and the truck leaves with the next Enter', async () => {
    await lastWeek();
    await driveOn(yard, { plate: truck.plate, kg: 40_000, kind: 'gross' });
    await page.goto(`${served.url}login?code=${served.code}`);
    const screen = new WeighingPage(page);
    await screen.decision('货物是上次的').waitFor();
    await page.getByText('（上次）').waitFor();
    await shot('load-unconfirmed');
    await screen.next('核对货单').waitFor();
    await screen.press('Enter');
    const sheet = new LoadSheetPage(page);
    await sheet.form.getByText('这是上次的货单').waitFor();
    expect(await sheet.field('货物').inputValue()).toBe('石子');
    await shot('load-sheet');
    await screen.press('Enter');
    await sheet.closed();
    await screen.decision('可以放行').waitFor();
    await screen.next('保存并打印装载单').waitFor();
    await screen.press('Enter');
    await screen.decision('编号 2').waitFor();
  });
});

describe('a rear plate that was not read clearly', () => {
  it('is entered on the load sheet, beside what the camera read', async () => {
    const clean = { ...papersInOrder, emission: '6' } as const;
    await driveOn(yard, { ...truck, papers: clean, kg: 40_000, kind: 'gross' });
    yard.station.desk.lane.onPlate({
      plate: '晋C12346',
      colour: 'yellow',
      wellFormed: true,
      pictures: [],
      atMs: 0,
      end: 'rear',
      axles: null,
    });
    yard.station.desk.changed();
    await page.goto(`${served.url}login?code=${served.code}`);
    const screen = new WeighingPage(page);
    await screen.decision('后牌没有读清').waitFor();
    // The page was painted just now: it may not listen to keys yet, but its button is there.
    await screen.next('核对货单').click();
    const sheet = new LoadSheetPage(page);
    await sheet.form.getByText('后摄像机识别 晋C12346').waitFor();
    await sheet.field('后牌（所见）').fill('晋c12345');
    await shot('rear-plate');
    await screen.press('Enter');
    await sheet.closed();
    await screen.decision('可以放行').waitFor();
    await page.getByText('后牌（所见） 晋C12345').waitFor();
    await shot('rear-plate-entered');
  });
});

describe('axle loads beside the scale', () => {
  it('are entered on the load sheet, and the limit of the axles is named; a slip of the pen is not taken', async () => {
    const clean = { ...papersInOrder, emission: '6' } as const;
    await driveOn(yard, { ...truck, papers: clean, kg: 48_000, kind: 'gross' });
    await page.goto(`${served.url}login?code=${served.code}`);
    const screen = new WeighingPage(page);
    await screen.decision('可以放行').waitFor();
    await screen.press('F5');
    const sheet = new LoadSheetPage(page);
    await sheet.field('实测轴重').fill('6800 8600 8600 8000 8000');
    await sheet.field('轴重由何仪器').fill('轴重仪 3 号');
    await screen.press('Enter');
    await sheet.form.getByText('轴重个数与车辆轴数不符').waitFor();
    await shot('axle-loads');
    await sheet.field('实测轴重').fill('6800 8600 8600 8000 8000 8000');
    await screen.press('Enter');
    await sheet.closed();
    await screen.decision('轴荷限值之和').waitFor();
    await page.getByText(/实测轴重 6.800 .* kg · 轴重仪 3 号/).waitFor();
    await shot('axle-loads-refused');
  });
});

describe('a truck that may not leave whatever it weighs', () => {
  it('has no room on the screen or the loader’s telephone, but the reason', async () => {
    putEntry(yard, 'listing', {
      plate: truck.plate,
      colour: 'yellow',
      list: 'black',
      reason: '逃磅',
      by: '李',
    });
    await driveOn(yard, { ...truck, kg: 15_600, kind: 'tare' });
    await save(yard);
    await page.goto(`${served.url}login?code=${served.code}`);
    await page.getByText('✖ 不要装载').waitFor();
    await page.getByText('车辆在黑名单').waitFor();
    await shot('barred');
    await driveOff(yard);
    const context = await chromium.browser().newContext({ viewport: { width: 360, height: 740 } });
    const phone = await context.newPage();
    await phone.goto(`${served.url}login?code=${served.loaderCode}`);
    await phone.getByText('✖ 不要装载').waitFor();
    await phone.getByText('车辆在黑名单').waitFor();
    expect(await phone.getByText('还可装').count()).toBe(0);
    if (shotsDir !== null) writeFileSync(join(shotsDir, 'barred-phone.png'), await phone.screenshot());
    await context.close();
  });
});

it('a load beyond its contract is refused, and is called no overload', async () => {
  await yard.close();
  yard = await openYard((settings) => {
    settings.decision = { quota: true };
  });
  await served.close();
  served = await serveYard(yard);
  putEntry(yard, 'contract', { number: 'HT-1', quotaKg: 20_000 });
  await driveOn(yard, { ...truck, kg: 15_600, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  const { lane } = await driveOn(yard, { plate: truck.plate, kg: 40_000, kind: 'gross' });
  const load = { ...noLoad, contract: 'HT-1' };
  await yard.screen.call('load.state', { crossingId: lane.crossingId ?? '', load });
  await page.goto(`${served.url}login?code=${served.code}`);
  const screen = new WeighingPage(page);
  await screen.decision('✖ 不予放行').waitFor();
  await screen.decision('超合同 4.40 t，请卸货复磅').waitFor();
  await screen.decision('皮重加合同余量 HT-1').waitFor();
  await screen.decision('皮重 15 600 kg · 净重 24 400 kg').waitFor();
  await shot('beyond-contract');
});

it('the decision table says what the emission stage and each paper would change', async () => {
  const papers = { ...papersInOrder, permitExpires: '2020-01-01', emission: '5' } as const;
  await driveOn(yard, { ...truck, papers, kg: 40_000, kind: 'gross' });
  await page.goto(`${served.url}login?code=${served.code}`);
  const screen = new WeighingPage(page);
  await screen.decision('证件已过期').waitFor();
  await screen.press('F1');
  const table = page.getByRole('region', { name: '判定表' });
  await table.getByText('道路运输证 = 有效 → 不予放行').waitFor();
  await table.getByText('排放阶段 = 国六 → 不予放行').waitFor();
  await shot('what-if');
});

it('a truck with everything against it has every reason read whole, for the answer to an angry driver', async () => {
  for (const name of ['原煤']) putEntry(yard, 'goods', { name, category: 'coal' });
  putEntry(yard, 'listing', {
    plate: truck.plate,
    colour: 'yellow',
    list: 'black',
    reason: '2026年10月两次逃磅，欠费未结',
    by: '李',
  });
  const papers = {
    ...papersInOrder,
    licenceExpires: '2020-01-01',
    permitExpires: '2020-01-01',
    emission: '5',
  } as const;
  await driveOn(yard, { ...truck, papers, kg: 15_600, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  for (const kg of [58_000, 56_540]) {
    const { lane } = await driveOn(yard, { plate: truck.plate, kg, kind: 'gross' });
    yard.station.desk.lane.onPlate({
      ...{
        plate: '晋C99999',
        colour: 'yellow',
        wellFormed: true,
        pictures: [],
        atMs: 0,
        end: 'rear',
        axles: 5,
      },
    });
    const load = {
      ...noLoad,
      ...{ goods: '原煤', consignee: '阳泉某某能源发电有限责任公司', destination: '太原', driver: '王师傅' },
    };
    await yard.screen.call('load.state', { crossingId: lane.crossingId ?? '', load });
    if (kg > 57_000) {
      await save(yard);
      await driveOff(yard);
    }
  }
  await page.goto(`${served.url}login?code=${served.code}`);
  const screen = new WeighingPage(page);
  await screen.decision('超限').waitFor();
  for (const language of ['zh', 'en']) {
    await shot(`everything-${language}`);
    expect(await unreadable(page), language).toEqual([]);
    await screen.press('F9');
  }
});
