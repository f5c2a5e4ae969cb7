import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchDesktop } from './launchDesktop.ts';

it('the packaged program serves the same screens to telephones and the office, where it is set up', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'yuanheng-phones-'));
  const configFile = join(dir, 'config.json');
  writeFileSync(
    configFile,
    JSON.stringify({ station: { id: 'YQ-9', name: '阳泉端到端煤场' }, console: { serve: true, port: 0 } }),
  );
  const desktop = await launchDesktop({ dataDir: join(dir, 'data'), configFile });
  try {
    await desktop.page.getByRole('button', { name: '菜单' }).click();
    await desktop.page.getByRole('menuitem', { name: '手机和办公室' }).click();
    const card = desktop.page.getByRole('dialog', { name: '手机和办公室' });
    await card.getByText('装载员登录码').waitFor();
    const text = await card.innerText();
    const url = /http:\/\/\S+/.exec(text)?.[0] ?? '';
    const [loader = '', office = ''] = text.match(/\d{4}-\d{4}-\d{4}/g) ?? [];
    expect((await fetch(`${url}index.html`)).status).toBe(200);
    for (const code of [loader, office]) {
      const answer = await fetch(`${url}login?code=${code}`, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('set-cookie')?.includes('HttpOnly')]).toEqual([303, true]);
    }
    const wrong = await fetch(`${url}login?code=0000-0000-0000`, { redirect: 'manual' });
    expect(wrong.headers.get('set-cookie')).toBeNull();
  } finally {
    await desktop.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
