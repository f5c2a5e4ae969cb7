import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JpegServer } from '../support/jpegServer.ts';
import { serveJpeg } from '../support/jpegServer.ts';
import type { TestScale } from '../support/scale.ts';
import { startScale } from '../support/scale.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop, writeConfig } from './launchDesktop.ts';

let dir: string;
let scale: TestScale;
let camera: JpegServer;
let desktop: Desktop;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-recognition-'));
  scale = await startScale();
  camera = await serveJpeg();
  const body = readFileSync(resolve(import.meta.dirname, '../../simulator/pictures/c83n16.jpg'));
  camera.answer = { status: 200, type: 'image/jpeg', body };
  const configFile = join(dir, 'config.json');
  writeConfig(configFile, scale.port, {
    cameras: [
      {
        id: 'front',
        kind: 'picture',
        recognise: true,
        picture: { host: '127.0.0.1', port: camera.port, path: '/snap' },
      },
    ],
  });
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile });
});
afterEach(async () => {
  await desktop.close();
  await camera.close();
  await scale.close();
  rmSync(dir, { recursive: true, force: true });
});

it('the packaged program reads a plate in a picture, and one key takes it', async () => {
  const { page } = desktop;
  scale.put(14_000);
  const suggestion = page.getByRole('region', { name: '车牌建议' });
  await suggestion.getByText('照片里读作').waitFor({ timeout: 90_000 });
  expect(await suggestion.textContent()).toMatch(/照片里读作 晋C83N16.*把握 \d+%/);
  await page.keyboard.press('Space');
  await page
    .locator('.plate-line')
    .getByText(/晋C.*83N16/)
    .waitFor();
});
