import { afterEach, expect, it, vi } from 'vitest';
import { discover } from './discovery.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('a name nobody has is answered at once, and nothing is left waiting for it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await expect(discover({ waitMs: 3_600_000, host: 'nosuch.invalid' })).rejects.toThrow(/nosuch\.invalid/);
  expect(vi.getTimerCount()).toBe(0);
});
