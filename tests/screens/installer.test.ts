import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InstallerPage } from '../pages/InstallerPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { useChromium } from '../support/chromium.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const chromium = useChromium();
let page: Page;
let served: ServedStation;
let fresh: TestScale;

beforeEach(async () => {
  served = await serveStation({ instrument: null });
  fresh = await startScale();
  page = await chromium.window();
  await page.goto(served.loginUrl);
});

afterEach(async () => {
  await page.close();
  await served.stop();
  await fresh.close();
});

describe('the installer’s screen', () => {
  it('takes a station without an indicator to a weight on the main screen', async () => {
    const screen = new InstallerPage(page);
    await screen.open();
    await screen.chooseTcp(fresh.port);
    await screen.press('自动识别');
    await screen
      .candidate('耀华 连续发送')
      .filter({ hasText: '100%' })
      .getByRole('button', { name: '选用' })
      .click();
    await screen.press('试读');
    await screen.live.getByText('022b303030303030').first().waitFor();
    const save = page.getByRole('button', { name: '保存并启用' });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('仪表显示与此一致，我已核对').check();
    await save.click();
    await vi.waitFor(
      () => {
        expect(JSON.parse(readFileSync(served.configFile, 'utf8'))).toMatchObject({
          instrument: { profile: 'yaohua-continuous', transport: { port: fresh.port } },
        });
      },
      { timeout: 30_000 },
    );
    await page.keyboard.press('Escape');
    fresh.put(31_240);
    await new WeighingPage(page).shows('31 240');
  });

  it('names the field that is wrong, and saves nothing', async () => {
    const screen = new InstallerPage(page);
    await screen.open();
    await screen.chooseTcp(fresh.port);
    await page.getByLabel('分度值 e (kg)').fill('0');
    await screen.press('试读');
    await page.getByRole('alert').filter({ hasText: 'divisionKg' }).waitFor();
    await page.getByText('光栅（红外对射）').click();
    await page.getByRole('group', { name: '入口' }).getByRole('textbox').fill('第一个');
    await screen.press('试读光栅');
    await page.getByRole('alert').filter({ hasText: 'entry.address' }).waitFor();
    expect(JSON.parse(readFileSync(served.configFile, 'utf8'))).toMatchObject({ instrument: null });
  });
});
