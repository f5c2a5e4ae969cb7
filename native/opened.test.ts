import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStation } from './host.ts';
import { handClock } from './handClock.ts';
import { Opened } from './opened.ts';
import { openStores } from './store/stores.ts';

it('everything is closed, the last first, whatever one of them did', async () => {
  const closed: string[] = [];
  const opened = new Opened();
  for (const name of ['store', 'camera', 'line']) {
    opened.push(() => {
      closed.push(name);
      if (name === 'camera') throw new Error('it hangs');
    });
  }
  await expect(opened.close()).rejects.toThrow('it hangs');
  expect(closed).toEqual(['line', 'camera', 'store']);
});

it('a station that could not be opened whole holds nothing: the next start finds the store free', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-half-open-'));
  const timers = {
    after: () => {
      throw new Error('no timers here');
    },
  };
  await expect(openStation({ dataDir, timers })).rejects.toThrow('no timers here');
  const stores = openStores(dataDir, { station: 'YH-1', mode: 'real' }, handClock(), false);
  const types = [...stores.ledger.links()].map(({ text }) => (JSON.parse(text) as { type: string }).type);
  stores.close();
  expect(types).not.toContain('program-stopped');
  rmSync(dataDir, { recursive: true, force: true });
});
