import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ear } from './ear.ts';
import { knocks, openEar } from './ear.ts';
import type { Desktop } from './launchDesktop.ts';
import { launchDesktop } from './launchDesktop.ts';
import { tryEveryWay } from './tryEveryWay.ts';

let dir: string;
let desktop: Desktop;
let ear: Ear;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-network-'));
  ear = await openEar();
  desktop = await launchDesktop({ dataDir: join(dir, 'data'), demo: true, bypassCSP: true });
});

afterEach(async () => {
  await desktop.close();
  ear.close();
  rmSync(dir, { recursive: true, force: true });
});

/** How loading an address ends in a window of the named session. */
function load(partition: string, url: string): Promise<string> {
  return desktop.app.evaluate(
    async ({ BrowserWindow }, asked) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: asked.partition === '' ? {} : { partition: asked.partition },
      });
      const end = await window.loadURL(asked.url).then(
        () => 'loaded',
        (problem: unknown) => String(problem).replace(/.*(ERR_\w+).*/s, '$1'),
      );
      window.destroy();
      return end;
    },
    { partition, url },
  );
}

describe('a page in the packaged program', () => {
  it('reaches no port of any machine, by whatever way a page has', async () => {
    await desktop.page.reload();
    const ends = await desktop.page.evaluate(tryEveryWay, ear.port);
    expect({ heard: await ear.heard(), ends }).toEqual({
      heard: knocks,
      ends: Object.fromEntries(Object.keys(ends).map((way) => [way, 'cut'])),
    });
  });

  it('finds its requests cancelled by the session itself', async () => {
    for (const partition of ['', 'paper']) {
      for (const url of [`http://127.0.0.1:${String(ear.port)}/`, 'file:///etc/hostname']) {
        expect([partition, url, await load(partition, url)]).toEqual([
          partition,
          url,
          'ERR_BLOCKED_BY_CLIENT',
        ]);
      }
    }
    expect(await load('paper', 'app://yuanheng/index.html')).not.toBe('loaded');
    expect(await load('paper', 'data:text/html,paper')).toBe('loaded');
    expect(await ear.heard()).toEqual(knocks);
  });
});
