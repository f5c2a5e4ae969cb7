import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { StationView } from '../../station/contract.ts';
import { entrySchemas } from '../../station/contract.ts';
import { testJpeg } from '../../native/cameras/testJpeg.ts';
import type { TestYard } from '../support/yard.ts';
import { entryKey } from '../../station/vehicles/register/entries.ts';
import { driveOff, driveOn, emptyScale, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

afterEach(async () => {
  await yard.close();
});

async function open(): Promise<void> {
  yard = await openYard((raw) => {
    raw.cameras = [
      { id: 'front', kind: 'json-push', allowFrom: ['127.0.0.1'] },
      { id: 'rear', kind: 'json-push', allowFrom: ['127.0.0.1'], end: 'rear' },
    ];
  });
}

let nth = 0;
function sees(camera: 'front' | 'rear', more: Record<string, unknown>): Promise<number> {
  nth += 1;
  const body = JSON.stringify({ eventId: String(nth), colour: 'yellow', ...more });
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: yard.station.cameraPort, path: `/cameras/${camera}`, method: 'POST' },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function register(plate: string, more: Record<string, unknown> = {}): void {
  const entry = entrySchemas.vehicle.parse({ plate, colour: 'yellow', axles: 6, layout: '1+2+3', ...more });
  const each = { kind: 'vehicle', entry } as const;
  const written = yard.station.desk.append({
    type: 'register-changed',
    body: { kind: 'vehicle', key: entryKey(each), now: each, reason: 'test', operator: null, importId: null },
  });
  expect(written).toMatchObject({ ok: true });
}

async function standing(what: string, holds: (view: StationView) => boolean): Promise<StationView> {
  await emptyScale(yard);
  yard.scale.put(14_000);
  await yard.screen.until('on the scale', (view) => view.lane.stableKg === 14_000);
  return yard.screen.until(what, holds);
}

describe('a plate read wrongly', () => {
  it('is suggested as the register has it, names no other vehicle by itself, and one key takes it', async () => {
    await open();
    register('晋C12845', { vehicleClass: 'articulated', driveAxles: 2 });
    await sees('front', { plate: '晋C12B45', characterPercents: [99, 99, 99, 99, 41, 99, 99] });
    const on = await standing('suggested', (view) => view.lane.suggestion !== null);
    expect(on.lane.suggestion).toEqual({
      read: '晋C12B45',
      plate: '晋C12845',
      colour: 'yellow',
      why: ['similar'],
      differs: [4],
      registered: true,
      percent: null,
      picture: null,
    });
    expect(on.lane.truck).toMatchObject({ plate: '晋C12B45', known: false });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C12845', colour: 'yellow' });
    const taken = await yard.screen.until('taken', (view) => view.lane.truck?.plate === '晋C12845');
    expect(taken.lane).toMatchObject({ suggestion: null, truck: { known: true, plateSource: 'operator' } });
    // What the camera said stays beside what the person said.
    await save(yard);
    const detail = await yard.screen.call('passages.detail', { number: 1 });
    expect(detail.ok && detail.value).toMatchObject({
      row: { plate: '晋C12845' },
      plateSource: 'operator',
      cameraPlate: '晋C12B45',
    });
  });

  it('left alone, is the plate that is weighed', async () => {
    await open();
    register('晋C12845');
    await sees('front', { plate: '晋C12B45' });
    const on = await standing('suggested', (view) => view.lane.suggestion !== null);
    await yard.screen.call('kind.choose', { crossingId: on.lane.crossingId ?? '', kind: 'tare' });
    await save(yard);
    const after = await yard.screen.until('saved', (view) => view.recent.length === 1);
    expect(after.recent[0]).toMatchObject({ plate: '晋C12B45' });
    expect(after.lane.suggestion).toBeNull();
  });

  it('not read at all, is suggested from the trailer the rear camera saw', async () => {
    await open();
    register('晋C12845', {
      trailerPlate: '晋C1234挂',
      unit: 'tractor',
      axles: 3,
      layout: '1+2',
      driveAxles: 2,
    });
    await emptyScale(yard);
    yard.scale.put(14_000);
    await yard.screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await sees('rear', { plate: '晋C1234挂' });
    const on = await yard.screen.until('suggested', (view) => view.lane.suggestion !== null);
    expect(on.lane).toMatchObject({
      truck: null,
      suggestion: { read: null, plate: '晋C12845', why: ['trailer'] },
    });
  });

  it('between two alike, the truck that was weighed empty and is still in the yard', async () => {
    await open();
    register('晋C12645');
    await driveOn(yard, { plate: '晋C12845', kg: 14_000, facts: sixAxles, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C77777', kg: 14_000, facts: sixAxles, kind: 'tare' });
    await driveOff(yard);
    await sees('front', { plate: '晋C12B45' });
    const on = await standing('suggested', (view) => view.lane.suggestion !== null);
    expect(on.lane.suggestion).toMatchObject({ plate: '晋C12845', why: ['similar', 'in-yard'] });
  });

  it('both ends from one device: the front names the vehicle, the rear is compared', async () => {
    await open();
    await emptyScale(yard);
    yard.scale.put(14_000);
    await yard.screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await sees('front', { plate: '晋C12845', rear: { plate: '晋C1234挂', colour: 'yellow' }, axles: 6 });
    const on = await yard.screen.until('named', (view) => view.lane.truck !== null);
    expect(on.lane.truck).toMatchObject({ plate: '晋C12845', rearPlate: '晋C1234挂' });
  });
});

describe('a camera that also sees who leaves', () => {
  async function weighed(plate: string): Promise<void> {
    await driveOn(yard, { plate, kg: 14_000, facts: sixAxles, kind: 'tare' });
    await save(yard);
  }

  it('does not name the next truck after the one that just left, when it saw the next one, too', async () => {
    await open();
    await weighed('晋C12845');
    await driveOff(yard);
    await sees('front', { plate: '晋C12845' });
    await sees('front', { plate: '晋C77777' });
    const on = await standing('named', (view) => view.lane.truck !== null);
    expect(on.lane.truck?.plate).toBe('晋C77777');
  });

  it('names the one that left when it is the one that comes back', async () => {
    await open();
    await weighed('晋C12845');
    await driveOff(yard);
    await sees('front', { plate: '晋C12845' });
    const on = await standing('named', (view) => view.lane.truck !== null);
    expect(on.lane.truck?.plate).toBe('晋C12845');
  });

  it('does not name the next truck after a bad reading of the one that stands there or left', async () => {
    await open();
    await weighed('晋C12845');
    await sees('front', { plate: '晋C12B45' });
    await driveOff(yard);
    await sees('front', { plate: '晋C1Z845' });
    const on = await standing('nobody knows it', (view) => view.lane.next === 'enter-plate');
    expect(on.lane.truck).toBeNull();
  });

  it('names a truck of the same fleet whose plate is one character off, when the register knows it', async () => {
    await open();
    register('晋C12B45');
    await weighed('晋C12845');
    await sees('front', { plate: '晋C12B45' });
    await driveOff(yard);
    const on = await standing('named', (view) => view.lane.truck !== null);
    expect(on.lane.truck?.plate).toBe('晋C12B45');
  });
});

describe('a plate that comes late', () => {
  it('of the truck before does not name the one that stands there; one key takes it, with what the camera sent', async () => {
    await open();
    const jpeg = testJpeg(40_000);
    const pictures = [{ role: 'full', base64: jpeg.toString('base64') }];
    // The camera's clock is right: this one came at once.
    await sees('front', { plate: '晋C12845', timeMs: Date.now() });
    await driveOn(yard, { plate: '晋C12845', kg: 14_000, facts: sixAxles, kind: 'tare' });
    await save(yard);
    await driveOff(yard);
    yard.scale.put(20_000);
    await yard.screen.until('the next', (view) => view.lane.stableKg === 20_000);
    await sees('front', { plate: '晋C12845', timeMs: Date.now() - 40_000, pictures });
    await sees('front', { plate: '晋C77777', timeMs: Date.now() - 40_000, pictures });
    const on = await yard.screen.until('suggested', (view) => view.lane.suggestion !== null);
    expect(on.lane).toMatchObject({
      truck: null,
      suggestion: { plate: '晋C77777', why: ['seen-late'], picture: expect.any(String) as string },
    });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C77777', colour: 'yellow' });
    const taken = await yard.screen.until('taken', (view) => view.lane.truck?.plate === '晋C77777');
    expect(taken.lane.truck).toMatchObject({
      plateSource: 'operator',
      pictureSha256: [on.lane.suggestion?.picture],
    });
  });

  it('by the camera’s own word, or from an hour ago, names nobody', async () => {
    await open();
    yard.scale.put(20_000);
    await yard.screen.until('on the scale', (view) => view.lane.stableKg === 20_000);
    await sees('front', { plate: '晋C55555', late: true, timeMs: Date.now() - 3_600_000 });
    await sees('front', { plate: '晋C66666', late: true });
    await sees('front', { plate: '晋C77777', late: true, timeMs: Date.now() - 30_000 });
    const on = await yard.screen.until('suggested', (view) => view.lane.suggestion !== null);
    expect(on.lane).toMatchObject({ truck: null, suggestion: { plate: '晋C77777', why: ['seen-late'] } });
    const listed = await yard.screen.call('cameras.list', {});
    expect(listed.ok && listed.value.cameras[0]?.counts).toMatchObject({ plates: 0, late: 3 });
  });
});
