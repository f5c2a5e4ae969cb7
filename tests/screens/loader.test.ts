import { writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { serveConsole } from '../../native/console/server.ts';
import { noLoad } from '../../station/contract.ts';
import { shotsDir, useChromium } from '../support/chromium.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';
import { screensDir } from '../support/yardConsole.ts';

const phone = { width: 360, height: 740 };
const wall = { width: 1920, height: 1080 };
const pages: Page[] = [];
const chromium = useChromium();
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.releases = { enabled: true };
  });
  await serve('real');
});

afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  await served.close();
  await yard.close();
});

async function serve(mode: 'real' | 'drill', connect = yard.station.connect): Promise<void> {
  served = await serveConsole({
    host: '127.0.0.1',
    port: 0,
    screensDir,
    mode,
    connect,
    monotonicMs: () => performance.now(),
  });
}

/** A browser of its own: a telephone, a television, the office. */
async function openPage(size: typeof phone, code: string, path = ''): Promise<Page> {
  const context = await chromium.browser().newContext({ viewport: size });
  const page = await context.newPage();
  pages.push(page);
  await page.goto(`${served.url}login?code=${code}`);
  if (path !== '') await page.goto(`${served.url}${path}`);
  return page;
}

async function shot(page: Page, name: string): Promise<void> {
  const bytes = await page.screenshot();
  if (shotsDir === null) return;
  mkdirSync(shotsDir, { recursive: true });
  writeFileSync(join(shotsDir, `${name}.png`), bytes);
}

async function overflow(page: Page): Promise<{ readonly wide: boolean; readonly high: boolean }> {
  return page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > innerWidth,
    high: document.documentElement.scrollHeight > innerHeight,
  }));
}

async function weigh(plate: string, kg: number, kind: 'tare' | 'gross', goods = '原煤'): Promise<void> {
  const on = await driveOn(yard, { plate, kg, facts: sixAxles, kind });
  const crossingId = on.lane.crossingId ?? '';
  await yard.screen.call('load.state', { crossingId, load: { ...noLoad, goods } });
  await save(yard);
  await driveOff(yard);
}

