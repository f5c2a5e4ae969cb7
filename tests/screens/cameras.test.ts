import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { answerProbes } from '../../simulator/cameras/discovery.ts';
import { useChromium } from '../support/chromium.ts';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const chromium = useChromium();
let page: Page;
let camera: JpegServer;
let served: ServedStation;

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
  page = await chromium.window();
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
    await page.getByRole('alert').getByText('回答的是网页').waitFor();
  });

  it('of the network are found, one that is chosen is set up, and plates are read in its pictures', async () => {
    const responder = await answerProbes(8000);
    try {
      await openCameras();
      await page.getByLabel('只查这个地址').fill(`127.0.0.1:${String(responder.port)}`);
      await page.getByRole('button', { name: '查找 ONVIF 摄像头' }).click();
      await page.getByRole('button', { name: 'YUANHENG DRILL · SIM-1 · 127.0.0.1:8000' }).click();
      expect(await page.getByLabel('品牌与方式').inputValue()).toBe('onvif');
      expect(await page.getByLabel('摄像头地址').inputValue()).toBe('127.0.0.1');
      expect(await page.getByLabel('端口').inputValue()).toBe('8000');
      await page.getByLabel('编号', { exact: true }).fill('found');
      await page.getByLabel('用户名', { exact: true }).fill('admin');
      await page.getByLabel('密码所在环境变量', { exact: true }).fill('geheim');
      await page.getByLabel('在本机识别车牌').selectOption({ label: '识别' });
      await page.getByText('700 MB').waitFor();
      await page.getByRole('button', { name: '保存全部并重新连接' }).click();
      await page.getByRole('alert').getByText('不是密码本身').waitFor();
      await page.getByLabel('密码所在环境变量', { exact: true }).fill('YH_FOUND');
      if (process.env.YUANHENG_SHOTS !== undefined)
        await page.screenshot({ path: join(process.env.YUANHENG_SHOTS, 'camera-form.png') });
      await page.getByRole('button', { name: '保存全部并重新连接' }).click();
      await page.getByRole('status').getByText('已保存').waitFor();
      const list = page.getByRole('navigation', { name: '已设置的摄像头' });
      await list.getByRole('button', { name: 'YUANHENG DRILL', exact: true }).click();
      await page.getByText('最近故障').waitFor();
      expect(await page.getByLabel('在本机识别车牌').inputValue()).toBe('yes');
    } finally {
      await responder.close();
    }
  });

  it('are set up there: what is wrong is marked by its field, what is right is saved and connected', async () => {
    await openCameras();
    await page.getByRole('button', { name: '新增摄像头' }).click();
    const kind = page.getByLabel('品牌与方式');
    await kind.selectOption({ label: '华夏智信 推送' });
    await page.getByLabel('编号', { exact: true }).fill('Entry 1');
    await page.getByRole('button', { name: '保存全部并重新连接' }).click();
    await page.getByRole('alert').getByText('小写字母、数字、连字符').waitFor();
    // In the operator's language alone.
    expect(await page.getByText('small letters').count()).toBe(0);
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
    await page.getByText(/http:\/\/127\.0\.0\.1:\d+\/cameras\/entry$/).waitFor();
  });
});
