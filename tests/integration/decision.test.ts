import { request } from 'node:http';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { handClock } from '../../native/handClock.ts';
import type { RegisterEntry, StationView } from '../../station/contract.ts';
import { noLoad, noPapers, unknownFacts } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import { judge } from '../../station/limits/judge.ts';
import { entryKey, entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

afterEach(async () => {
  await yard.close();
});

/** Writes one register entry as the register screen would. */
function put(kind: RegisterEntry['kind'], entry: Record<string, unknown>): void {
  const each = { kind, entry: entrySchemas[kind].parse(entry) } as RegisterEntry;
  const written = yard.station.desk.append({
    type: 'register-changed',
    body: { kind, key: entryKey(each), now: each, reason: 'test', operator: null, importId: null },
  });
  if (!written.ok) throw new Error(written.error.detail);
}

function storedWeighing(number: number): WeighingBody {
  const link = yard.station.desk.deps.stores.ledger.linkOfNumber(number);
  const opened = link === null ? null : openLink(link);
  if (opened?.ok !== true || opened.value.type !== 'weighing') throw new Error('no such weighing');
  return opened.value.body;
}

function paperText(part: string): string {
  const file = readdirSync(yard.dir, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.includes(part),
  );
  if (file === undefined) throw new Error(`no paper ${part}`);
  return execFileSync('pdftotext', ['-layout', join(yard.dir, file), '-'], { encoding: 'utf8' });
}

const fourAxles = {
  ...unknownFacts,
  axles: 4,
  vehicleClass: 'rigid',
  layout: '2+2',
  driveAxles: 2,
  registeredGrossKg: 31_000,
} as const;
const dates = { licenceExpires: '2099-12-31', permitExpires: '2099-12-31' };
const codes = (view: StationView): string[] => view.lane.decision?.reasons.map(({ code }) => code) ?? [];

describe('papers of the vehicle', () => {
  it('not stated, keep a legal truck; once read off, it leaves with one key', async () => {
    yard = await openYard();
    const on = await driveOn(yard, {
      plate: '晋C12345',
      kg: 48_200,
      facts: sixAxles,
      papers: noPapers,
      kind: 'gross',
    });
    expect(on.lane).toMatchObject({ decision: { outcome: 'cannot-decide' }, next: 'state-vehicle' });
    expect(codes(on)).toEqual(['credential-missing', 'credential-missing', 'licence-load-unknown']);
    await yard.screen.call('vehicle.state', {
      plate: '晋C12345',
      colour: 'yellow',
      facts: sixAxles,
      papers: papersInOrder,
    });
    await yard.screen.until('decided', (view) => view.lane.decision?.outcome === 'allow');
    expect((await save(yard)).paper).toBe('slip');
  });

  it('expired yesterday, refuse it and say which one on the paper; valid until today, do not', async () => {
    yard = await openYard();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
    const expired = { ...papersInOrder, permitExpires: yesterday };
    const on = await driveOn(yard, {
      plate: '晋C12345',
      kg: 48_200,
      facts: sixAxles,
      papers: expired,
      kind: 'gross',
    });
    expect(on.lane.decision?.reasons).toEqual([
      { code: 'credential-expired', detail: `transport-permit 晋C12345 ${yesterday}` },
    ]);
    expect(await save(yard)).toMatchObject({ outcome: 'refuse', paper: 'refusal' });
    const text = paperText('00000001-refusal');
    expect(text).toContain('拒放单');
    expect(text).not.toContain('超限拒放单');
    expect(text).toContain('证件已过期');
    await driveOff(yard);
    const valid = { ...papersInOrder, permitExpires: today };
    await driveOn(yard, { plate: '晋C12345', kg: 48_200, facts: sixAxles, papers: valid, kind: 'gross' });
    expect((await save(yard)).outcome).toBe('allow');
  });
});

describe('limits beside the law', () => {
  it('the lowest holds, and the slip names the bridge it is for', async () => {
    yard = await openYard((raw) => {
      raw.decision = { yardLimitKg: 48_500 };
    });
    put('destination', { name: '阳泉电厂', routeLimitKg: 46_000, routeName: '桃河大桥' });
    const on = await driveOn(yard, { plate: '晋C12345', kg: 45_000, facts: sixAxles, kind: 'gross' });
    expect(on.lane.decision).toMatchObject({ limitKg: 48_500, leftKg: 3_500 });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('load.state', { crossingId, load: { ...noLoad, destination: '阳泉电厂' } });
    const routed = await yard.screen.until('bridge', (view) => view.lane.decision?.limitKg === 46_000);
    expect(routed.lane.decision?.limits).toEqual([
      { kind: 'legal', kg: 49_000, name: null, holds: false },
      { kind: 'route', kg: 46_000, name: '桃河大桥', holds: true },
      { kind: 'yard', kg: 48_500, name: null, holds: false },
    ]);
    await save(yard);
    expect(paperText('00000001-slip')).toContain('桃河大桥');
  });

  it('a rigid truck is held to its licence gross, and its net to its licence load', async () => {
    yard = await openYard();
    const facts = { ...fourAxles, registeredGrossKg: 30_000 };
    await driveOn(yard, { plate: '晋C40001', kg: 14_000, facts });
    await save(yard);
    await driveOff(yard);
    const papers = { ...papersInOrder, licenceLoadKg: 15_000 };
    const on = await driveOn(yard, { plate: '晋C40001', kg: 30_500, facts, papers });
    expect(codes(on)).toEqual(['above-other-limit', 'net-above-licence-load']);
    expect(await save(yard)).toMatchObject({ outcome: 'refuse' });
  });
});

describe('vehicles that must not leave whatever they weigh', () => {
  it('blacklisted', async () => {
    yard = await openYard();
    put('listing', { plate: '晋C12345', colour: 'yellow', list: 'black', reason: '逃磅', by: '李站长' });
    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(on.lane.decision?.reasons).toEqual([{ code: 'blacklisted', detail: '逃磅 (李站长)' }]);
  });

  it('blacklisted under another colour than the one read or typed, until the entry ends', async () => {
    yard = await openYard();
    const listing = { plate: '晋C12345', list: 'black', reason: '逃磅', by: '李站长' };
    put('listing', { ...listing, colour: 'blue' });
    put('listing', { ...listing, colour: 'yellow', list: 'white', reason: '保供' });
    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(on.lane.decision?.reasons).toEqual([{ code: 'blacklisted', detail: '逃磅 (李站长)' }]);
    put('listing', { ...listing, colour: 'blue', until: '2020-01-01' });
    yard.station.desk.lane.registerChanged(null);
    yard.station.desk.changed();
    await yard.screen.until('ended', (view) => view.lane.decision?.outcome === 'allow');
  });

  it('whose trailer is blacklisted, though the tractor is whitelisted', async () => {
    yard = await openYard();
    const plate = '晋C1234挂';
    put('listing', { plate, colour: 'yellow', list: 'black', reason: '套牌', by: '李站长' });
    put('listing', { plate: '晋C12345', colour: 'yellow', list: 'white', reason: '保供', by: '李站长' });
    put('vehicle', { plate, colour: 'yellow', unit: 'trailer', ...dates });
    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(on.lane.decision?.outcome).toBe('allow');
    await yard.screen.call('trailer.enter', { crossingId: on.lane.crossingId ?? '', plate });
    const seen = await yard.screen.until('trailer', (view) => view.lane.truck?.trailerPlate === plate);
    expect(seen.lane.decision).toMatchObject({
      outcome: 'refuse',
      reasons: [{ code: 'blacklisted', detail: '晋C1234挂 套牌 (李站长)' }],
    });
    expect((await save(yard)).paper).toBe('refusal');
    expect(paperText('00000001-refusal')).toContain('车辆在黑名单');
  });

  it('without a plate: recorded and refused, and no tare is kept for it', async () => {
    yard = await openYard();
    await emptyScale(yard);
    yard.scale.put(20_000);
    const on = await yard.screen.until('on', (view) => view.lane.phase === 'stable');
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.none', { crossingId });
    const named = await yard.screen.until('named', (view) => view.lane.decision !== null);
    expect(codes(named)).toContain('no-plate');
    expect(await save(yard)).toMatchObject({ kind: 'gross', outcome: 'refuse', paper: 'refusal' });
    expect(storedWeighing(1)).toMatchObject({ plate: '无牌', case: { plates: { front: null } } });
  });

  it('coal below 国六 where the yard is bound, and goods nobody named count as coal', async () => {
    yard = await openYard((raw) => {
      raw.decision = { minimumEmission: '6' };
    });
    put('goods', { name: '石子', category: 'gravel' });
    const papers = { ...papersInOrder, emission: '5' } as const;
    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, papers, kind: 'gross' });
    expect(codes(on)).toEqual(['emission-below']);
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('load.state', { crossingId, load: { ...noLoad, goods: '石子' } });
    await yard.screen.until('gravel', (view) => view.lane.decision?.outcome === 'allow');
  });

  it('whose rear plate is another truck’s', async () => {
    yard = await openYard((raw) => {
      raw.cameras = [
        { id: 'front', kind: 'vzenith-push', allowFrom: ['127.0.0.1'] },
        { id: 'rear', kind: 'vzenith-push', allowFrom: ['127.0.0.1'], end: 'rear' },
      ];
    });
    const on = await driveOn(yard, { plate: '晋C40001', kg: 30_000, facts: fourAxles, kind: 'gross' });
    expect(on.lane.decision?.outcome).toBe('allow');
    await push(yard.station.cameraPort ?? 0, 'rear', '晋C40002');
    const seen = await yard.screen.until('rear', (view) => view.lane.truck?.rearPlate === '晋C40002');
    expect(codes(seen)).toEqual(['plates-disagree']);
    expect((await save(yard)).outcome).toBe('refuse');
  });
});

