import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { launchChromium } from '../support/chromium.ts';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

let browser: Browser | null = null;
let served: ServedStation | null = null;
let camera: JpegServer | null = null;

afterEach(async () => {
  await browser?.close();
  await served?.stop();
  await camera?.close();
});

const views = ['front', 'rear', 'side', 'top', 'scale-house', 'plate', 'side', 'top'];

it('eight cameras are seen live beside a truck that is refused, and nothing is pushed off a small screen', async () => {
  camera = await serveJpeg();
  const { port } = camera;
  served = await serveStation({
    cameras: views.map((view, nth) => ({
      id: `camera-${String(nth)}`,
      kind: 'picture',
      label: `摄像头${String(nth + 1)}`,
      view,
      picture: { host: '127.0.0.1', port, path: '/snap' },
    })),
  });
  browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(served.loginUrl);
  const screen = new WeighingPage(page);
  await screen.shows('0');
  const live = page.getByRole('group', { name: '实时画面' });
  await expect.poll(() => live.getByRole('img').count(), { timeout: 30_000 }).toBe(8);
  served.scale.put(52_640);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C12845');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  await screen.next('保存并打印拒放单').waitFor();
  const shots = process.env.YUANHENG_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'live-eight.png') });
  // Nothing scrolls, and every picture, the weight and the key are inside the window.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(768);
  const boxes = (): Promise<readonly { top: number; bottom: number; right: number }[]> =>
    page.locator('.live-strip img, .key .next, .truck').evaluateAll((all) =>
      all.map((each) => {
        const { top, bottom, right } = each.getBoundingClientRect();
        return { top, bottom, right };
      }),
    );
  await expect.poll(async () => (await boxes()).length, { timeout: 30_000 }).toBe(10);
  for (const box of await boxes()) {
    expect(box.bottom).toBeLessThanOrEqual(768);
    expect(box.right).toBeLessThanOrEqual(1366);
    expect(box.bottom - box.top).toBeGreaterThan(40);
  }
  await live.getByRole('button').nth(2).click();
  const large = page.getByRole('button', { name: '缩小画面' });
  await large.getByRole('img', { name: '实时画面 摄像头3' }).waitFor();
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'live-large.png') });
  await large.click();
  await expect.poll(() => large.count(), { timeout: 30_000 }).toBe(0);
});
