import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import { handClock } from '../handClock.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import { findPassages, mostHits } from './findPassages.ts';

let dir: string;
let stores: Stores;
const clock = handClock();
const hourMs = 3_600_000;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanheng-trace-'));
  stores = openStores(dir, { station: 'YQ-1', mode: 'real' }, clock, true);
});
afterEach(() => {
  stores.close();
  rmSync(dir, { recursive: true, force: true });
});

function weigh(plate: string): number {
  const appended = stores.ledger.append((number) => ({
    type: 'weighing',
    body: sampleWeighing({ number: number(), crossingId: `c${String(stores.ledger.nextNumber())}`, plate }),
  }));
  if (!appended.ok || appended.value.event.type !== 'weighing') throw new Error('not written');
  return appended.value.event.body.number;
}

const near = { by: 'plate', near: true } as const;

it('the exact plate comes before a near one, and the nearest in time before a later one', () => {
  const early = weigh('晋C83N16');
  clock.advance(5 * hourMs);
  const misread = weigh('晋C83N18');
  clock.advance(hourMs);
  const late = weigh('晋C83N16');
  const found = findPassages(
    stores.db,
    { ...near, text: '晋C83N16', atMs: clock.nowMs() - hourMs, windowMs: 10 * hourMs },
    'YQ-1',
  );
  expect(found.map(({ number }) => number)).toEqual([late, early, misread]);
  const narrow = findPassages(
    stores.db,
    { ...near, text: '晋C83N16', atMs: clock.nowMs(), windowMs: 2 * hourMs },
    'YQ-1',
  );
  expect(narrow.map(({ number }) => number)).toEqual([late, misread]);
});

it('says there is more than it shows, and shows the newest of a truck that came often', () => {
  for (let nth = 0; nth < mostHits + 20; nth += 1) {
    clock.advance(1000);
    weigh('晋C00001');
  }
  const found = findPassages(
    stores.db,
    { by: 'plate', text: '晋C00001', atMs: null, windowMs: 0, near: false },
    'YQ-1',
  );
  expect(found).toHaveLength(mostHits + 1);
  expect(found[0]?.number).toBe(mostHits + 20);
});

it('whatever is typed is a question and never a command or a pattern', () => {
  weigh('晋C83N16');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom('plate', 'slip', 'driver', 'consignee'),
      fc.boolean(),
      (text, by, isNear) => {
        const found = findPassages(stores.db, { by, text, atMs: null, windowMs: 0, near: isNear }, 'YQ-1');
        for (const { number } of found) expect(number).toBe(1);
      },
    ),
    { numRuns: 300 },
  );
  expect(findPassages(stores.db, { ...near, text: '*', atMs: null, windowMs: 0 }, 'YQ-1')).toEqual([]);
  expect(stores.ledger.checkTail(10)).toBeNull();
});