describe('a dirty rear plate', () => {
  const twoCameras = (raw: Record<string, unknown>): void => {
    raw.cameras = [
      { id: 'front', kind: 'vzenith-push', allowFrom: ['127.0.0.1'] },
      { id: 'rear', kind: 'vzenith-push', allowFrom: ['127.0.0.1'], end: 'rear' },
    ];
  };
  const seenAtRear = async (license: string, shown = license): Promise<StationView> => {
    await push(yard.station.cameraPort ?? 0, 'rear', license);
    return yard.screen.until(`rear ${shown}`, (view) => view.lane.truck?.rearPlate === shown);
  };

  it('asks what a person sees there, and keeps both readings', async () => {
    yard = await openYard(twoCameras);
    const on = await driveOn(yard, { plate: '晋C40B01', kg: 30_000, facts: fourAxles, kind: 'gross' });
    const seen = await seenAtRear('晋C40801');
    expect(seen.lane).toMatchObject({ decision: { outcome: 'cannot-decide' }, next: 'state-load' });
    expect(codes(seen)).toEqual(['rear-plate-unclear']);
    const crossingId = on.lane.crossingId ?? '';
    const enter = (plate: string) => yard.screen.call('rear.enter', { crossingId, plate });
    expect(await enter('晋C')).toMatchObject({ ok: false, error: { code: 'plate-malformed' } });
    await enter('晋C99999');
    const other = await yard.screen.until('other', ({ lane }) => lane.truck?.rearStated === '晋C99999');
    expect(codes(other)).toEqual(['plates-disagree']);
    await enter('');
    await yard.screen.until('taken back', ({ lane }) => lane.truck?.rearStated === null);
    await enter('晋C40B01');
    await yard.screen.until('as it is', (view) => view.lane.decision?.outcome === 'allow');
    expect((await save(yard)).paper).toBe('slip');
    expect(await enter('晋C99999')).toMatchObject({ ok: false, error: { code: 'already-saved' } });
    expect(storedWeighing(1)).toMatchObject({
      case: { plates: { front: '晋C40B01', rear: '晋C40801' }, rearStated: '晋C40B01' },
    });
    const detail = await yard.screen.call('passages.detail', { number: 1 });
    expect(detail.ok && detail.value).toMatchObject({ rearPlate: '晋C40801', rearStated: '晋C40B01' });
  });

  it('read well once is enough, before or after it was read badly', async () => {
    yard = await openYard(twoCameras);
    await driveOn(yard, { plate: '晋C40B01', kg: 30_000, facts: fourAxles, kind: 'gross' });
    expect(codes(await seenAtRear('晋C40801'))).toEqual(['rear-plate-unclear']);
    expect(codes(await seenAtRear('晋C40B01'))).toEqual([]);
    await push(yard.station.cameraPort ?? 0, 'rear', '晋C77777');
    expect((await save(yard)).outcome).toBe('allow');
    expect(storedWeighing(1).case?.plates.rear).toBe('晋C40B01');
  });
});

