import { Buffer } from 'node:buffer';
import { afterEach, describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../station/contract.ts';
import { noPapers, unknownFacts } from '../../station/contract.ts';
import { entryKey, entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, papersInOrder, save } from '../support/yard.ts';

let yard: TestYard;

afterEach(async () => {
  await yard.close();
});

const tractor = {
  plate: '晋C70001',
  colour: 'yellow',
  unit: 'tractor',
  axles: 3,
  layout: '1+2',
  driveAxles: 2,
  trailerPlate: '晋C1234挂',
};
const trailer = {
  plate: '晋C1234挂',
  colour: 'yellow',
  unit: 'trailer',
  axles: 3,
  layout: '3',
  vehicleClass: 'articulated',
  licenceLoadKg: 40_000,
  licenceExpires: '2099-12-31',
  permitExpires: '2099-12-31',
};
const combination = {
  ...unknownFacts,
  axles: 6,
  vehicleClass: 'articulated',
  layout: '1+2+3',
  driveAxles: 2,
} as const;

function put(kind: RegisterEntry['kind'], entry: Record<string, unknown>): void {
  const each = { kind, entry: entrySchemas[kind].parse(entry) } as RegisterEntry;
  const written = yard.station.desk.append({
    type: 'register-changed',
    body: { kind, key: entryKey(each), now: each, reason: 'test', operator: null, importId: null },
  });
  if (!written.ok) throw new Error(written.error.detail);
}

const registered = (plate: string) => yard.station.desk.deps.stores.register.vehicle(plate, 'yellow');

describe('what is stated at the scale of a tractor with its trailer', () => {
  it('its papers alone: it stays a tractor, with its own axles, and the combination its limit', async () => {
    yard = await openYard();
    put('vehicle', tractor);
    put('vehicle', trailer);
    const on = await driveOn(yard, { plate: '晋C70001', kg: 48_200, kind: 'gross' });
    expect(on.lane).toMatchObject({ decision: { outcome: 'cannot-decide' }, next: 'state-vehicle' });
    await yard.screen.call('vehicle.state', {
      ...{ plate: '晋C70001', colour: 'yellow', papers: papersInOrder },
      facts: on.lane.truck?.facts ?? unknownFacts,
    });
    const stated = await yard.screen.until('decided', (view) => view.lane.decision?.outcome === 'allow');
    expect(stated.lane.truck).toMatchObject({ unit: 'tractor', trailerPlate: '晋C1234挂' });
    expect(registered('晋C70001')).toMatchObject({ ...tractor, licenceExpires: '2099-12-31' });
    expect(registered('晋C1234挂')).toMatchObject(trailer);
    expect((await save(yard)).paper).toBe('slip');
  });

  it('its facts and a trailer nobody registered: each unit is remembered as what it is', async () => {
    yard = await openYard();
    put('vehicle', { ...tractor, trailerPlate: null, axles: null, layout: null });
    await emptyScale(yard);
    yard.scale.put(48_200);
    const on = await yard.screen.until('on', (view) => view.lane.phase === 'stable');
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C70001', colour: 'yellow' });
    await yard.screen.call('kind.choose', { crossingId, kind: 'gross' });
    const asked = await yard.screen.until(
      'asked',
      ({ lane }) => lane.truck !== null && lane.kind === 'gross',
    );
    expect(asked.lane).toMatchObject({
      next: 'state-load',
      truck: { unit: 'tractor', ask: ['trailer', 'axles', 'class'] },
    });
    const state = (more: object) =>
      yard.screen.call('vehicle.state', {
        ...{ plate: '晋C70001', colour: 'yellow', facts: combination, papers: papersInOrder, ...more },
      });
    expect(await state({})).toMatchObject({ ok: false, error: { code: 'trailer-missing' } });
    expect(await state({ trailer: { plate: '晋C99', papers: noPapers } })).toMatchObject({
      ok: false,
      error: { code: 'plate-malformed' },
    });
    await state({ trailer: { plate: '晋C5678挂', papers: papersInOrder } });
    const known = await yard.screen.until('known', (view) => view.lane.decision?.outcome === 'allow');
    expect(known.lane.truck).toMatchObject({
      trailerPlate: '晋C5678挂',
      facts: { axles: 6, layout: '1+2+3' },
    });
    expect(known.lane.decision?.limitKg).toBe(49_000);
    expect(registered('晋C70001')).toMatchObject({ unit: 'tractor', axles: 3, layout: '1+2', driveAxles: 2 });
    expect(registered('晋C5678挂')).toMatchObject({
      ...{ unit: 'trailer', axles: 3, layout: '3', vehicleClass: 'articulated', permitExpires: '2099-12-31' },
    });
    // With the next trailer it is another combination, and nothing of this one is believed of it.
    await yard.screen.call('trailer.enter', { crossingId, plate: '晋C8888挂' });
    const other = await yard.screen.until('other', (view) => view.lane.truck?.trailerPlate === '晋C8888挂');
    expect(other.lane.truck?.facts).toMatchObject({ axles: null, layout: null, vehicleClass: null });
  });
});

describe('a tare', () => {
  const inOrder = { licenceExpires: '2099-12-31', permitExpires: '2099-12-31' };
  const emptyKg = { 晋C1234挂: 15_000, 晋C5678挂: 19_000 };

  /** Weighs the tractor with a trailer behind it; ends when it can be saved. */
  async function drive(trailerPlate: keyof typeof emptyKg, kg: number, kind: 'tare' | 'gross') {
    const on = await driveOn(yard, { plate: '晋C70001', kg, kind });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('trailer.enter', { crossingId, plate: trailerPlate });
    return yard.screen.until(trailerPlate, ({ lane }) => lane.truck?.trailerPlate === trailerPlate);
  }

  async function tareOf(trailerPlate: keyof typeof emptyKg, kg = emptyKg[trailerPlate]): Promise<void> {
    await drive(trailerPlate, kg, 'tare');
    await save(yard);
    await driveOff(yard);
  }

  async function open(): Promise<void> {
    yard = await openYard((raw) => {
      raw.decision = { tareDrift: true };
    });
    put('vehicle', { ...tractor, ...inOrder });
    put('vehicle', trailer);
    put('vehicle', { ...trailer, plate: '晋C5678挂' });
  }

  it('is of the tractor with the trailer it was weighed with, and of no other', async () => {
    await open();
    await tareOf('晋C1234挂');
    const other = await drive('晋C5678挂', 48_000, 'gross');
    expect(other.lane.truck?.tare).toBeNull();
    await save(yard);
    await driveOff(yard);
    await tareOf('晋C5678挂');
    const first = await drive('晋C1234挂', 48_000, 'gross');
    expect(first.lane.truck?.tare).toMatchObject({ kg: 15_000, number: 1 });
    await save(yard);
    await driveOff(yard);
    const rows = await yard.screen.call('passages.list', {
      beforeNumber: null,
      limit: 9,
      plate: null,
      outcome: null,
    });
    expect(rows.ok && rows.value.rows.map(({ number, netKg }) => [number, netKg])).toEqual([
      ...[
        [4, 33_000],
        [3, null],
        [2, null],
        [1, null],
      ],
    ]);
    const tares = await yard.screen.call('register.tares', { plate: '晋C70001', colour: 'yellow' });
    expect(tares.ok && tares.value.combinations).toMatchObject([
      { trailerPlate: '晋C5678挂', tares: [{ number: 3, kg: 19_000 }] },
      { trailerPlate: '晋C1234挂', tares: [{ number: 1, kg: 15_000 }] },
    ]);
  });

  it('of another combination raises no alarm of this one; its own does, and a voided one stays void', async () => {
    await open();
    for (const kg of [15_000, 15_020, 15_000]) await tareOf('晋C1234挂', kg);
    await tareOf('晋C5678挂');
    const calm = await drive('晋C5678挂', 48_000, 'gross');
    expect(calm.lane.truck).toMatchObject({ tareDriftKg: null, tare: { kg: 19_000 } });
    expect(calm.lane.decision?.outcome).toBe('allow');
    await driveOff(yard);
    await tareOf('晋C1234挂', 17_000);
    const drifted = await drive('晋C1234挂', 48_000, 'gross');
    expect(drifted.lane.truck?.tareDriftKg).toBe(2_000);
    expect(drifted.lane.decision?.reasons).toEqual([{ code: 'tare-drifted', detail: '2000 kg' }]);
    await driveOff(yard);
    await yard.screen.call('weighing.void', { number: 5, reason: '水箱没放空', by: '李站长' });
    const voided = await drive('晋C1234挂', 48_000, 'gross');
    expect(voided.lane.truck).toMatchObject({ tare: null, tareDriftKg: null });
  });
});

describe('what was stated at the scale', () => {
  it('stands in the history of tractor and trailer, with who, when and the picture of the licence', async () => {
    yard = await openYard();
    const { screen } = yard;
    await screen.call('operator.sign-in', { name: '张三' });
    put('vehicle', { ...tractor, trailerPlate: null });
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.alloc(99, 1),
      Buffer.from([0xff, 0xd9]),
    ]);
    const kept = await screen.call('picture.keep', { base64: jpeg.toString('base64') });
    const picture = kept.ok ? kept.value.sha256 : '';
    const state = (licencePicture: string) =>
      screen.call('vehicle.state', {
        ...{ plate: '晋C70001', colour: 'yellow', facts: combination },
        papers: { ...papersInOrder, licencePicture },
        trailer: { plate: '晋C5678挂', papers: { ...papersInOrder, permitExpires: '2030-01-01' } },
      });
    expect(await state('a'.repeat(64))).toMatchObject({ ok: false, error: { code: 'picture-missing' } });
    await state(picture);
    const of = async (key: string) => {
      const history = await screen.call('register.history', { kind: 'vehicle', key });
      return history.ok ? history.value.changes : [];
    };
    expect(await of('晋C70001 yellow')).toMatchObject([
      {
        operator: '张三',
        stated: true,
        now: { entry: { unit: 'tractor', axles: 3, licencePicture: picture } },
      },
      { stated: false, reason: 'test', now: { entry: { licencePicture: null, licenceExpires: null } } },
    ]);
    expect(await of('晋C5678挂 yellow')).toMatchObject([
      {
        operator: '张三',
        stated: true,
        now: { entry: { unit: 'trailer', axles: 3, permitExpires: '2030-01-01' } },
      },
    ]);
    expect((await of('晋C70001 yellow')).at(0)?.timeMs).toBeGreaterThan(1_600_000_000_000);
    put('vehicle', { ...trailer, plate: '晋C5678挂', axles: 2, layout: '2' });
    expect((await of('晋C5678挂 yellow')).map(({ stated }) => stated)).toEqual([false, true]);
  });
});

