import { afterEach, describe, expect, it } from 'vitest';
import { redecide } from '../../native/rules/redecide.ts';
import type { Load, StationView } from '../../station/contract.ts';
import { noLoad, unknownFacts } from '../../station/contract.ts';
import { paperText, putEntry, storedWeighing } from '../support/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

afterEach(async () => {
  // Whatever was decided in a test is decided the same way again.
  expect([...redecide(yard.dir, null)].filter(({ kind }) => kind !== 'same')).toEqual([]);
  await yard.close();
});

const plate = '晋C12345';
const codes = (view: StationView): string[] => view.lane.decision?.reasons.map(({ code }) => code) ?? [];

async function loaded(kg: number, load: Partial<Load>, facts = sixAxles): Promise<StationView> {
  const on = await driveOn(yard, { plate, kg, facts, kind: 'gross' });
  return state(on, load);
}

async function state({ lane }: StationView, load: Partial<Load>): Promise<StationView> {
  const crossingId = lane.crossingId ?? '';
  const stated = await yard.screen.call('load.state', { crossingId, load: { ...noLoad, ...load } });
  expect(stated.ok).toBe(true);
  return seen();
}

/** The view as it is once everything that was called for is in it. */
async function seen(): Promise<StationView> {
  const view = await yard.screen.call('view.get', {});
  if (!view.ok) throw new Error(view.error.code);
  return view.value;
}