describe('a tractor and its trailer', () => {
  const tractor = {
    plate: '晋C70001',
    colour: 'yellow',
    unit: 'tractor',
    axles: 3,
    layout: '1+2',
    driveAxles: 2,
    trailerPlate: '晋C1234挂',
    licenceExpires: '2099-12-31',
    permitExpires: '2099-12-31',
  };
  const trailer = {
    plate: '晋C1234挂',
    colour: 'yellow',
    unit: 'trailer',
    axles: 3,
    layout: '3',
    vehicleClass: 'articulated',
    licenceLoadKg: 33_000,
    licenceExpires: '2099-12-31',
    permitExpires: '2099-12-31',
  };

  it('are weighed as the combination they make, with the papers of both', async () => {
    yard = await openYard();
    put('vehicle', tractor);
    put('vehicle', { ...trailer, permitExpires: '2020-01-01' });
    const on = await driveOn(yard, { plate: '晋C70001', kg: 48_200, kind: 'gross' });
    expect(on.lane.truck).toMatchObject({ trailerPlate: '晋C1234挂', facts: { axles: 6, layout: '1+2+3' } });
    expect(on.lane.decision).toMatchObject({ limitKg: 49_000, outcome: 'refuse' });
    expect(on.lane.decision?.reasons[0]?.detail).toContain('晋C1234挂');
    expect(yard.station.desk.lane.caseNow()?.sources).toMatchObject({
      ...{ trailer: 'register', licenceLoad: 'register', 'transport-permit 晋C1234挂': 'register' },
    });
  });

  it('whose trailer nobody registered owe its papers; read off, they leave', async () => {
    yard = await openYard();
    const plate = '晋C5678挂';
    const on = await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    await yard.screen.call('trailer.enter', { crossingId: on.lane.crossingId ?? '', plate });
    const owed = await yard.screen.until('owed', (view) => view.lane.truck?.trailerPlate === plate);
    expect(codes(owed)).toEqual(['credential-missing', 'credential-missing']);
    expect(owed.lane.next).toBe('state-vehicle');
    const state = async (permitExpires: string) =>
      yard.screen.call('vehicle.state', {
        ...{ plate: '晋C12345', colour: 'yellow', facts: sixAxles, papers: papersInOrder },
        trailer: { plate, papers: { ...papersInOrder, permitExpires } },
      });
    await state('2020-01-01');
    const expired = await yard.screen.until('expired', (view) => view.lane.decision?.outcome === 'refuse');
    expect(expired.lane.decision?.reasons[0]?.detail).toBe('transport-permit 晋C5678挂 2020-01-01');
    await state('2099-12-31');
    await yard.screen.until('in order', (view) => view.lane.decision?.outcome === 'allow');
    expect((await save(yard)).paper).toBe('slip');
    const kept = storedWeighing(1).case;
    expect(kept?.credentials).toContainEqual({
      ...{ kind: 'transport-permit', of: plate, expires: '2099-12-31' },
    });
    // Whoever asks years later is told who said each of them.
    expect(kept?.sources).toMatchObject({
      ...{ plate: 'operator', gross: 'indicator', trailer: 'operator', axles: 'operator' },
      ...{ 'vehicle-licence 晋C12345': 'operator', [`transport-permit ${plate}`]: 'operator' },
      ...{ licenceLoad: 'operator', emission: 'stricter' },
    });
  });

  it('uncoupled, are asked for; coupled to another at the scale, are that combination', async () => {
    yard = await openYard();
    put('vehicle', { ...tractor, trailerPlate: null });
    put('vehicle', { ...trailer, plate: '晋C5678挂', axles: 2, layout: '2' });
    await emptyScale(yard);
    yard.scale.put(40_000);
    const on = await yard.screen.until('on', (view) => view.lane.phase === 'stable');
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C70001', colour: 'yellow' });
    const asked = await yard.screen.until('asked', (view) => view.lane.truck !== null);
    expect(asked.lane.truck?.ask).toContain('axles');
    await yard.screen.call('trailer.enter', { crossingId, plate: '晋C5678挂' });
    const known = await yard.screen.until('known', (view) => view.lane.truck?.known === true);
    expect(known.lane.truck).toMatchObject({
      facts: { axles: 5, layout: '1+2+2' },
      trailerPlate: '晋C5678挂',
    });
    expect(known.lane.decision?.limitKg).toBe(43_000);
  });
});

