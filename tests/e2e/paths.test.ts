import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WeighingPage } from '../pages/WeighingPage.ts';
import { startScale } from '../support/scale.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';

it('the program keeps its records where a relative --data says, seen from where it was started', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-paths-'));
  const scale = await startScale();
  writeConfig(join(dir, 'scale.json'), scale.port);
  const desktop = await launchDesktop({ cwd: dir, dataDir: 'records/ours', configFile: 'scale.json' });
  try {
    scale.put(12_340);
    await new WeighingPage(desktop.page).shows('12 340');
    expect(existsSync(join(dir, 'records', 'ours', 'yuanheng.db'))).toBe(true);
  } finally {
    await desktop.close();
    await scale.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
