import { existsSync, writeFileSync } from 'node:fs';
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
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Leaves the page without its own content policy, so that only the shell's walls stand. */
  bypassCSP?: boolean;
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
    env: { ...process.env, DISPLAY: display.name, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.bypassCSP === undefined ? {} : { bypassCSP: options.bypassCSP }),
  });
  const page = await app.firstWindow().catch((problem: unknown) => {
    app.process().kill('SIGKILL');
    display.close();
    throw problem;
  });
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

/** Settings of a station whose indicator is a TCP line of this machine. */
export function writeConfig(file: string, scalePort: number, more: Record<string, unknown> = {}): void {
  const config = {
    station: { id: 'YQ-9', name: '阳泉端到端煤场' },
    lane: { weighing: { stableWindowMs: 1000 } },
    instrument: {
      profile: 'yaohua-continuous',
      transport: { kind: 'tcp', host: '127.0.0.1', port: scalePort },
      divisionKg: 20,
      maxKg: 100_000,
    },
    ...more,
  };
  writeFileSync(file, JSON.stringify(config));
}
