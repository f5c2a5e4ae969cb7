import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readAnchor } from '../../station/ledger/anchor.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop } from './launchDesktop.ts';

const dir = mkdtempSync(join(tmpdir(), 'yuanheng-e2e-backup-'));
let desktop: Desktop | null = null;

afterEach(async () => {
  await desktop?.close();
  rmSync(dir, { recursive: true, force: true });
});

it('the packaged program backs up and lays anchors down with its own runtime', async () => {
  const stick = join(dir, 'stick');
  const disk = join(dir, 'disk');
  mkdirSync(stick);
  mkdirSync(disk);
  const configFile = join(dir, 'config.json');
  writeFileSync(
    configFile,
    JSON.stringify({
      station: { id: 'YQ-9', name: '阳泉端到端煤场' },
      copies: { anchors: [{ path: stick }], backups: [{ path: disk }], backupHour: null },
    }),
  );
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile });
  const { page } = desktop;
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('menuitem', { name: '锚点与备份' }).click();
  await page.getByRole('button', { name: '现在备份' }).click();
  await page.getByText(/到第 \d+ 条 · \d+\.\d MB/).waitFor();
  const base = join(disk, 'yuanheng-YQ-9');
  const [name = ''] = readdirSync(base).filter((each) => each !== 'pictures');
  const check = execFileSync('sqlite3', [join(base, name, 'yuanheng.db'), 'PRAGMA integrity_check'], {
    encoding: 'utf8',
  });
  expect(check).toBe('ok\n');
  await page
    .getByText(/第 \d+ 条 · \d{4}/)
    .first()
    .waitFor();
  const [line = ''] = readFileSync(join(stick, 'anchors-YQ-9.jsonl'), 'utf8').split('\n');
  expect(readAnchor(line)).toMatchObject({ station: 'YQ-9', mode: 'real' });
});
