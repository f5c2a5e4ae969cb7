import { Buffer } from 'node:buffer';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workbookOf } from '../../native/register/testWorkbook.ts';
import { signRuleSet } from '../../station/limits/ruleFile.ts';
import { latestRuleSet } from '../../station/limits/ruleSets/index.ts';
import { RegisterPage } from '../pages/RegisterPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { useChromium } from '../support/chromium.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const picture = resolve(import.meta.dirname, '../../simulator/pictures/c4t729.jpg');
const chromium = useChromium();
let page: Page;
let served: ServedStation;
let register: RegisterPage;

beforeEach(async () => {
  served = await serveStation({
    ruleKeys: [
      { id: 'city', publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
    ],
  });
  page = await chromium.window();
  await page.goto(served.loginUrl);
  await new WeighingPage(page).shows('0');
  register = new RegisterPage(page);
});

afterEach(async () => {
  await page.close();
  await served.stop();
});

/** A spreadsheet of texts. */
function sheetOf(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cell = (text: string, column: number, row: number): string =>
    `<c r="${'ABCDEFGH'.charAt(column)}${String(row)}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const xml = rows.map(
    (cells, index) =>
      `<row r="${String(index + 1)}">${cells.map((text, column) => cell(text, column, index + 1)).join('')}</row>`,
  );
  return workbookOf(`<sheetData>${xml.join('')}</sheetData>`);
}

const truck = {
  '车牌号 *': '晋C12345',
  轴数: '6',
  车型: '铰接列车',
  轴组: '1+2+3',
  驱动轴数: '2',
  '核定载质量 kg': '40000',
  行驶证检验有效期至: '20991231',
  道路运输证有效期至: '20991231',
};

describe('the register’s screen', () => {
  it('a vehicle entered there is weighed with what it says, and leaves with one key', async () => {
    await register.open();
    await register.add('车辆', { ...truck, '车牌号 *': '晋C1' });
    await page.getByRole('alert').filter({ hasText: '车牌格式不对' }).waitFor();
    await register.fill('车辆', { '车牌号 *': '晋C12345' });
    await page.getByRole('form').waitFor({ state: 'detached' });
    await register.row('晋C12345').waitFor();
    await page.keyboard.press('F7');
    const screen = new WeighingPage(page);
    await screen.next('等待车辆上磅').waitFor();
    served.scale.put(48_200);
    await screen.next('输入车牌').waitFor();
    await screen.enterPlate('晋C12345');
    await screen.press('F3');
    await screen.decision('还可装 0.80 t').waitFor();
    await screen.press('F1');
    await page.getByRole('region', { name: '判定表' }).getByText('差一项的规则').waitFor();
    await screen.press('Enter');
    await screen.press('F1');
    await screen.decision('编号 1').waitFor();
  });

  it('marks what has expired in words, keeps a picture of the paper, and tells who changed what', async () => {
    await register.open();
    await register.add('车辆', { ...truck, 道路运输证有效期至: '20200101' });
    await register.row('晋C12345').filter({ hasText: '已过期' }).click();
    await page.getByLabel('道路运输证照片 选择照片').setInputFiles(picture);
    await page.getByRole('img', { name: '道路运输证照片' }).waitFor();
    const screenshot = { name: 'paper.png', mimeType: 'image/png', buffer: await page.screenshot() };
    await page.getByLabel('行驶证照片 选择照片').setInputFiles(screenshot);
    const licence = page.getByRole('img', { name: '行驶证照片' });
    expect(await licence.getAttribute('src')).toMatch(/^data:image\/jpeg;base64,/);
    await page
      .getByLabel('行驶证照片 选择照片')
      .setInputFiles({ name: 'paper.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await page.getByRole('alert').filter({ hasText: '不是能用的照片' }).waitFor();
    await register.fill('车辆', { 道路运输证有效期至: '20991231' });
    await register.row('晋C12345').click();
    const history = page.getByRole('region', { name: '变更记录' });
    await history.getByText('2020-01-01 → 2099-12-31').waitFor();
    await page.getByText('写明原因后删除').click();
    await page.getByLabel('原因').fill('已报废');
    await page.getByRole('button', { name: '删除' }).click();
    await register.row('没有记录').waitFor();
  });

  it('leaves out nothing that was typed: a day it cannot read is asked for again', async () => {
    await register.open();
    await register.add('车辆', { ...truck, 行驶证检验有效期至: '明年五月' });
    await page.getByRole('alert').filter({ hasText: '日期格式不对' }).waitFor();
    await register.fill('车辆', { 行驶证检验有效期至: '2027年5月1日' });
    await register.row('晋C12345').filter({ hasText: '2027-05-01' }).waitFor();
  });

  it('shows what a tractor makes with its trailer, and that a trailer is missing', async () => {
    await register.open();
    const tractor = { '车牌号 *': '晋C88888', 车辆单元: '牵引车', 轴数: '3', 轴组: '1+2', 驱动轴数: '2' };
    await register.add('车辆', { ...tractor, 挂车号牌: '晋C7777挂' });
    await register.row('晋C88888').click();
    const both = page.getByRole('region', { name: '与挂车组成' });
    await both.getByText('台账里没有挂车 晋C7777挂').waitFor();
    await page.keyboard.press('Escape');
    // Semi-trailer, centre-axle or full trailer: the law has other limits for each, and the plate does not say.
    const trailer = { '车牌号 *': '晋C7777挂', 车辆单元: '挂车', 轴数: '3', 轴组: '3' };
    await register.add('车辆', { ...trailer, 车型: '铰接列车' });
    await register.row('晋C88888').click();
    await both.getByText('6 轴 · 铰接列车（半挂） · 1+2+3 · 驱动轴 2').waitFor();
  });

  it('opens an entry by keyboard alone and saves nothing by opening it', async () => {
    await register.open();
    await register.add('车辆', truck);
    await register.row('晋C12345').waitFor();
    await page.keyboard.press('F2');
    await page.getByRole('heading', { name: '新增 · 车辆' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('12345');
    await page.getByText('共 1 条').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '变更记录' }).waitFor();
    await page.getByRole('form').getByRole('textbox', { name: '轴组' }).fill('2+2+2');
    await page.keyboard.press('Escape');
    await register.row('1+2+3').waitFor();
  });

  it('tells the tares of a vehicle, the usual one, and how far the last is from it', async () => {
    await register.open();
    await register.add('车辆', truck);
    await register.row('晋C12345').waitFor();
    await page.keyboard.press('F7');
    const screen = new WeighingPage(page);
    const weighings = [15_000, 15_000, 15_000, 17_000];
    for (const [index, kg] of weighings.entries()) {
      await screen.next('等待车辆上磅').waitFor();
      served.scale.put(kg);
      await screen.next('输入车牌').waitFor();
      await screen.enterPlate('晋C12345');
      await screen.press('F2');
      await screen.next('保存皮重').waitFor();
      await screen.press('Enter');
      await page.getByText(`编号 ${String(index + 1)}`).waitFor();
      served.scale.put(0);
      await screen.shows('0');
      await screen.next('等待车辆').waitFor();
    }
    await page.keyboard.press('F7');
    await register.row('晋C12345').click();
    const tares = page.getByRole('region', { name: '历次皮重' });
    await tares.getByText('常见皮重 15 000 kg').waitFor();
    await tares.getByText('最近一次相差 2 000 kg').waitFor();
    expect(await tares.getByRole('listitem').count()).toBe(weighings.length);
  });

  it('imports nothing while one row is wrong, and all of it once none is', async () => {
    await register.open();
    const head = ['车牌号', '车牌颜色', '轴数', '司机电话'];
    const file = join(served.dir, 'vehicles.xlsx');
    const choose = page.getByLabel('从 Excel 导入');
    writeFileSync(
      file,
      await sheetOf([head, ['晋C12345', '黄', '6'], ['错', '粉', '6'], ['晋C12346', '黄', '3']]),
    );
    await choose.setInputFiles(file);
    await page.getByText('1 行有问题，一行都不会导入').waitFor();
    await page.getByText('不认识的栏目（不导入）: 司机电话').waitFor();
    await register.row('车牌号').filter({ hasText: '错' }).filter({ hasText: '看不懂' }).waitFor();
    await register.row('车牌颜色').filter({ hasText: '粉' }).filter({ hasText: '不是可选的值' }).waitFor();
    expect(await page.getByRole('button', { name: '全部导入' }).isDisabled()).toBe(true);
    await page.getByText('没有记录').waitFor();
    writeFileSync(file, await sheetOf([head, ['晋C12345', '黄', '6'], ['晋C12346', '黄', '3']]));
    await choose.setInputFiles(file);
    await page.getByText('2 行：新增 2，修改 0，相同 0').waitFor();
    await page.getByRole('button', { name: '全部导入' }).click();
    await page.getByText('已导入：新增 2，修改 0').waitFor();
    await register.row('晋C12345').waitFor();
    await page.getByText('共 2 条').waitFor();
    const broken = join(served.dir, 'broken.xlsx');
    writeFileSync(broken, 'no spreadsheet');
    await choose.setInputFiles(broken);
    await page.getByRole('alert').filter({ hasText: '文件看不懂' }).waitFor();
  });

  it('shows a long list a page at a time, and finds one plate of it', async () => {
    await register.open();
    const plates = Array.from({ length: 130 }, (_, index) => `晋C${String(20_000 + index)}`);
    const file = join(served.dir, 'vehicles.xlsx');
    writeFileSync(file, await sheetOf([['车牌号', '车牌颜色'], ...plates.map((plate) => [plate, '黄'])]));
    await page.getByLabel('从 Excel 导入').setInputFiles(file);
    await page.getByRole('button', { name: '全部导入' }).click();
    await page.getByText('共 130 条').waitFor();
    expect(await register.row('晋C').count()).toBeLessThan(130);
    const more = page.getByRole('button', { name: '更多' });
    await more.click();
    await register.row('晋C20119').waitFor();
    await more.click();
    await register.row('晋C20129').waitFor();
    await more.waitFor({ state: 'detached' });
    expect(await register.row('晋C').count()).toBe(130);
    await page.getByRole('textbox', { name: '按车牌、名称、车队查找' }).fill('20077');
    await page.getByText('共 1 条').waitFor();
    expect(await register.row('晋C').count()).toBe(1);
  });

  it('gives an empty file to fill in, and takes its own export for what is there already', async () => {
    await register.open();
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载模板' }).click(),
    ]);
    expect(template.suggestedFilename()).toBe('车辆-模板.xlsx');
    await register.add('车辆', truck);
    await register.row('晋C12345').waitFor();
    const [exported] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 Excel' }).click(),
    ]);
    const file = join(served.dir, 'export.xlsx');
    await exported.saveAs(file);
    await page.getByLabel('从 Excel 导入').setInputFiles(file);
    await page.getByText('1 行：新增 0，修改 0，相同 1').waitFor();
  });

  it('fits the screen in English and in the dark, too', async () => {
    await register.open();
    await page.keyboard.press('F9');
    await page.keyboard.press('F10');
    for (const name of ['Drivers', 'Goods', 'Parties', 'Destinations', 'Contracts', 'Lists', 'Vehicles']) {
      await register.tab(name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, name).toBe(false);
    }
  });
});

describe('the rules’ screen', () => {
  it('shows the rules in force with their table, and takes a signed file only', async () => {
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: /现行.*2021-08-11/ }).waitFor();
    await page
      .getByRole('row', { name: /^4 轴/ })
      .getByRole('listitem')
      .filter({ hasText: '2+231 000 kg' })
      .waitFor();
    await page.getByText('条文未核对').first().waitFor();
    const next = {
      ...latestRuleSet,
      id: 'cn-road-2099',
      effectiveFrom: { date: '2099-01-01', confirmed: true },
    };
    const file = join(served.dir, 'rules.json');
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
    writeFileSync(file, signRuleSet(next, 'city', other.toString()));
    await page.getByLabel('载入规则文件').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: '签名不可信' }).waitFor();
    writeFileSync(
      file,
      signRuleSet(next, 'city', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
    );
    await page.getByLabel('载入规则文件').setInputFiles(file);
    await page.getByRole('status').filter({ hasText: '自 2099-01-01 起判定用' }).waitFor();
    await page.getByRole('button', { name: /未生效.*2099-01-01/ }).waitFor();
  });
});
