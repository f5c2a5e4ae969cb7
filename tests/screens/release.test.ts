import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleServer } from '../../native/console/server.ts';
import { noLoad } from '../../station/contract.ts';
import { shotOf, useChromium } from '../support/chromium.ts';
import { putEntry } from '../support/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';
import { serveYard } from '../support/yardConsole.ts';

const document = resolve(import.meta.dirname, '../../simulator/pictures/unread.jpg');
const chromium = useChromium();
let page: Page;
let yard: TestYard;
let served: ConsoleServer;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.releases = { enabled: true };
  });
  putEntry(yard, 'goods', { name: '变压器', category: 'other' });
  served = await serveYard(yard);
  page = await chromium.window();
});

afterEach(async () => {
  await page.close();
  await served.close();
  await yard.close();
});

const shot = (name: string): Promise<void> => shotOf(page, name);

async function weigh(plate: string, kg: number): Promise<void> {
  const on = await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  const crossingId = on.lane.crossingId ?? '';
  await yard.screen.call('load.state', { crossingId, load: { ...noLoad, goods: '变压器' } });
  await save(yard);
  await driveOff(yard);
}

async function openDetail(plate: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: plate }).first().click();
  await page.getByRole('heading', { name: 'YQ-7-' }).waitFor();
}

describe('a controlled release on the screen', () => {
  it('is signed by two enrolled people, and its paper takes the place of the refusal note', async () => {
    await weigh('晋C49000', 49_000);
    await weigh('晋C50400', 50_400);
    await page.goto(`${served.url}login?code=${served.code}`);
    await page.getByText('晋C').first().waitFor();
    await page.keyboard.press('F6');
    await openDetail('49000');
    await page.getByText('可以放行').waitFor();
    expect(await page.getByRole('button', { name: '特许放行' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await openDetail('50400');
    await page.getByRole('button', { name: '特许放行' }).click();

    const enrol = page.getByRole('form', { name: '登记签字人' });
    await enrol.getByLabel('姓名').fill('王经理');
    await enrol.getByLabel('密码（至少 4 位，本人输入）').fill('468135');
    await enrol.getByLabel('再输入一次').fill('468135');
    await enrol.getByRole('button', { name: '登记签字人' }).click();
    await enrol.getByText('负责人签字').waitFor();
    await enrol.getByLabel('姓名').fill('李四');
    await enrol.getByLabel('密码（至少 4 位，本人输入）').fill('975310');
    await enrol.getByLabel('再输入一次').fill('975310');
    await enrol.getByLabel('负责人签字', { exact: true }).selectOption('王经理');
    await enrol.getByLabel('负责人签字 密码').fill('468135');
    await shot('release-enrol');
    await enrol.getByRole('button', { name: '登记签字人' }).click();

    const form = page.getByRole('form', { name: '特许放行' });
    await form.getByLabel('证件编号').fill('晋超 2026-0117');
    await form.getByLabel('有效期至').fill('20991231');
    await form.getByLabel('证上车牌').fill('晋C50400');
    await form.getByLabel('证上准许的车货总质量').fill('50399');
    await form.getByLabel('证件照片（JPEG）').setInputFiles(document);
    await form.getByLabel('事由').fill('变压器一台，不可解体');
    await form.getByLabel('申请人', { exact: true }).selectOption('李四');
    await form.getByLabel('申请人 密码').fill('975310');
    await form.getByLabel('批准人（负责人）', { exact: true }).selectOption('王经理');
    await form.getByLabel('批准人（负责人） 密码').fill('000000');
    await shot('release-form');
    await form.getByRole('button', { name: '签字放行并打印' }).click();
    await form.getByText('毛重超过通行证准许的总质量').waitFor();
    await form.getByLabel('证上准许的车货总质量').fill('60000');
    await form.getByRole('button', { name: '签字放行并打印' }).click();
    await form.getByText('姓名或密码不对').waitFor();
    await form.getByLabel('批准人（负责人） 密码').fill('468135');
    await form.getByRole('button', { name: '签字放行并打印' }).click();
    await page.getByText('已特许放行').waitFor();
    await page.getByText('晋超 2026-0117').first().waitFor();
    await page.getByText('证上准许的车货总质量 kg 60 000').waitFor();
    expect(await page.getByRole('button', { name: '特许放行' }).count()).toBe(0);
    const paper = await yard.screen.call('paper.view', { number: 2, form: '241x140' });
    expect(paper.ok && paper.value.kind).toBe('release');
    await shot('release-granted');
  });
});
