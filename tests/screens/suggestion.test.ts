import { request } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { launchChromium, shotOf } from '../support/chromium.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

let browser: Browser | null = null;
let served: ServedStation | null = null;

afterEach(async () => {
  await browser?.close();
  expect(await served?.stop()).toBe(0);
});

it('another plate than the camera read stands on the screen, and the space bar takes it, in both languages', async () => {
  served = await serveStation({
    cameras: [{ id: 'entry', kind: 'json-push', allowFrom: ['127.0.0.1'] }],
    cameraListener: { host: '127.0.0.1', port: 0 },
  });
  const port = Number(/:(\d+)\/cameras\/ID/.exec(served.said.join('\n'))?.[1]);
  const sees = (eventId: string, plate: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: '/cameras/entry', method: 'POST' }, (answer) => {
        answer.resume().on('end', resolve);
      });
      asked.on('error', reject);
      asked.end(
        JSON.stringify({ eventId, plate, colour: 'yellow', characterPercents: [99, 99, 99, 99, 41, 99, 99] }),
      );
    });
  browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(served.loginUrl);
  const screen = new WeighingPage(page);
  await screen.shows('0');
  await screen.next('等待车辆上磅').waitFor();
  // Known to the register by its first visit.
  served.scale.put(14_000);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C12845');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  served.scale.put(0);
  await screen.next('等待车辆上磅').waitFor();
  // Another one in between: a bad reading of who just left is not taken for the next.
  served.scale.put(20_000);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C77777');
  served.scale.put(0);
  await screen.next('等待车辆上磅').waitFor();
  await sees('1', '晋C12B45');
  served.scale.put(14_000);
  const suggestion = page.getByRole('region', { name: '车牌建议' });
  await suggestion.filter({ hasText: '摄像机读作 晋C12B45 → 晋C·12845' }).waitFor();
  await suggestion.filter({ hasText: '备案 · 字符相近' }).waitFor();
  await shotOf(page, 'suggestion-zh');
  await screen.press('F9');
  await page
    .getByRole('region', { name: 'Suggested plate' })
    .filter({ hasText: 'characters look alike' })
    .waitFor();
  await shotOf(page, 'suggestion-en');
  // While somebody types, the space belongs to the form.
  await screen.press('F4');
  await page.getByRole('textbox', { name: 'Plate' }).press(' ');
  await screen.press('Escape');
  await page.getByRole('region', { name: 'Suggested plate' }).waitFor();
  await screen.press('Space');
  await page.getByRole('region', { name: 'Suggested plate' }).waitFor({ state: 'detached' });
  await page.getByText('Camera read 晋C12B45').waitFor();
  await shotOf(page, 'suggestion-taken');
});
