import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyEvent, seenPlate } from '../../native/cameras/plateEvent.ts';
import { noLoad } from '../../station/contract.ts';
import type { ConsoleServer } from '../../native/console/server.ts';
import { shotOf, shotsDir, useChromium } from '../support/chromium.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const picture = resolve(import.meta.dirname, '../../simulator/pictures/c83n16.jpg');
const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.papers = { form: 'A4' };
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

/** A passage with its tare, a load and a picture of the camera's. */
async function passage(plate: string, kg = 48_000): Promise<number> {
  await driveOn(yard, { plate, kg: 15_000, facts: sixAxles, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  yard.station.desk.onPlate({
    cameraId: 'entry',
    event: {
      ...emptyEvent,
      plate: seenPlate(plate, 'yellow', 96),
      pictures: [{ role: 'full', bytes: readFileSync(picture) }],
    },
    receivedAtMs: Date.now(),
    seenAtMs: Date.now(),
    late: false,
    agoMs: 0,
    clockAheadMs: null,
  });
  const on = await driveOn(yard, { plate, kg, kind: 'gross' });
  await yard.screen.call('load.state', {
    crossingId: on.lane.crossingId ?? '',
    load: {
      ...noLoad,
      ...{ goods: '原煤', shipper: '阳泉某某煤场', consignee: '某某电厂', destination: '石家庄' },
      ...{ driver: '王师傅', loader: '2号铲车 赵师傅' },
    },
  });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

async function fits(): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
}

describe('倒查', () => {
  it('by keyboard: a misread plate, its passage, what was checked, and the report', async () => {
    const number = await passage('晋C83N16');
    await passage('晋C57K02');
    await yard.screen.call('record.correct', { number, field: 'driver', now: '李师傅', reason: '写错' });
    await page.goto(`${served.url}login?code=${served.code}`);
    await page.getByText('晋C').first().waitFor();
    await page.keyboard.press('Shift+F6');
    await page.getByRole('heading', { name: '倒查' }).waitFor();
    await page.keyboard.type('晋C88N16');
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: '晋C83N16' }).first();
    await row.filter({ hasText: '差一个字' }).waitFor();
    await shot('trace-list');
    await fits();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByText('签名有效').first().waitFor();
    await page.getByText('判定重做一致').first().waitFor();
    await page.getByText('王师傅 → 李师傅').waitFor();
    await page.getByRole('img', { name: '车头' }).first().waitFor();
    await shot('trace-detail');
    await fits();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存倒查报告' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^YQ-7-\d{8}-trace\.pdf$/);
    if (shotsDir !== null) await file.saveAs(join(shotsDir, 'trace-pictures.pdf'));
    await page.keyboard.press('Escape');
    await page.getByLabel('时间').fill('25 o’clock');
    await page.getByText('时间写成 202611231405').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Trace back' }).waitFor();
    await fits();
  });
});

describe('检查', () => {
  it('an inspector logs in with a code of their own: figures, whole ledger, sample, signature, no button that writes', async () => {
    await passage('晋C83N16');
    await page.goto(`${served.url}login?code=${served.inspectorCode}`);
    await page.getByText('检查员登录：只看不改').waitFor();
    await page.getByText('签名密钥').waitFor();
    await page.getByRole('button', { name: '核验全部账本' }).click();
    await page.getByText('全部完好').waitFor();
    await page.getByRole('button', { name: '抽取' }).click();
    await page.getByText('✔ 相符').first().waitFor();
    await shot('inspection');
    await fits();
    await page.getByLabel('检查人', { exact: true }).fill('王检查');
    await page.getByRole('button', { name: '签名并打印检查记录' }).click();
    await page.getByText('已签名，没有发现问题').waitFor();
    await page
      .getByRole('button', { name: '车次列表' })
      .or(page.getByRole('button', { name: '车次' }))
      .first()
      .click();
    await page.getByRole('row').filter({ hasText: '83N16' }).first().click();
    await page.getByRole('heading', { name: 'YQ-7-' }).waitFor();
    expect(await page.getByRole('button', { name: '补打' }).count()).toBe(0);
    for (const tab of ['倒查', '电子台账']) {
      await page.getByRole('button', { name: tab }).click();
      await page.getByRole('heading', { name: tab }).waitFor();
    }
    await page.keyboard.press('F7');
    await page.getByRole('heading', { name: '电子台账' }).waitFor();
  });

  it('the desk is made an inspector’s and back', async () => {
    await passage('晋C83N16');
    await page.goto(`${served.url}login?code=${served.code}`);
    await page.getByText('晋C').first().waitFor();
    await page.getByRole('button', { name: '菜单' }).click();
    await shot('menu');
    await page.getByRole('menuitem', { name: '检查' }).click();
    await page.getByText('签名密钥').waitFor();
    await page.getByRole('button', { name: '进入检查模式（只看不改）' }).click();
    await page.getByRole('button', { name: '退出检查模式' }).waitFor();
    await shot('inspection-desk');
    await page.getByRole('button', { name: '退出检查模式' }).click();
    await page.getByRole('button', { name: 'F6' }).waitFor();
  });
});

describe('电子台账 and 交接班', () => {
  it('marks what is missing, exports, and hands the shift over', async () => {
    await passage('晋C83N16');
    await yard.screen.call('operator.sign-in', { name: '张三' });
    await page.goto(`${served.url}login?code=${served.code}`);
    await page.getByText('晋C').first().waitFor();
    await page.keyboard.press('Shift+F7');
    await page.getByRole('row').filter({ hasText: '晋C83N16' }).filter({ hasText: '发动机号' }).waitFor();
    await shot('gate');
    await fits();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 Excel' }).click();
    expect((await download).suggestedFilename()).toMatch(/^运输车辆电子台账-.*\.xlsx$/);
    await page.keyboard.press('Shift+F9');
    await page.getByText('33.00 t').first().waitFor();
    await page.getByLabel('接班人').fill('李四');
    await page.getByRole('button', { name: '交班', exact: true }).click();
    await page.getByRole('button', { name: '再按一次确认交班' }).click();
    await page.getByText('已交班').waitFor();
    await page.getByText('张三 → 李四').waitFor();
    await shot('shift');
    await fits();
  });
});
