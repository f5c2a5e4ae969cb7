import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';

let dir: string;
let scale: TestScale;
let desktop: Desktop;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-revival-'));
  scale = await startScale();
  writeConfig(join(dir, 'config.json'), scale.port);
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile: join(dir, 'config.json') });
  await showsWeight(20_000);
});

afterEach(async () => {
  await desktop.close();
  await scale.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The page itself is asked through the shell: Playwright's own page is lost with a crash. */
async function showsWeight(kg: number): Promise<void> {
  scale.put(kg);
  await vi.waitFor(
    async () => {
      const shown = await desktop.app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const asked: Promise<unknown> | undefined = window?.webContents.executeJavaScript(
          'document.documentElement.dataset.paintedKg',
        );
        // A page that is gone never answers.
        const silent = new Promise((resolve) => setTimeout(resolve, 500));
        return Promise.race([asked, silent]);
      });
      expect(shown).toBe(String(kg));
    },
    { timeout: 60_000, interval: 250 },
  );
}

function windowPid(): Promise<number> {
  return desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  ) as Promise<number>;
}

describe('the window of the packaged program', () => {
  it('shows the weight again by itself after its page crashed, twice in a row', async () => {
    const station = await desktop.stationPid();
    for (const kg of [30_000, 40_000]) {
      process.kill(await windowPid(), 'SIGKILL');
      await showsWeight(kg);
    }
    expect(await desktop.stationPid()).toBe(station);
  });

  it('shows the weight again by itself after its page hung', async () => {
    const hung = await windowPid();
    await desktop.app.evaluate(({ BrowserWindow }) => {
      void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('for (;;);');
    });
    await vi.waitFor(
      async () => {
        expect(await windowPid()).not.toBe(hung);
      },
      { timeout: 60_000, interval: 250 },
    );
    await showsWeight(30_000);
  });
});
