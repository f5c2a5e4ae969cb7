import { createPackage } from '@electron/asar';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { _electron } from 'playwright-core';
import { packageForTests } from '../build/packageForTests.mjs';
import { openVirtualDisplay } from '../tests/e2e/virtualDisplay.ts';
import { startScale } from '../tests/support/scale.ts';
import { percentile, report } from './figures.ts';

const starts = 5;
const latencyFrames = 400;

/** The screens write the painted weight to the document's root. */
const anyPainted = 'html[data-painted-kg]:not([data-painted-kg=""])';

const emptyMain = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadURL('data:text/html,<p>0'));
`;

interface Run {
  readonly readyMs: number;
  readonly memoryMb: number;
}

/** The packaged program against an empty window of the same Electron: start, memory, frame to glass. */
export async function benchDesktop(): Promise<void> {
  const executable = await packageForTests();
  const work = mkdtempSync(join(tmpdir(), 'yuanheng-bench-'));
  const display = await openVirtualDisplay();
  const scale = await startScale();
  try {
    const empty = await emptyProgram(executable, work);
    const configFile = join(work, 'config.json');
    writeFileSync(
      configFile,
      JSON.stringify({
        instrument: {
          profile: 'yaohua-continuous',
          transport: { kind: 'tcp', host: '127.0.0.1', port: scale.port },
          divisionKg: 20,
          maxKg: 100_000,
        },
      }),
    );
    const launch = (path: string, args: readonly string[]): Promise<ElectronApplication> =>
      _electron.launch({
        executablePath: path,
        args: [
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          ...(existsSync('/dev/dri') ? [] : ['--disable-gpu']),
          ...args,
        ],
        env: { ...process.env, DISPLAY: display.name },
      });
    const bare: Run[] = [];
    const own: Run[] = [];
    for (let round = 0; round < starts; round += 1) {
      bare.push(await measure(() => launch(empty, []), 'p'));
      own.push(
        await measure(
          () => launch(executable, ['--data', join(work, `data${String(round)}`), '--config', configFile]),
          anyPainted,
        ),
      );
    }
    const middle = (runs: readonly Run[], pick: (run: Run) => number): number =>
      percentile(runs.map(pick), 0.5);
    for (const [what, unit, pick] of [
      ['start to first weight painted', 'ms', (run: Run) => run.readyMs],
      ['memory of all processes', 'MB', (run: Run) => run.memoryMb],
    ] as const) {
      const [ours, theirs] = [middle(own, pick), middle(bare, pick)];
      report(what, `${ours.toFixed(0)} ${unit}`, `${theirs.toFixed(0)} ${unit}`, ours / theirs);
    }
    const app = await launch(executable, ['--data', join(work, 'latency'), '--config', configFile]);
    await benchLatency(app, scale);
    await app.close();
  } finally {
    await scale.close();
    display.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function measure(launch: () => Promise<ElectronApplication>, ready: string): Promise<Run> {
  const startMs = performance.now();
  const app = await launch();
  const page = await app.firstWindow();
  await page.locator(ready).waitFor({ state: 'attached' });
  const readyMs = performance.now() - startMs;
  const memoryKb = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  await app.close();
  return { readyMs, memoryMb: memoryKb / 1024 };
}

/** From the frame's bytes leaving the indicator to its number being painted; the baseline is one 60 Hz picture. */
async function benchLatency(
  app: ElectronApplication,
  scale: Awaited<ReturnType<typeof startScale>>,
): Promise<void> {
  const page = await app.firstWindow();
  await page.locator(anyPainted).waitFor({ state: 'attached' });
  scale.mute(true);
  const delays: number[] = [];
  for (let index = 1; index <= latencyFrames; index += 1) {
    const kg = index * 20;
    const sentMs = performance.timeOrigin + performance.now();
    scale.send(kg);
    await page.locator(`html[data-painted-kg="${String(kg)}"]`).waitFor({ state: 'attached' });
    const paintedMs = await page.evaluate(() => document.documentElement.dataset.paintedAtMs);
    delays.push(Number(paintedMs) - sentMs);
  }
  const pictureMs = 1000 / 60;
  for (const p of [0.5, 0.99]) {
    const own = percentile(delays, p);
    report(
      `frame byte to painted weight p${String(p * 100)}`,
      `${own.toFixed(1)} ms`,
      '16.7 ms (1/60 s)',
      own / pictureMs,
    );
  }
}

async function emptyProgram(executable: string, work: string): Promise<string> {
  const dir = join(work, 'empty');
  cpSync(dirname(executable), dir, { recursive: true });
  const resources = join(dir, 'resources');
  for (const name of ['app.asar', 'app.asar.unpacked'])
    rmSync(join(resources, name), { recursive: true, force: true });
  const source = join(work, 'empty-app');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), '{"name":"empty","main":"main.js"}');
  writeFileSync(join(source, 'main.js'), emptyMain);
  await createPackage(source, join(resources, 'app.asar'));
  return join(dir, 'yuanheng');
}
