import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { launchChromium } from '../support/chromium.ts';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

let browser: Browser;
let page: Page;
let camera: JpegServer;
let served: ServedStation;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  camera = await serveJpeg();
  served = await serveStation({
    cameraListener: { host: '127.0.0.1', port: 0 },
    cameras: [
      {
        id: 'side',
        kind: 'picture',
        label: '车身',
        view: 'side',
        picture: { host: '127.0.0.1', port: camera.port, path: '/snap' },
      },
    ],
  });
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(served.loginUrl);
  await new WeighingPage(page).shows('0');
});
afterEach(async () => {
  await page.close();
  await served.stop();
  await camera.close();
});

async function openCameras(): Promise<void> {
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '摄像头' }).click();
}

describe('the cameras', () => {
  it('are seen live beside the truck, and a dead one shows no old picture', async () => {
    const live = page.getByRole('group', { name: '实时画面' });
    await live.getByRole('img', { name: '实时画面 车身' }).waitFor();
    camera.answer = { status: 500, type: 'text/plain', body: Buffer.from('') };
    await live.getByText('没有画面').waitFor();
    expect(await live.getByRole('img').count()).toBe(0);
  });

  it('have a screen that says how each stands and takes a picture on the spot', async () => {
    await openCameras();
    await page.getByRole('button', { name: '现在取图' }).click();
    await page.getByRole('img', { name: '车身' }).waitFor();
    await page.getByText(/用时 \d+ 毫秒/).waitFor();
    camera.answer = { status: 200, type: 'text/html', body: Buffer.from('<html>') };
    await page.getByRole('button', { name: '现在取图' }).click();
    await page.getByRole('alert').getByText('web page').waitFor();
  });

  it('are set up there: what is wrong is marked by its field, what is right is saved and connected', async () => {
    await openCameras();
    await page.getByRole('button', { name: '新增摄像头' }).click();
    const kind = page.getByLabel('品牌与方式');
    await kind.selectOption({ label: '华夏智信 推送' });
    await page.getByLabel('编号', { exact: true }).fill('Entry 1');
    await page.getByRole('button', { name: '保存全部并重新连接' }).click();
    await page.getByText('small letters, digits and hyphens').waitFor();
    await page.getByLabel('编号', { exact: true }).fill('entry');
    await page.getByLabel('允许的来源地址').fill('127.0.0.1');
    await page.getByRole('button', { name: '保存全部并重新连接' }).click();
    await page
      .getByRole('navigation', { name: '已设置的摄像头' })
      .getByRole('button', { name: 'entry' })
      .waitFor();
    // The station started anew with it, and says where this camera pushes to.
    await page
      .getByRole('navigation', { name: '已设置的摄像头' })
      .getByRole('button', { name: 'entry' })
      .click();
    await page.getByText(/\/cameras\/entry/).waitFor();
  });
});
