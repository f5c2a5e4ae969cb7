import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TtyScale } from '../support/ttyScale.ts';
import { startTtyScale } from '../support/ttyScale.ts';
import { WeighingPage } from '../pages/WeighingPage.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop } from './launchDesktop.ts';

let dir: string;
let scale: TtyScale;
let desktop: Desktop;
let screen: WeighingPage;

async function start(): Promise<void> {
  const configFile = join(dir, 'config.json');
  writeFileSync(
    configFile,
    JSON.stringify({
      station: { id: 'YQ-9', name: '阳泉端到端煤场' },
      lane: { weighing: { stableWindowMs: 1000 } },
      instrument: {
        profile: 'yaohua-continuous',
        transport: { kind: 'serial', path: scale.path, baudRate: 9600 },
        divisionKg: 20,
        maxKg: 100_000,
      },
    }),
  );
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile });
  screen = new WeighingPage(desktop.page);
  await screen.shows('0');
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-'));
  scale = await startTtyScale();
  await start();
});

afterEach(async () => {
  await desktop.close();
  scale.close();
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function papers(): string[] {
  const files = readdirSync(join(dir, 'data'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.pdf')).map((file) => join(dir, 'data', file));
}

function textOf(pdf: string): string {
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
}

async function weigh(plate: string, kg: number, known = false): Promise<void> {
  await screen.next('等待车辆上磅').waitFor();
  scale.put(kg);
  await screen.next('输入车牌').waitFor();
  await screen.enterPlate(plate);
  await screen.press('F3');
  if (known) return;
  await screen.next('填写车辆信息').waitFor();
  await screen.press('Enter');
  await screen.stateSixAxles();
}

describe('the packaged desktop program', () => {
  it('gives a legal truck a slip whose text a PDF reader finds', async () => {
    await weigh('晋C12345', 48_200);
    await screen.decision('还可装 0.80 t').waitFor();
    await screen.press('Enter');
    await screen.decision('已保存').waitFor();
    await vi.waitFor(() => {
      expect(papers()).toHaveLength(1);
    }, 20_000);
    const text = textOf(papers()[0]!);
    for (const part of ['出场装载单', '晋C12345', '48,200', '49,000', 'YQ-9-00000001'])
      expect(text).toContain(part);
  });

  it('gives an overloaded truck no slip by any key or click', async () => {
    await weigh('晋C99999', 51_000);
    await screen.decision('超限 2.00 t').waitFor();
    const keys = [
      'Enter',
      'F1',
      'F2',
      'F3',
      'F5',
      'F7',
      'F8',
      'F11',
      'F12',
      'Space',
      'Tab',
      'Delete',
      'Backspace',
    ];
    for (const key of [
      ...keys,
      'Control+P',
      'Control+Enter',
      'Alt+Enter',
      'Shift+Enter',
      'F3',
      'Enter',
      'Enter',
    ]) {
      await screen.press(key);
    }
    // Tab and Enter may have opened the record itself: back to the main screen.
    await screen.press('Escape');
    await screen.press('Escape');
    await screen.decision('不予放行').waitFor();
    for (const button of await desktop.page.getByRole('button').all()) {
      await button.click({ timeout: 500 }).catch(() => undefined);
    }
    await vi.waitFor(() => {
      expect(papers().length).toBeGreaterThan(0);
    }, 20_000);
    for (const paper of papers()) {
      expect(paper).toContain('-refusal');
      expect(textOf(paper)).toContain('超限拒放单');
    }
  });

  it('loses nothing recorded when the station process is killed in the middle of a crossing', async () => {
    await weigh('晋C12345', 48_200);
    await screen.decision('还可装').waitFor();
    await screen.press('Enter');
    await screen.decision('已保存').waitFor();
    const before = await desktop.stationPid();
    process.kill(before, 'SIGKILL');
    await vi.waitFor(async () => {
      const now = await desktop.stationPid();
      expect(now).not.toBe(0);
      expect(now).not.toBe(before);
    }, 20_000);
    await screen.shows('48 200');
    await screen.next('请车辆下磅').waitFor();
    await screen.press('Enter');
    scale.put(0);
    await screen.next('等待车辆上磅').waitFor();
    await weigh('晋C12345', 48_300, true);
    await screen.decision('还可装 0.70 t').waitFor();
    await screen.press('Enter');
    await screen.decision('编号 2').waitFor();
    await screen.press('F6');
    await desktop.page.getByRole('cell', { name: 'YQ-9-00000001' }).click();
    await desktop.page.getByText('校验通过').waitFor();
  });

  it('shows a window that can reach neither Node nor a network', async () => {
    const seen = await desktop.page.evaluate(async () => ({
      node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
      network: await fetch('http://127.0.0.1:1/').then(
        () => 'reached',
        () => 'cut',
      ),
      popup: window.open('https://example.com') === null,
    }));
    expect(seen).toEqual({ node: ['undefined', 'undefined'], network: 'cut', popup: true });
  });
});
