import { afterEach, describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../station/contract.ts';
import { noPapers, unknownFacts } from '../../station/contract.ts';
import { entryKey, entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOn, openYard, papersInOrder, save } from '../support/yard.ts';

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