describe('a refused truck that comes back', () => {
  it('is on its second try, linked to the first, and its slip says so', async () => {
    yard = await openYard();
    await driveOn(yard, { plate: '晋C12345', kg: 52_000, facts: sixAxles });
    await save(yard);
    await driveOff(yard);
    const on = await driveOn(yard, { plate: '晋C12345', kg: 48_000 });
    expect(on.lane.truck?.attempt).toEqual({ try: 2, previousNumber: 1, previousOverKg: 3_000 });
    await save(yard);
    expect(storedWeighing(2).attempt).toMatchObject({ previousNumber: 1 });
    expect(paperText('00000002-slip')).toContain('第2次过磅');
    await driveOff(yard);
    const later = await driveOn(yard, { plate: '晋C12345', kg: 48_100, kind: 'gross' });
    expect(later.lane.truck?.attempt).toBeNull();
  });
});

describe('a contract', () => {
  it('used up, refuses where the yard says so, and a whitelist entry waives that and no limit', async () => {
    yard = await openYard((raw) => {
      raw.decision = { quota: true };
    });
    put('contract', { number: 'HT-1', quotaKg: 30_000 });
    await driveOn(yard, { plate: '晋C12345', kg: 15_000, facts: sixAxles });
    await save(yard);
    await driveOff(yard);
    const on = await driveOn(yard, { plate: '晋C12345', kg: 48_000 });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('load.state', { crossingId, load: { ...noLoad, contract: 'HT-1' } });
    const bound = await yard.screen.until('quota', (view) => view.lane.decision?.outcome === 'refuse');
    expect(codes(bound)).toEqual(['quota-used-up']);
    put('listing', { plate: '晋C12345', colour: 'yellow', list: 'white', reason: '保供', by: '李站长' });
    yard.scale.put(49_020);
    const heavy = await yard.screen.until('heavy', (view) => view.lane.stableKg === 49_020);
    expect(heavy.lane.decision).toMatchObject({ outcome: 'refuse', waived: [{ code: 'quota-used-up' }] });
    expect(codes(heavy)).toEqual(['overload']);
  });
});

