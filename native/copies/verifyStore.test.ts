import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SampleStore } from '../evidence/store.testStore.ts';
import { Pace } from './pace.ts';
import { verifyStore } from './verifyStore.ts';

let store: SampleStore;
beforeEach(() => {
  store = new SampleStore();
});
afterEach(() => {
  store.remove();
});

it('a copy has to bring the pictures of the plate, of the cameras and of the exit, and none that retention took', async () => {
  const keep = (text: string): string => store.stores.pictures.keep(Buffer.from(text));
  const number = store.weigh({ plate: '晋C10001', kg: 40_000 });
  const [front, old, exit] = [keep('front'), keep('old'), keep('exit')];
  const shot = { view: 'front' as const, missed: null, afterMs: 1, origin: 'asked' as const, seenMs: null };
  store.append({
    type: 'pictures-taken',
    body: {
      ...{ number, crossingId: 'crossing-1' },
      shots: [
        { camera: 'front', sha256: front, ...shot },
        { camera: 'top', sha256: old, ...shot },
      ],
    },
  });
  store.append({
    type: 'exit-seen',
    body: {
      ...{ camera: 'exit', plate: null, colour: 'other', rearPlate: null, found: 'unreadable', number: null },
      ...{ probably: false, seenMs: 1, late: false, again: null, settles: null, doubts: null },
      pictures: [exit],
    },
  });
  store.stores.pictures.drop([old], 2);
  const proven = await verifyStore(join(store.dir, 'yuanheng.db'), { every: false, pace: new Pace() });
  const named = proven.ok ? proven.value.pictures : new Set<string>();
  expect([front, exit, old].map((sha256) => named.has(sha256))).toEqual([true, true, false]);
  expect(named.size).toBe(3);
});
