import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { useChromium } from '../support/chromium.ts';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';
import { unreadable } from '../support/unreadable.ts';

const chromium = useChromium();
let page: Page;
let camera: JpegServer;
let served: ServedStation;
let screen: WeighingPage;

beforeEach(async () => {
  camera = await serveJpeg();
  const views = ['front', 'rear', 'side', 'top', 'scale-house', 'side', 'top', 'rear'];
  served = await serveStation({
    station: { id: 'YQ-8', name: '阳泉市郊区荫营镇东煤场' },
    cameraListener: { host: '127.0.0.1', port: 0 },
    cameras: views.map((view, index) => ({
      id: `eye-${String(index)}`,
      kind: 'picture',
      label: `机位${String(index + 1)}`,
      view,
      picture: { host: '127.0.0.1', port: camera.port, path: '/snap' },
    })),
    platform: { url: 'https://127.0.0.1:9' },
  });
  page = await chromium.window();
  await page.goto(served.loginUrl);
  screen = new WeighingPage(page);
  await screen.shows('0');
});
afterEach(async () => {
  await page.close();
  await served.stop();
  await camera.close();
});

/** In both languages and both themes. */
async function readsWhole(name: string): Promise<void> {
  for (const language of ['zh', 'en']) {
    const dir = process.env.YUANHENG_SHOTS;
    if (dir !== undefined) {
      mkdirSync(dir, { recursive: true });
      await page.screenshot({ path: join(dir, `${name}-${language}.png`) });
    }
    expect(await unreadable(page), `${name} ${language}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await screen.press('F9');
  }
}

it('at 1366×768 the main screen is read whole through a truck’s visit, with everything connected', async () => {
  await readsWhole('empty');
  served.scale.put(46_640);
  await screen.next('输入车牌').waitFor();
  await readsWhole('unnamed');
  await screen.enterPlate('晋C83N16');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await readsWhole('vehicle unknown');
  await screen.press('Enter');
  await page.getByRole('form', { name: '车辆信息' }).waitFor();
  await readsWhole('vehicle form');
  await screen.stateSixAxles();
  await screen.decision('可以放行').waitFor();
  await readsWhole('decided');
  await screen.press('Enter');
  await screen.next('请车辆下磅').waitFor();
  await readsWhole('saved');
  // The platform is not there, which one chip says; nothing else is wrong.
  await page.getByText('市平台 断开').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

it('the menu names everything that is not needed for every truck', async () => {
  await page.getByRole('button', { name: '菜单' }).click();
  const names = await page.getByRole('menuitem').allInnerTexts();
  expect(names.join(' ')).toMatch(/摄像头.*锚点与备份.*手机和办公室/s);
  await readsWhole('menu');
});

it('the bar is read whole with more trouble in it than one line holds', async () => {
  await page.getByText('市平台 断开').evaluate((chip) => {
    chip.append(' · 待传 12345 · 被退回 1234');
  });
  await readsWhole('trouble');
});

it('every other screen is read whole', async () => {
  served.scale.put(46_640);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C83N16');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  await screen.decision('可以放行').waitFor();
  await screen.press('Enter');
  await screen.next('请车辆下磅').waitFor();
  served.scale.put(0);
  await screen.next('等待车辆上磅').waitFor();
  for (const key of [
    'F6',
    'F7',
    'F8',
    'Shift+F5',
    'Shift+F6',
    'Shift+F7',
    'Shift+F8',
    'Shift+F9',
    'Shift+F12',
  ]) {
    await screen.press(key);
    await page.getByRole('main').waitFor();
    await readsWhole(key);
  }
  await screen.press('Shift+F12');
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '摄像头' }).click();
  await readsWhole('cameras');
  await page.getByRole('button', { name: '仪表接入' }).click();
  await readsWhole('installer');
});