it('what cannot be so is not taken from a licence, and every reason is said apart', async () => {
  yard = await openYard();
  put('vehicle', tractor);
  const state = async (facts: object, papers: object = {}): Promise<string> => {
    const stated = await yard.screen.call('vehicle.state', {
      ...{ plate: '晋C70001', colour: 'yellow', facts: { ...combination, ...facts } },
      papers: { ...papersInOrder, ...papers },
    });
    return stated.ok ? 'taken' : stated.error.code;
  };
  expect(await state({ axles: 5 })).toBe('stated-layout');
  expect(await state({ vehicleClass: 'rigid', layout: null, axles: 3 })).toBe('stated-class');
  expect(await state({ singleTyredAxles: 6 })).toBe('stated-axles');
  expect(await state({ registeredGrossKg: 49 })).toBe('stated-kg');
  expect(await state({}, { licenceLoadKg: 31 })).toBe('stated-kg');
  expect(await state({}, { licenceExpires: '2026-02-30' })).toBe('bad-request');
  expect(registered('晋C70001')).toMatchObject({ ...tractor, licenceExpires: null });
  expect(await state({})).toBe('taken');
});

it('a trailer whose class nobody stated is asked for it, not taken for a semi-trailer', async () => {
  yard = await openYard();
  put('vehicle', tractor);
  put('vehicle', { ...trailer, vehicleClass: null });
  await emptyScale(yard);
  yard.scale.put(48_200);
  const on = await yard.screen.until('on', (view) => view.lane.phase === 'stable');
  const crossingId = on.lane.crossingId ?? '';
  await yard.screen.call('plate.enter', { crossingId, plate: '晋C70001', colour: 'yellow' });
  await yard.screen.call('kind.choose', { crossingId, kind: 'gross' });
  const asked = await yard.screen.until('asked', ({ lane }) => lane.truck !== null && lane.kind === 'gross');
  expect(asked.lane).toMatchObject({ next: 'state-vehicle', truck: { ask: ['class'] }, decision: null });
});