describe("the loader's telephone", () => {
  it('shows room and overload in big words, for every truck in the yard, without any scrolling aside', async () => {
    await weigh('晋C50001', 15_600, 'tare');
    await weigh('晋C50001', 49_400, 'gross');
    await weigh('晋C50001', 48_800, 'gross');
    await weigh('晋C50001', 15_600, 'tare');
    await weigh('晋C50002', 14_980, 'tare');
    await weigh('晋C50002', 50_240, 'gross');
    await driveOn(yard, { plate: '晋C70001', kg: 12_000, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    const page = await openPage(phone, served.loaderCode);
    await page.getByText('还可装 33.40 t').waitFor();
    await page.getByText('建议净重 33.00 t').waitFor();
    await page.getByText('卸 1.24 t').waitFor();
    await page.getByText('车辆未登记，不知限值').waitFor();
    expect(page.url()).toMatch(/#loader$/);
    expect((await overflow(page)).wide).toBe(false);
    expect(await page.getByRole('textbox').count()).toBe(0);
    const size = await page
      .getByText('还可装 33.40 t')
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(32);
    await shot(page, 'loader-yard');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Take off 1.24 t').waitFor();
    expect((await overflow(page)).wide).toBe(false);
    await shot(page, 'loader-yard-en');
  });

  it('follows the weight while a truck is loaded on the scale, and says so when it is gone', async () => {
    const page = await openPage(phone, served.loaderCode);
    const scale = page.getByRole('region', { name: '磅上' });
    await scale.getByText('空秤').waitFor();
    await weigh('晋C12345', 15_600, 'tare');
    await driveOn(yard, { plate: '晋C12345', kg: 30_000, kind: 'gross' });
    await scale.getByText('还可装 19.00 t').waitFor();
    yard.scale.put(48_900);
    await scale.getByText('✔ 还可装 0.10 t').waitFor();
    await shot(page, 'loader-scale-allow');
    yard.scale.put(50_240);
    await scale.getByText('✖ 超限 1.24 t').waitFor();
    await shot(page, 'loader-scale-over');
    yard.scale.mute(true);
    await scale.getByText('无重量').waitFor();
    yard.scale.mute(false);
  });

  it('is all a loader can get at: the station itself stays closed', async () => {
    const page = await openPage(phone, served.loaderCode);
    await page.getByText('没有待装车辆').waitFor();
    await page.goto(`${served.url}#`);
    await page.reload();
    await page.getByText('没有待装车辆').waitFor();
    expect(page.url()).toMatch(/#loader$/);
  });
});

describe("the yard's display", () => {
  it('shows plate, weight, and room or overload, large enough for the far side of the yard', async () => {
    const page = await openPage(wall, served.loaderCode, '#display');
    const says = page.getByRole('status');
    await says.filter({ hasText: '空秤' }).waitFor();
    await shot(page, 'display-empty');
    await driveOn(yard, { plate: '晋C12345', kg: 48_200, facts: sixAxles, kind: 'gross' });
    await says.filter({ hasText: '✔ 还可装 0.80 t' }).waitFor();
    await page.getByText('48 200 kg').waitFor();
    await shot(page, 'display-allow');
    yard.scale.put(100_000);
    await says.filter({ hasText: '✖ 超限 51.00 t' }).waitFor();
    await page.getByText('100 000 kg').waitFor();
    expect(await overflow(page)).toEqual({ wide: false, high: false });
    const fits = await page.evaluate(() =>
      [...document.querySelectorAll('.display p:not(.drill-mark)')].map((line) => {
        const range = document.createRange();
        range.selectNodeContents(line);
        const { width } = range.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(line.firstElementChild ?? line).fontSize);
        return { fits: width <= innerWidth, large: size >= innerHeight / 8 };
      }),
    );
    expect(fits).toEqual(Array.from({ length: 3 }, () => ({ fits: true, large: true })));
    await shot(page, 'display-over');
    yard.scale.put(0);
    await says.filter({ hasText: '空秤' }).waitFor();
    await driveOn(yard, { plate: '晋C70001', kg: 30_000, kind: 'tare' });
    await says.filter({ hasText: '未识别' }).waitFor();
    yard.scale.put(0);
    await says.filter({ hasText: '空秤' }).waitFor();
    const expired = { ...papersInOrder, licenceExpires: '2020-01-01' };
    await driveOn(yard, { plate: '晋C12346', kg: 30_000, facts: sixAxles, papers: expired, kind: 'gross' });
    await says.filter({ hasText: '✖ 不予放行' }).waitFor();
    await shot(page, 'display-refused');
  });

  it('carries the drill mark in a drill, and shows no weight when the station is gone', async () => {
    await served.close();
    const drill = (connect: typeof yard.station.connect): typeof yard.station.connect => {
      return (peer) =>
        connect({
          post: (message) => {
            const told = 'event' in message && message.event === 'loading';
            peer.post(told ? { ...message, loading: { ...message.loading, mode: 'drill' } } : message);
          },
        });
    };
    await serve('drill', drill(yard.station.connect));
    const page = await openPage(wall, served.loaderCode, '#display');
    await page.getByText('演练 DRILL').waitFor();
    await driveOn(yard, { plate: '晋C12345', kg: 50_240, facts: sixAxles, kind: 'gross' });
    await page.getByRole('status').filter({ hasText: '✖ 超限 1.24 t' }).waitFor();
    expect(await overflow(page)).toEqual({ wide: false, high: false });
    await shot(page, 'display-drill');
    await served.close();
    await page.getByRole('status').filter({ hasText: '无重量' }).waitFor();
    await page.getByText('— — —').waitFor();
    await shot(page, 'display-gone');
  });
});
