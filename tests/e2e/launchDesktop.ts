import { existsSync } from 'node:fs';
import type { ElectronApplication, Page } from 'playwright-core';
import { _electron } from 'playwright-core';
import { packageForTests } from '../../build/packageForTests.mjs';
import { openVirtualDisplay } from './virtualDisplay.ts';

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly stationPid: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts the packaged program in a real window. */
export async function launchDesktop(options: {
  dataDir: string;
  configFile?: string;
  demo?: boolean;
}): Promise<Desktop> {
  const executablePath = await packageForTests();
  const display = await openVirtualDisplay();
  const app = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(existsSync('/dev/dri') ? [] : ['--disable-gpu']),
      '--data',
      options.dataDir,
      ...(options.configFile === undefined ? [] : ['--config', options.configFile]),
      ...(options.demo === true ? ['--demo'] : []),
    ],
    env: { ...process.env, DISPLAY: display.name },
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    stationPid: () =>
      app.evaluate(({ app: electron }) => {
        const station = electron.getAppMetrics().find((metric) => metric.name === 'yuanheng-station');
        return station?.pid ?? 0;
      }),
    close: async () => {
      await app.close();
      display.close();
    },
  };
}
