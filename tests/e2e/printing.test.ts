import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import type { TestCups } from '../support/cups.ts';
import { canRunCups, startCups } from '../support/cups.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';

/** What the print service writes when it was handed a job. */
const jobTaken = /Client \d+\] 2\.\d (Print|Create)-Job/;

let dir: string;
let scale: TestScale;
let cups: TestCups;
let desktop: Desktop;
let screen: WeighingPage;

async function start(printer: string): Promise<void> {
  const configFile = join(dir, 'config.json');
  writeConfig(configFile, scale.port, { papers: { printer } });
  desktop = await launchDesktop({
    dataDir: join(dir, 'data'),
    configFile,
    env: { CUPS_SERVER: cups.server },
  });
  screen = new WeighingPage(desktop.page);
  await screen.shows('0');
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-paper-'));
  [scale, cups] = await Promise.all([startScale(), startCups()]);
});

afterEach(async () => {
  await desktop.close();
  await Promise.all([scale.close(), cups.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

async function weigh(): Promise<void> {
  await screen.next('等待车辆上磅').waitFor();
  scale.put(48_200);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate('晋C12345');
  await screen.press('F3');
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
  await screen.decision('还可装 0.80 t').waitFor();
  await screen.press('Enter');
  await screen.decision('已保存').waitFor();
}

describe.runIf(canRunCups)("paper out of the system's own printer", () => {
  it('carries the slip of the truck just weighed, on one sheet of its form', async () => {
    await start(cups.printer);
    await weigh();
    const text = await vi.waitFor(
      () => {
        expect(existsSync(cups.output)).toBe(true);
        return execFileSync('pdftotext', ['-layout', cups.output, '-'], { encoding: 'utf8' });
      },
      { timeout: 60_000, interval: 250 },
    );
    for (const part of ['出场装载单', '晋C12345', '48,200', '49,000', 'YQ-9-00000001'])
      expect(text).toContain(part);
    expect(await cups.log()).toMatch(jobTaken);
    const info = execFileSync('pdfinfo', [cups.output], { encoding: 'utf8' });
    expect(info).toMatch(/Producer: +Skia\/PDF/);
    expect(info).toMatch(/Pages: +1\n/);
    expect(info).toMatch(/Page size: +683\.\d* x 396\.\d* pts/);
  });

  it('comes from no other printer when the named one is not there, and the screen says so', async () => {
    await start('NOT_THERE');
    await weigh();
    await desktop.page.getByText('没有打印出来').first().waitFor();
    expect(existsSync(cups.output)).toBe(false);
    expect(await cups.log()).not.toMatch(jobTaken);
  });

  it('is said not to have come when the print service is down', async () => {
    await start(cups.printer);
    await cups.stop();
    await weigh();
    await desktop.page.getByText('没有打印出来').first().waitFor();
  });
});
