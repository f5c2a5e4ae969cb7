import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoadingView } from '../../station/contract.ts';
import { noLoad, noPapers } from '../../station/contract.ts';
import { systemClock } from '../../native/clock.ts';
import { putEntry } from '../support/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard();
});

afterEach(async () => {
  await yard.close();
});

async function loading(): Promise<LoadingView> {
  const got = await yard.screen.call('loading.get', {});
  if (!got.ok) throw new Error(got.error.code);
  return got.value;
}

async function weigh(plate: string, kg: number, kind: 'tare' | 'gross'): Promise<void> {
  const on = await driveOn(yard, { plate, kg, facts: sixAxles, kind });
  const crossingId = on.lane.crossingId ?? '';
  await yard.screen.call('load.state', { crossingId, load: { ...noLoad, goods: '原煤' } });
  await save(yard);
  await driveOff(yard);
}

describe('what the loader sees', () => {
  it('is how much a truck weighed empty may still take, and no more once it left with a slip', async () => {
    await weigh('晋C12345', 15_600, 'tare');
    expect((await loading()).trucks).toMatchObject([
      {
        plate: '晋C12345',
        goods: '原煤',
        state: 'loading',
        tareKg: 15_600,
        limitKg: 49_000,
        roomKg: 33_400,
        adviceKg: 33_400,
        usualNetKg: null,
        number: null,
      },
    ]);
    await weigh('晋C12345', 48_600, 'gross');
    expect((await loading()).trucks).toEqual([]);
  });

  it('is how much has to come off a refused truck, until it is weighed again', async () => {
    await weigh('晋C12345', 15_600, 'tare');
    await weigh('晋C12345', 50_240, 'gross');
    expect((await loading()).trucks).toMatchObject([
      { state: 'unload', unloadKg: 1240, roomKg: 33_400, adviceKg: 32_160, number: 2 },
    ]);
    await weigh('晋C12345', 49_000, 'gross');
    expect((await loading()).trucks).toEqual([]);
  });

  it('aims lower once first tries of this truck with these goods went over, and never above the law', async () => {
    for (const gross of [49_400, 48_000]) {
      await weigh('晋C12345', 15_600, 'tare');
      await weigh('晋C12345', gross, 'gross');
      if (gross > 49_000) await weigh('晋C12345', 48_800, 'gross');
    }
    await weigh('晋C12345', 15_600, 'tare');
    const [truck] = (await loading()).trucks;
    expect(truck).toMatchObject({ roomKg: 33_400, adviceKg: 33_000, usualNetKg: 32_400 });
  });

  it('is held to the licensed load where that is lower than the room', async () => {
    const papers = { ...papersInOrder, licenceLoadKg: 30_000 };
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, facts: sixAxles, papers, kind: 'tare' });
    await save(yard);
    expect((await loading()).trucks).toMatchObject([{ limitKg: 45_600, roomKg: 30_000, adviceKg: 30_000 }]);
  });

  it('is that a truck which may not leave whatever it weighs is not to be loaded, and why', async () => {
    const papers = { ...papersInOrder, permitExpires: '2020-01-01' };
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, facts: sixAxles, papers, kind: 'tare' });
    await yard.screen.until('tare', (view) => view.lane.next === 'save-tare');
    expect((await loading()).scale).toMatchObject({ barredBy: ['credential-expired'] });
    await save(yard);
    await driveOff(yard);
    expect((await loading()).trucks).toMatchObject([
      { barredBy: ['credential-expired'], roomKg: null, adviceKg: null },
    ]);
    putEntry(yard, 'listing', {
      plate: '晋C70002',
      colour: 'yellow',
      list: 'black',
      reason: '逃磅',
      by: '李',
    });
    await driveOn(yard, { plate: '晋C70002', kg: 12_000, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    expect((await loading()).trucks[0]).toMatchObject({ plate: '晋C70002', barredBy: ['blacklisted'] });
    const inOrder = { plate: '晋C12345', colour: 'yellow', facts: sixAxles, papers: papersInOrder } as const;
    await yard.screen.call('vehicle.state', inOrder);
    expect((await loading()).trucks[1]).toMatchObject({ barredBy: [], roomKg: 33_400 });
  });

  it('follows the register: a truck nobody stated has no room to speak of, a stated one has', async () => {
    await driveOn(yard, { plate: '晋C70001', kg: 12_000, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    expect((await loading()).trucks).toMatchObject([{ limitKg: null, roomKg: null, adviceKg: null }]);
    const stated = { plate: '晋C70001', colour: 'yellow', facts: sixAxles, papers: noPapers } as const;
    await yard.screen.call('vehicle.state', stated);
    // A licence nobody read may permit less than the law: nobody is told to load up to 49 t.
    expect((await loading()).trucks).toMatchObject([{ limitKg: null, roomKg: null }]);
    await yard.screen.call('vehicle.state', { ...stated, papers: papersInOrder });
    expect((await loading()).trucks).toMatchObject([{ limitKg: 49_000, roomKg: 37_000 }]);
  });

  it('comes behind the view: a window that hears of loading alone takes itself for a loader’s telephone', () => {
    const heard: string[] = [];
    const line = yard.station.connect({
      post: (message) => {
        if ('event' in message) heard.push(message.event);
      },
    });
    line.close();
    expect(heard.slice(0, 2)).toEqual(['view', 'loading']);
  });

  it('is the truck on the scale while it is being loaded, before there is any decision', async () => {
    await weigh('晋C12345', 15_600, 'tare');
    expect((await loading()).scale).toBeNull();
    await driveOn(yard, { plate: '晋C12345', kg: 15_600, kind: 'tare' });
    expect((await loading()).scale).toEqual({
      plate: '晋C12345',
      colour: 'yellow',
      kg: 15_600,
      stable: true,
      limitKg: 49_000,
      leftKg: 33_400,
      overKg: 0,
      outcome: null,
      barredBy: [],
      saved: false,
    });
    yard.scale.put(50_000);
    await yard.screen.call('kind.choose', {
      crossingId: yard.screen.view?.lane.crossingId ?? '',
      kind: 'gross',
    });
    await yard.screen.until('loaded', (view) => view.lane.stableKg === 50_000);
    expect((await loading()).scale).toMatchObject({ kg: 50_000, outcome: 'refuse', overKg: 1000, leftKg: 0 });
  });
});

describe('a truck that never came back', () => {
  it('leaves the list after the hours that are set', async () => {
    await yard.close();
    const real = systemClock();
    let laterMs = 0;
    const clock = { ...real, nowMs: () => real.nowMs() + laterMs };
    yard = await openYard((settings) => {
      settings.lane = { weighing: { stableWindowMs: 500, zeroFrames: 3 }, loadingHours: 2 };
    }, clock);
    await weigh('晋C12345', 15_600, 'tare');
    expect((await loading()).trucks).toHaveLength(1);
    laterMs = 2 * 3_600_000 + 1;
    expect((await loading()).trucks).toEqual([]);
  });
});
