import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signRuleSet } from '../../station/limits/ruleFile.ts';
import { latestRuleSet } from '../../station/limits/ruleSets/index.ts';
import { RegisterPage } from '../pages/RegisterPage.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { launchChromium } from '../support/chromium.ts';
import type { ServedStation } from '../support/servedStation.ts';
import { serveStation } from '../support/servedStation.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const picture = resolve(import.meta.dirname, '../../simulator/pictures/c4t729.jpg');
let browser: Browser;
let page: Page;
let served: ServedStation;
let register: RegisterPage;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  served = await serveStation({
    ruleKeys: [
      { id: 'city', publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
    ],
  });
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(served.loginUrl);
  await new WeighingPage(page).shows('0');
  register = new RegisterPage(page);
});

afterEach(async () => {
  await page.close();
  await served.stop();
});

const truck = {
  '车牌号 *': '晋C12345',
  轴数: '6',
  车型: '铰接列车',
  轴组: '1+2+3',
  驱动轴数: '2',
  行驶证检验有效期至: '20991231',
  道路运输证有效期至: '20991231',
};

describe('the register’s screen', () => {
  it('a vehicle entered there is weighed with what it says, and leaves with one key', async () => {
    await register.open();
    await register.add('车辆', { ...truck, '车牌号 *': '晋C1' });
    await page.getByRole('alert').filter({ hasText: '车牌格式不对' }).waitFor();
    await register.fill('车辆', { '车牌号 *': '晋C12345' });
    await page.getByLabel('行驶证照片 选择照片 (JPEG)').waitFor({ state: 'detached' });
    await register.row('晋C12345').waitFor();
    await page.keyboard.press('F7');
    const screen = new WeighingPage(page);
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
    await page.getByLabel('道路运输证照片 选择照片 (JPEG)').setInputFiles(picture);
    await page.getByRole('img', { name: '道路运输证照片' }).waitFor();
    await register.fill('车辆', { 道路运输证有效期至: '20991231' });
    await register.row('晋C12345').click();
    const history = page.getByRole('region', { name: '变更记录' });
    await history.getByText('道路运输证有效期至 2099-12-31').waitFor();
    await page.getByText('写明原因后删除').click();
    await page.getByLabel('原因').fill('已报废');
    await page.getByRole('button', { name: '删除' }).click();
    await register.row('没有记录').waitFor();
  });

  it('imports nothing while one row is wrong, and all of it once none is', async () => {
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
    const broken = join(served.dir, 'broken.xlsx');
    writeFileSync(broken, 'no spreadsheet');
    await page.getByLabel('从 Excel 导入').setInputFiles(broken);
    await page.getByRole('alert').filter({ hasText: '文件看不懂' }).waitFor();
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
      .getByRole('row')
      .filter({ hasText: 'std-rigid-2+2' })
      .filter({ hasText: '31 000 kg' })
      .waitFor();
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
