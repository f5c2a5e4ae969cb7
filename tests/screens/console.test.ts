import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

function address(): string {
  return /http:\/\/\S+\//.exec(served.said[0] ?? '')?.[0] ?? '';
}

function code(): string {
  return /\d{4}-\d{4}-\d{4}/.exec(served.said[1] ?? '')?.[0] ?? '';
}

describe('the browser console', () => {
  it('lets nobody in without the code the station printed', async () => {
    await page.goto(address());
    const field = page.getByRole('textbox', { name: '登录码' });
    await field.fill('0000-0000-0000');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '登录码不对' }).waitFor();
    const socket = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const line = new WebSocket(`ws://${location.host}/station`);
          line.onopen = () => {
            resolve('open');
          };
          line.onerror = () => {
            resolve('refused');
          };
        }),
    );
    expect(socket).toBe('refused');
    await field.fill(code());
    await page.getByRole('button', { name: '登录' }).click();
    await new WeighingPage(page).shows('0');
  });

  it('weighs a truck by keyboard alone and refuses the overloaded one, in both languages', async () => {
    await page.goto(`${address()}login?code=${code()}`);
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
    await screen.decision('预判').waitFor();
    await screen.press('Enter');
    await screen.decision('编号 1').waitFor();
    await screen.press('F9');
    await page.getByText('Over by 1.20 t: unload and weigh again').waitFor();
    const overflow = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth > innerWidth,
      high: document.documentElement.scrollHeight > innerHeight,
    }));
    expect(overflow).toEqual({ wide: false, high: false });
  });

  it('shows no weight once the scale falls silent', async () => {
    await page.goto(`${address()}login?code=${code()}`);
    const screen = new WeighingPage(page);
    served.scale.put(30_000);
    await screen.shows('30 000');
    served.scale.mute(true);
    await screen.shows('— — —');
    await page.getByText('数据过期').waitFor();
  });
});