describe('the station itself', () => {
  it('with an expired verification decides nothing, and the case stored makes the same decision again', async () => {
    yard = await openYard((raw) => {
      raw.instrument = { ...(raw.instrument as object), verificationExpires: '2020-01-01' };
    });
    const on = await driveOn(yard, { plate: '晋C12345', kg: 48_000, facts: sixAxles, kind: 'gross' });
    expect(codes(on)).toEqual(['verification-expired']);
    expect(await save(yard)).toMatchObject({ outcome: 'cannot-decide', paper: null });
    const { case: stored, decision } = storedWeighing(1);
    expect(stored === null ? null : judge(stored)).toEqual(decision);
  });

  it('whose clock ran backwards decides nothing until a person confirms it', async () => {
    const clock = handClock();
    yard = await openYard(undefined, clock);
    await yard.screen.call('operator.sign-in', { name: '张三' });
    clock.setNow(clock.nowMs() - 3_600_000);
    await yard.screen.call('operator.sign-in', { name: '张三' });
    const view = await yard.screen.until('fault', (seen) => seen.faults.length > 0);
    expect(view.faults).toMatchObject([{ code: 'clock-backwards' }]);
    await yard.screen.call('clock.confirm', {});
    await yard.screen.until('confirmed', (seen) => seen.faults.length === 0);
  });

  it('below the minimum capacity has no stable weight to save', async () => {
    yard = await openYard();
    yard.scale.put(380);
    const on = await yard.screen.until(
      'on',
      (view, weight) => weight.kind === 'live' && view.lane.crossingId !== null,
    );
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C12345', colour: 'yellow' });
    expect(await yard.screen.call('weighing.save', { crossingId })).toMatchObject({
      ok: false,
      error: { code: 'not-stable' },
    });
  });
});