async function weigh(kg: number, kind: 'tare' | 'gross', load: Partial<Load> = {}): Promise<number> {
  const on = await driveOn(yard, { plate, kg, facts: sixAxles, kind });
  await state(on, load);
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

async function voided(number: number): Promise<void> {
  expect((await yard.screen.call('weighing.void', { number, reason: '错车' })).ok).toBe(true);
}

describe('the licensed load', () => {
  const facts = {
    ...unknownFacts,
    axles: 4,
    vehicleClass: 'rigid',
    layout: '2+2',
    driveAxles: 2,
    registeredGrossKg: 31_000,
  } as const;
  const papers = { ...papersInOrder, licenceLoadKg: 16_000 };

  it('says on every paper and to every loader how much must come off, or may still go on', async () => {
    yard = await openYard();
    const trucks = async () => {
      const got = await yard.screen.call('loading.get', {});
      return got.ok ? got.value.trucks : [];
    };
    await driveOn(yard, { plate, kg: 14_000, facts, papers, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    expect(await trucks()).toMatchObject([{ limitKg: 30_000, roomKg: 16_000, adviceKg: 16_000 }]);

    await driveOn(yard, { plate, kg: 31_500 });
    expect(await save(yard)).toMatchObject({ paper: 'refusal' });
    await driveOff(yard);
    expect(paperText(yard, '00000002-refusal')).toContain('需卸货 ≥ 1,500 kg');
    expect(await trucks()).toMatchObject([{ state: 'unload', unloadKg: 1_500 }]);

    await driveOn(yard, { plate, kg: 30_900 });
    expect(await save(yard)).toMatchObject({ paper: 'refusal' });
    await driveOff(yard);
    const second = paperText(yard, '00000003-refusal');
    for (const part of ['超限拒放单', '需卸货 ≥ 900 kg', '14,000 kg + 16,000 kg = 30,000 kg'])
      expect(second).toContain(part);
    expect(await trucks()).toMatchObject([{ state: 'unload', unloadKg: 900 }]);

    await driveOn(yard, { plate, kg: 29_900 });
    const scale = await yard.screen.call('loading.get', {});
    expect(scale.ok && scale.value.scale).toMatchObject({ limitKg: 30_000, leftKg: 100 });
    expect(await save(yard)).toMatchObject({ paper: 'slip' });
    const slip = paperText(yard, '00000004-slip');
    expect(slip).toContain('0.10 t');
    expect(slip).toContain('皮重加核定载质量');
  });
});

describe('a destination', () => {
  it('is found whatever its spaces and width; one nobody registered may lie behind a bridge', async () => {
    yard = await openYard();
    putEntry(yard, 'destination', { name: '桥东电厂', routeLimitKg: 30_000, routeName: '桃河大桥' });
    const exact = await loaded(48_000, { destination: '桥东电厂' });
    expect(exact.lane.decision).toMatchObject({ outcome: 'refuse', limitKg: 30_000 });
    const spaced = await state(exact, { destination: ' 桥东\u3000电厂' });
    expect(spaced.lane.decision).toMatchObject({ outcome: 'refuse', limitKg: 30_000 });
    expect(spaced.lane.truck?.load.destination).toBe('桥东电厂');
    const unknown = await state(spaced, { destination: '桥北电厂' });
    expect(unknown.lane).toMatchObject({ decision: { outcome: 'cannot-decide' }, next: 'state-load' });
    expect(codes(unknown)).toEqual(['destination-unknown']);
    putEntry(yard, 'destination', { name: '桥北电厂' });
    expect((await seen()).lane.decision?.outcome).toBe('allow');
    await save(yard);
    expect(storedWeighing(yard, 1).case).toMatchObject({
      destination: { name: '桥北电厂', registered: true },
      routesKnown: true,
    });
  });

  it('is only a name in a yard that registers none with a limit', async () => {
    yard = await openYard();
    putEntry(yard, 'destination', { name: '阳泉站' });
    expect(codes(await loaded(48_000, { destination: '没有登记的地方' }))).toEqual([]);
  });

  it('has to be stated for each load where the yard says so', async () => {
    yard = await openYard((raw) => {
      raw.decision = { destinationRequired: true };
    });
    putEntry(yard, 'destination', { name: '桥东电厂', routeLimitKg: 30_000 });
    putEntry(yard, 'destination', { name: '阳泉站' });
    const on = await driveOn(yard, { plate, kg: 29_000, facts: sixAxles, kind: 'gross' });
    expect(codes(on)).toEqual(['destination-missing']);
    expect(codes(await state(on, { destination: '阳泉站' }))).toEqual([]);
    await save(yard);
    await driveOff(yard);
    const again = await driveOn(yard, { plate, kg: 29_000, kind: 'gross' });
    expect(codes(again)).toEqual(['destination-missing']);
    expect(again.lane.truck).toMatchObject({ load: { destination: '阳泉站' }, loadConfirmed: false });
    expect(codes(await state(again, again.lane.truck?.load ?? noLoad))).toEqual([]);
  });
});

describe('a contract, where the yard goes by it', () => {
  const byContract = (raw: Record<string, unknown>): void => {
    raw.decision = { quota: true };
    raw.releases = { enabled: true };
  };

  it('that nobody knows cannot be decided by; one that is over refuses', async () => {
    yard = await openYard(byContract);
    putEntry(yard, 'contract', { number: 'HT-1', until: '2020-01-01', quotaKg: 1_000_000 });
    putEntry(yard, 'contract', { number: 'HT-2', from: '2020-01-01', quotaKg: 1_000_000 });
    const unknown = await loaded(48_000, { contract: 'HT-99' });
    expect(unknown.lane).toMatchObject({ decision: { outcome: 'cannot-decide' }, next: 'state-load' });
    expect(codes(unknown)).toEqual(['contract-unknown']);
    const over = await state(unknown, { contract: 'ht-1' });
    expect([over.lane.decision?.outcome, codes(over)]).toEqual(['refuse', ['contract-not-in-force']]);
    expect(codes(await state(over, { contract: 'ＨＴ－2' }))).toEqual([]);
  });

  it('is a limit on the gross, is used up by what left with a slip, and not by what was voided', async () => {
    yard = await openYard(byContract);
    putEntry(yard, 'contract', { number: 'HT-1', quotaKg: 40_000 });
    await weigh(15_000, 'tare');
    const first = await weigh(45_000, 'gross', { contract: 'HT-1' });
    const second = await loaded(45_000, { contract: 'HT-1' });
    expect(second.lane.decision).toMatchObject({
      outcome: 'refuse',
      limitKg: 25_000,
      overKg: 20_000,
      reasons: [{ code: 'quota-used-up' }],
    });
    await driveOff(yard);
    await voided(first);
    const third = await loaded(45_000, { contract: 'HT-1' });
    expect(third.lane.decision).toMatchObject({ outcome: 'allow', limitKg: 49_000 });
    yard.scale.put(55_020);
    await yard.screen.until('heavier', ({ lane }) => lane.stableKg === 55_020);
    await save(yard);
    expect(paperText(yard, '00000003-refusal')).toContain('超限拒放单');
  });
});

describe('what was voided', () => {
  it('is no last load, no try, and no tare a loader could load upon', async () => {
    yard = await openYard();
    await weigh(15_000, 'tare', { goods: '石子' });
    const refused = await weigh(52_000, 'gross', { goods: '原煤', driver: '别人' });
    await voided(refused);
    const on = await driveOn(yard, { plate, kg: 48_000, kind: 'gross' });
    expect(on.lane.truck).toMatchObject({ attempt: null, load: { goods: '石子', driver: null } });
    await driveOff(yard);
    const list = async () => {
      const got = await yard.screen.call('loading.get', {});
      return got.ok ? got.value.trucks.map(({ state: how, tareKg }) => [how, tareKg]) : [];
    };
    expect(await list()).toEqual([['loading', 15_000]]);
    await voided(1);
    expect(await list()).toEqual([]);
    const tares = await yard.screen.call('register.tares', { plate, colour: 'yellow' });
    expect(tares.ok && tares.value.combinations).toEqual([]);
  });
});

describe('the goods of last week', () => {
  it('open no gate for coal: somebody says what is on it today, with one key', async () => {
    yard = await openYard((raw) => {
      raw.decision = { minimumEmission: '6' };
    });
    putEntry(yard, 'goods', { name: '石子', category: 'gravel' });
    putEntry(yard, 'goods', { name: '原煤', category: 'coal' });
    const papers = { ...papersInOrder, emission: '5' } as const;
    const on = await driveOn(yard, { plate, kg: 40_000, facts: sixAxles, papers, kind: 'gross' });
    expect(codes(await state(on, { goods: '石子' }))).toEqual([]);
    await save(yard);
    await driveOff(yard);
    const again = await driveOn(yard, { plate, kg: 40_000, kind: 'gross' });
    expect(again.lane).toMatchObject({ next: 'state-load', truck: { loadConfirmed: false } });
    expect(codes(again)).toEqual(['goods-unconfirmed']);
    expect(codes(await state(again, { goods: '原煤' }))).toEqual(['emission-below']);
    const confirmed = await state(again, again.lane.truck?.load ?? noLoad);
    expect(confirmed.lane).toMatchObject({ decision: { outcome: 'allow' }, truck: { loadConfirmed: true } });
    // Another plate is another truck: nobody has said yet what that one carries.
    const crossingId = again.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate, colour: 'yellow' });
    expect(codes(await seen())).toEqual(['goods-unconfirmed']);
  });
});

it('a truck too old for coal is not to be loaded with it, and may be with what nobody has named yet', async () => {
  yard = await openYard((raw) => {
    raw.decision = { minimumEmission: '6' };
  });
  putEntry(yard, 'goods', { name: '原煤', category: 'coal' });
  const papers = { ...papersInOrder, emission: '5' } as const;
  const barred = async () => {
    const got = await yard.screen.call('loading.get', {});
    return got.ok ? got.value.scale?.barredBy : null;
  };
  const on = await driveOn(yard, { plate, kg: 15_600, facts: sixAxles, papers, kind: 'tare' });
  expect(await barred()).toEqual([]);
  await state(on, { goods: '原煤' });
  expect(await barred()).toEqual(['emission-below']);
});

describe('the driver', () => {
  it('who is named brings both papers, where the register keeps drivers', async () => {
    yard = await openYard();
    expect(codes(await loaded(40_000, { driver: '王师傅' }))).toEqual([]);
    const expires = { licenceExpires: '2099-12-31', qualificationExpires: '2020-01-01' };
    putEntry(yard, 'driver', { name: '李师傅', ...expires });
    const unknown = await seen();
    expect([codes(unknown), unknown.lane.next]).toEqual([['driver-unknown'], 'state-load']);
    const expired = await state(unknown, { driver: '李师傅' });
    expect(expired.lane.decision?.reasons).toMatchObject([
      { code: 'credential-expired', detail: 'driver-qualification 李师傅 2020-01-01' },
    ]);
    putEntry(yard, 'driver', { name: '李师傅', licenceExpires: '2099-12-31' });
    const missing = await seen();
    expect(missing.lane.next).toBe('save-without-paper');
    expect(missing.lane.decision?.reasons).toMatchObject([
      { code: 'credential-missing', detail: 'driver-qualification 李师傅' },
    ]);
    putEntry(yard, 'driver', { name: '李师傅', ...expires, qualificationExpires: '2099-12-31' });
    expect(codes(await seen())).toEqual([]);
  });

  it('has to be named for each load where the yard says so', async () => {
    yard = await openYard((raw) => {
      raw.decision = { driverRequired: true };
    });
    const on = await driveOn(yard, { plate, kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect([codes(on), on.lane.next]).toEqual([['driver-missing'], 'state-load']);
    expect(codes(await state(on, { driver: '王师傅' }))).toEqual([]);
  });
});
