import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { RecordsPage } from '../pages/RecordsPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { shotsDir, useChromium } from '../support/chromium.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;
let records: RecordsPage;

beforeEach(async () => {
  yard = await openYard();
  served = await serveYard(yard);
  page = await chromium.window();
  records = new RecordsPage(page);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await page.close();
  await served.close();
  await yard.close();
});

async function logIn(code: string): Promise<void> {
  await page.goto(`${served.url}login?code=${code}`);
  await page.getByText('源衡').first().waitFor();
}

/** A picture of the page in both themes, and nothing wider than the screen. */
async function shot(name: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  if (shotsDir === null) return;
  mkdirSync(shotsDir, { recursive: true });
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    writeFileSync(join(shotsDir, `${name}-${theme}.png`), await page.screenshot());
  }
}

async function weigh(plate: string, kg = 40_000): Promise<number> {
  await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

/** A truck that comes, stands and leaves, and nobody weighs it. */
async function passUnweighed(kg: number): Promise<void> {
  await yard.screen.until('empty scale', (view) => view.lane.phase === 'zero');
  yard.scale.put(kg);
  await yard.screen.until('stable', (view) => view.lane.stableKg === kg);
  await driveOff(yard);
}

describe('a record that was wrong', () => {
  it('is corrected with a reason and a name, and shows what was said of it', async () => {
    const number = await weigh('晋C12345');
    await yard.screen.call('operator.sign-in', { name: '张三' });
    await logIn(served.code);
    await records.openPassage('晋C12345');
    await page.getByRole('button', { name: '更正' }).click();
    const form = records.form('更正');
    await form.getByLabel('更正哪一项').selectOption({ label: '收货单位' });
    await form.getByLabel('更正为').fill('某某电厂');
    await form.getByRole('button', { name: '下一步' }).click();
    // Without a reason nothing is even asked to be confirmed.
    await form.getByText('请填全').waitFor();
    await shot('correct');
    await records.state('更正', { reason: '司机报错了' }, '确认更正');
    const said = page.getByLabel('作废与更正');
    await said.getByText('收货单位 （空） → 某某电厂').waitFor();
    await said.getByText('司机报错了 · 张三').waitFor();
    const detail = await yard.screen.call('passages.detail', { number });
    expect(detail.ok && detail.value.amendments.corrections).toMatchObject([
      { field: 'consignee', now: '某某电厂', reason: '司机报错了', operator: '张三' },
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('row').filter({ hasText: '晋C12345' }).getByText('有更正').waitFor();
  });

  it('is voided only after it was said twice, and then stands out and has no paper any more', async () => {
    const number = await weigh('晋C12345');
    await weigh('晋C12346');
    await logIn(served.code);
    await records.openPassage('晋C12345');
    await page.getByRole('button', { name: '作废' }).click();
    const form = records.form('作废');
    await form.getByLabel('原因').fill('车牌打错，重新过磅');
    await form.getByLabel('谁').fill('李四');
    await page.keyboard.press('Enter');
    await form.getByText('车牌打错，重新过磅').waitFor();
    await shot('void-confirm');
    // The same hand pressing again goes back and writes nothing.
    await page.keyboard.press('Enter');
    await form.getByLabel('原因').waitFor();
    expect(await amended(number)).toBeNull();
    await records.state('作废', {}, '确认作废');
    await page.getByRole('heading', { name: '已作废' }).waitFor();
    await page.getByLabel('作废与更正').getByText('车牌打错，重新过磅 · 李四').waitFor();
    expect(await amended(number)).toMatchObject({ reason: '车牌打错，重新过磅', operator: '李四' });
    for (const gone of ['补打', '保存 PDF', '作废', '更正'])
      expect(await page.getByRole('button', { name: gone, exact: true }).count()).toBe(0);
    await shot('void-detail');
    await page.keyboard.press('Escape');
    await page.getByRole('row').filter({ hasText: '晋C12345' }).getByText('已作废').waitFor();
    expect(await page.getByRole('row').filter({ hasText: '晋C12346' }).getByText('已作废').count()).toBe(0);
    await shot('void-list');
  });

  it('is left alone by an inspector', async () => {
    const number = await weigh('晋C12345');
    await logIn(served.inspectorCode);
    await page.getByRole('button', { name: '车次列表' }).click();
    await page.getByRole('row').filter({ hasText: '晋C12345' }).first().click();
    await page.getByRole('heading', { name: 'YQ-7-' }).waitFor();
    for (const gone of ['作废', '更正'])
      expect(await page.getByRole('button', { name: gone, exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: '记录', exact: true }).click();
    await page.getByRole('tab', { name: '密钥' }).click();
    await page.getByText('第一把').waitFor();
    for (const gone of ['更换密钥', '报密钥丢失', '吊销'])
      expect(await page.getByRole('button', { name: gone }).count()).toBe(0);
    await page.getByRole('tab', { name: '手工记录' }).click();
    await page.getByText('没有手工记录').waitFor();
    expect(await page.getByRole('button', { name: '新增手工记录' }).count()).toBe(0);
    expect(await amended(number)).toBeNull();
  });
});

async function amended(number: number): Promise<unknown> {
  const detail = await yard.screen.call('passages.detail', { number });
  return detail.ok ? detail.value.amendments.voided : 'no such record';
}

describe('a crossing', () => {
  it('that left no record is counted on the menu, stands out, and is explained once by a person', async () => {
    await weigh('晋C12345');
    await passUnweighed(30_000);
    await logIn(served.code);
    await page.getByRole('button', { name: '菜单 1' }).click();
    await page.getByRole('menuitem', { name: '记录' }).click();
    const panel = await records.panel('上磅过程');
    await panel.getByText('1 次上磅没有记录').waitFor();
    await shot('crossings');
    const row = panel.getByRole('row').filter({ hasText: '30 000' });
    await row.getByRole('button', { name: '说明' }).click();
    await records.form(/^说明/).getByLabel('是什么').selectOption({ label: '没过磅就开走' });
    await records.state(/^说明/, { reason: '司机走错车道', by: '王五' }, '确认说明');
    await panel.getByText('每次上磅都有记录或说明').waitFor();
    await panel.getByLabel('只看未说明的').uncheck();
    await row.getByText('没过磅就开走: 司机走错车道 · 王五').waitFor();
    await panel.getByRole('button', { name: '编号 1' }).waitFor();
    await shot('crossings-explained');
    expect(yard.screen.view?.unexplained).toBe(0);
  });

  it('of test weights is stated to be maintenance by one key, and is not weighed', async () => {
    await logIn(served.code);
    const weighing = new WeighingPage(page);
    await weighing.shows('0');
    await weighing.next('等待车辆上磅').waitFor();
    yard.scale.put(20_000);
    await weighing.next('输入车牌').waitFor();
    await page.keyboard.press('Shift+F2');
    const form = records.form('检修/试磅');
    await shot('maintenance-sheet');
    await form.getByRole('button', { name: '期间核查试磅' }).click();
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('检修/试磅，不过磅').waitFor();
    await weighing.next('请车辆下磅').waitFor();
    await shot('maintenance');
    expect(await weighing.next('请车辆下磅').isDisabled()).toBe(true);
    await driveOff(yard);
    const panel = await records.open('上磅过程');
    await panel.getByLabel('只看未说明的').uncheck();
    const row = panel.getByRole('row').filter({ hasText: '20 000' });
    await row.getByText('检修').first().waitFor();
    await row.getByText('期间核查试磅').waitFor();
  });
});

it('a weight typed by hand looks like nothing else, and opens nothing', async () => {
  await logIn(served.code);
  const panel = await records.open('手工记录');
  await panel.getByRole('button', { name: '新增手工记录' }).click();
  const form = records.form('手工记录');
  await form.getByLabel('车牌').fill('晋c54321');
  await form.getByLabel('重量 kg').fill('38500');
  await form.getByLabel('数从哪里来').fill('隔壁站磅单 0012');
  await shot('manual-form');
  await records.state('手工记录', { reason: '本站仪表送检', by: '李四' }, '确认手工记录');
  const entry = panel.getByRole('listitem').filter({ hasText: '手工 1' });
  for (const text of ['38 500 kg', '隔壁站磅单 0012', '本站仪表送检', '李四'])
    await entry.getByText(text).first().waitFor();
  await shot('manual');
  expect(yard.screen.view?.recent).toEqual([]);
  const kept = await yard.screen.call('manual.list', { limit: 10 });
  expect(kept.ok && kept.value.rows).toMatchObject([
    { plate: '晋C54321', statedKg: 38_500, operator: '李四', kind: 'gross' },
  ]);
});

describe('the key', () => {
  it('is shown with its fingerprint, replaced, and the old one revoked', async () => {
    await weigh('晋C12345');
    await logIn(served.code);
    const panel = await records.open('密钥');
    const [first] = await keys();
    const grouped = (first?.fingerprint.match(/.{4}/g) ?? []).join(' ');
    await panel.getByText(grouped).waitFor();
    await panel.getByText('由启动程序的人或服务给出').waitFor();
    for (const [button, name] of [
      ['导出公钥与作废名单', /^keys-YQ-7-.*\.json$/],
      ['导出核验页（内含名单）', /^verifier-YQ-7-.*\.html$/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        panel.getByRole('button', { name: button }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(name);
    }
    await panel.getByText('已导出，作废名单条数 0').waitFor();
    await shot('keys-published');
    await panel.getByRole('button', { name: '更换密钥' }).click();
    await records.state('更换密钥', { by: '李四' }, '确认更换密钥');
    await panel.getByText('新密钥已启用').waitFor();
    await panel.getByText('由前一把密钥担保').waitFor();
    await shot('keys-replaced');
    await panel.getByRole('button', { name: '吊销' }).click();
    await shot('key-revoke');
    await page.keyboard.press('F9');
    await page.getByText('Not to be believed from').waitFor();
    await shot('key-revoke-en');
    await page.keyboard.press('F9');
    await records.state(/^吊销/, { reason: '旧电脑送修', by: '李四' }, '确认吊销');
    await panel.getByText('已吊销').waitFor();
    expect(await panel.getByRole('button', { name: '吊销' }).count()).toBe(0);
    const [old, now] = await keys();
    expect(old).toMatchObject({ keyId: first?.keyId, current: false });
    expect(old?.revokedSinceMs).toBeTypeOf('number');
    expect(now).toMatchObject({ current: true, reason: 'rotation' });
    await weigh('晋C12346');
  });

  it('of a station that was moved is started anew from the fault itself, and the station decides again', async () => {
    await weigh('晋C12345');
    yard.screen.close();
    await yard.station.close();
    vi.stubEnv('YUANHENG_KEY_SECRET', 'another computer');
    await yard.reopen();
    await logIn(served.code);
    const faults = page.locator('.faults');
    await faults.getByText('这台电脑打不开密钥文件').waitFor();
    await driveOn(yard, { plate: '晋C12346', kg: 41_000, facts: sixAxles, kind: 'gross' });
    await page.getByRole('status', { name: '判定' }).filter({ hasText: '无法判定' }).waitFor();
    await faults.getByRole('button', { name: '去处理密钥' }).click();
    const panel = await records.panel('密钥');
    await shot('keys-moved');
    // What no key can vouch for is not offered as if one could.
    expect(await panel.getByRole('button', { name: '更换密钥' }).count()).toBe(0);
    await panel.getByRole('button', { name: '新电脑，启用新密钥' }).click();
    await shot('keys-new-computer');
    await records.state('新电脑，启用新密钥', { by: '负责人' }, '确认新电脑，启用新密钥');
    await panel.getByText('没有前一把密钥的担保').waitFor();
    await faults.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '保存并打印装载单' }).click();
    await page.getByRole('status', { name: '判定' }).filter({ hasText: '已保存' }).waitFor();
    expect(yard.screen.view?.recent[0]).toMatchObject({ number: 2, outcome: 'allow' });
  });

  async function keys() {
    const got = await yard.screen.call('keys.list', {});
    return got.ok ? got.value.keys : [];
  }
});