describe('a tare far from the usual one', () => {
  it('raises an alarm that is recorded, and refuses only where the yard says so', async () => {
    yard = await openYard((raw) => {
      raw.decision = { tareDrift: true };
    });
    for (const kg of [15_000, 15_020, 15_000]) {
      await driveOn(yard, { plate: '晋C12345', kg, facts: sixAxles, kind: 'tare' });
      await save(yard);
      await driveOff(yard);
    }
    const on = await driveOn(yard, { plate: '晋C12345', kg: 17_000, kind: 'tare' });
    expect(on.lane.truck?.tareDriftKg).toBe(2_000);
    await save(yard);
    await driveOff(yard);
    const loaded = await driveOn(yard, { plate: '晋C12345', kg: 48_000 });
    expect(codes(loaded)).toEqual(['tare-drifted']);
    await save(yard);
    expect(storedWeighing(5).case).toMatchObject({ tareDriftKg: 2_000 });
  });
});

describe('a curve no truck makes', () => {
  it('is flagged in the record, with what happened when; it keeps the truck only where the yard says so', async () => {
    yard = await openYard((raw) => {
      raw.decision = { curve: ['jump-standing'] };
    });
    await driveOn(yard, { plate: '晋C12345', kg: 40_000, facts: sixAxles, kind: 'gross' });
    expect(yard.screen.view?.lane.decision?.outcome).toBe('allow');
    // A second and more at rest, then a tonne less within one frame.
    await yard.screen.until('rest', (_, weight) => weight.kind === 'live' && weight.stable);
    const rested = yard.screen.weights.length;
    await yard.screen.until('a second of frames', () => yard.screen.weights.length > rested + 60);
    yard.scale.put(39_000);
    await yard.screen.until('lighter', (view) => view.lane.stableKg === 39_000);
    const lighter = yard.screen.weights.length;
    await yard.screen.until('a second more', () => yard.screen.weights.length > lighter + 60);
    expect(await save(yard)).toMatchObject({ outcome: 'cannot-decide', paper: null });
    const body = storedWeighing(1);
    expect(body.curveFlags.map(({ code }) => code)).toContain('jump-standing');
    expect(body.decision?.reasons).toMatchObject([{ code: 'curve-suspicious' }]);
    expect(body.moments.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['entered', 'stable', 'saved']),
    );
    const { case: stored, decision } = body;
    expect(stored === null ? null : judge(stored)).toEqual(decision);
  });
});

let plateid = 0;
function push(port: number, camera: string, license: string): Promise<number> {
  plateid += 1;
  const body = JSON.stringify({
    AlarmInfoPlate: {
      serialno: 'test',
      deviceName: 'R5',
      result: { PlateResult: { license, colorType: 2, type: 3, confidence: 98, plateid, isoffline: 0 } },
    },
  });
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path: `/cameras/${camera}`, method: 'POST' },
      (response) => {
        response.resume();
        response.on('end', () => {
          resolve(response.statusCode ?? 0);
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
