import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyData } from '../../native/verify/verifyData.ts';
import { lastExit, listExits, sees } from '../support/exitGate.ts';
import type { RunningClock } from '../support/runningClock.ts';
import { runningClock } from '../support/runningClock.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, emptyScale, openYard, save, papersInOrder, sixAxles } from '../support/yard.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let yard: TestYard;
let clock: RunningClock;

beforeEach(async () => {
  clock = runningClock();
  yard = await openYard((settings) => {
    const pushes = { kind: 'json-push', allowFrom: ['127.0.0.1'] };
    settings.cameras = [
      { id: 'entry', ...pushes },
      { id: 'exit', ...pushes, place: 'exit' },
      { id: 'rear', ...pushes, place: 'exit', end: 'rear' },
    ];
    settings.releases = { enabled: true };
  }, clock);
});
afterEach(async () => {
  await yard.close();
});

async function weigh(plate: string, kind: 'tare' | 'gross' = 'gross', kg = 40_000): Promise<number> {
  await driveOn(yard, { plate, kg: kind === 'tare' ? 15_000 : kg, facts: sixAxles, kind });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}
const urgent = (): unknown =>
  yard.station.desk.deps.stores.db
    .prepare(`SELECT sequence FROM outbox WHERE urgent = 1 ORDER BY sequence`)
    .pluck()
    .all();
const told = async (): Promise<readonly unknown[]> =>
  (await listExits(yard)).rows.map(({ plate, found, number, probably }) => [plate, found, number, probably]);

describe('at the exit', () => {
  it('a slip, a refusal and no weighing at all are three things, and the last two are told at once', async () => {
    const allowed = await weigh('晋C10001');
    const refused = await weigh('晋C10002', 'gross', 52_000);
    await sees(yard, 'exit', '晋C10001');
    await sees(yard, 'exit', '晋C10002');
    await sees(yard, 'exit', '晋C10003');
    expect(await told()).toEqual([
      ['晋C10003', 'not-weighed', null, false],
      ['晋C10002', 'refused', refused, false],
      ['晋C10001', 'slip', allowed, false],
    ]);
    const rows = (await listExits(yard, { show: 'open' })).rows;
    expect(urgent()).toEqual(rows.map(({ sequence }) => sequence).reverse());
    // An exit camera names nobody on the scale.
    expect(yard.screen.view?.lane.truck).toBeNull();
    const warned = await yard.screen.until('warning', (view) =>
      view.faults.some(({ code, detail }) => code === 'left-without-leave' && detail === '2'),
    );
    expect(warned.faults.length).toBeGreaterThan(0);
    const got = await yard.screen.call('picture.get', { sha256: rows[0]?.pictures[0] ?? '' });
    expect(got.ok).toBe(true);
  });

  it('a truck that was weighed empty, loaded for two hours and left without its gross is no empty truck', async () => {
    const number = await weigh('晋C10001', 'tare');
    clock.pass(2 * hourMs);
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'only-tared', number, suspicious: true });
    expect(urgent()).toHaveLength(1);
    const turned = await weigh('晋C10002', 'tare');
    clock.pass(3 * minuteMs);
    await sees(yard, 'exit', '晋C10002');
    expect(await lastExit(yard)).toMatchObject({ found: 'empty', number: turned, suspicious: false });
  });

  it('a truck nobody could read is written down with its picture, stands out, and is no news for the city', async () => {
    await weigh('晋C10001');
    await sees(yard, 'exit', null, { colour: 'other' });
    const row = await lastExit(yard);
    expect(row).toMatchObject({ plate: null, found: 'unreadable', suspicious: true, number: null });
    expect(row.pictures).toHaveLength(1);
    clock.pass(10 * minuteMs);
    await sees(yard, 'exit', 'C100');
    expect(await lastExit(yard)).toMatchObject({ plate: 'C100', found: 'unreadable', suspicious: true });
    expect(urgent()).toEqual([]);
  });

  it('a truck that waits at the gate stays the one that was let out, however long, and goes once with one slip', async () => {
    const number = await weigh('晋C10001');
    for (const waited of [0, 1, 6, 13, 14, 13]) {
      clock.pass(waited * minuteMs);
      await sees(yard, 'exit', '晋C10001');
      expect(await lastExit(yard)).toMatchObject({ found: 'slip', number, suspicious: false });
    }
    expect((await listExits(yard)).rows.at(-1)).toMatchObject({ again: null });
    expect((await listExits(yard, { show: 'suspicious' })).rows).toEqual([]);
    clock.pass(30 * minuteMs);
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'not-weighed', suspicious: true });
  });

  it('one that was turned back refused, and released then, is released', async () => {
    const number = await weigh('晋C10001', 'gross', 52_000);
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'refused', number });
    const { stores } = yard.station.desk.deps;
    yard.station.desk.append({
      type: 'release-granted',
      body: {
        ...{
          number,
          kind: 'oversize-permit',
          document: '晋超限 1 号',
          validUntil: '2099-12-31',
          reason: '大件',
        },
        ...{ picture: stores.pictures.keep(Buffer.from('permit'), 'document') },
        ...{ requestedBy: '张三', approvedBy: '李四' },
        ...{ permittedKg: 60_000, permitPlate: '晋C10001', authority: null },
      },
    });
    clock.pass(minuteMs);
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'released', number, again: null, suspicious: false });
  });
});

describe('a plate the exit’s camera read badly', () => {
  it('as the scale’s camera had, which a person put right, is that truck', async () => {
    await yard.screen.until('empty', (view, weight) => view.lane.phase === 'zero' && weight.kind === 'live');
    await yard.screen.call('vehicle.state', {
      ...{ plate: '晋C12845', colour: 'yellow', facts: sixAxles },
      papers: papersInOrder,
    });
    await emptyScale(yard);
    yard.scale.put(40_000);
    const on = await yard.screen.until('on the scale', (view) => view.lane.crossingId !== null);
    await sees(yard, 'entry', '晋C12B45', { direction: 'approaching' });
    const crossingId = on.lane.crossingId ?? '';
    await yard.screen.until('named', (view) => view.lane.truck?.plate === '晋C12B45');
    await yard.screen.call('plate.enter', { crossingId, plate: '晋C12845', colour: 'yellow' });
    await yard.screen.call('kind.choose', { crossingId, kind: 'gross' });
    await yard.screen.until('stable', (view) => view.lane.phase === 'identified');
    const { number } = await save(yard);
    await driveOff(yard);
    await sees(yard, 'exit', '晋C12B45');
    expect(await lastExit(yard)).toMatchObject({ found: 'slip', number, probably: false });
  });

  it('in one character, or in its colour, uses no slip up; the truck itself still has it', async () => {
    const number = await weigh('晋C12845');
    await sees(yard, 'exit', '晋C12B45');
    expect(await lastExit(yard)).toMatchObject({ found: 'slip', number, probably: true, suspicious: false });
    clock.pass(hourMs);
    await sees(yard, 'exit', '晋C12845', { colour: 'blue' });
    expect(await lastExit(yard)).toMatchObject({ found: 'slip', number, probably: true });
    clock.pass(hourMs);
    await sees(yard, 'exit', '晋C12845');
    const [last, blue] = (await listExits(yard)).rows;
    expect(last).toMatchObject({ found: 'slip', number, probably: false, suspicious: false });
    // Who it was that left before is to be asked now: it was not this one.
    expect(blue).toMatchObject({ found: 'slip', probably: true, suspicious: true });
    expect(urgent()).toEqual([]);
  });

  it('corrected later is the plate it was corrected to, and no longer the other', async () => {
    const number = await weigh('晋C10001');
    await yard.screen.call('record.correct', { number, field: 'plate', now: '晋C20002', reason: '输错' });
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'not-weighed', number: null });
    await sees(yard, 'exit', '晋C20002');
    expect(await lastExit(yard)).toMatchObject({ found: 'slip', number });
  });

  it('a car and what the white list lets pass are written down and stand not out', async () => {
    await sees(yard, 'exit', '京A12345', { colour: 'blue' });
    expect(await lastExit(yard)).toMatchObject({ found: 'ignored', suspicious: false });
    const put = await yard.screen.call('register.put', {
      each: {
        kind: 'listing',
        entry: {
          plate: '晋C70007',
          colour: 'yellow',
          list: 'white',
          reason: '洒水车',
          until: null,
          by: null,
        },
      },
      formerKey: null,
    });
    expect(put.ok).toBe(true);
    await sees(yard, 'exit', '晋C70007');
    expect(await lastExit(yard)).toMatchObject({ found: 'listed', suspicious: false });
  });
});

describe('two cameras at the exit', () => {
  it('see one truck: the trailer behind it and a dirty rear plate are no second one', async () => {
    const number = await weigh('晋C10001');
    await sees(yard, 'exit', '晋C10001');
    clock.pass(3000);
    await sees(yard, 'rear', '晋C9876挂');
    clock.pass(3000);
    await sees(yard, 'rear', null);
    clock.pass(3000);
    await sees(yard, 'rear', '晋C1OOO1');
    expect(await told()).toEqual([['晋C10001', 'slip', number, false]]);
  });

  it('the rear one alone sees a truck without a name, until the front one reads it', async () => {
    const number = await weigh('晋C10001');
    await sees(yard, 'rear', null);
    expect((await listExits(yard, { show: 'open' })).rows).toHaveLength(1);
    clock.pass(4000);
    await sees(yard, 'exit', '晋C10001');
    expect(await lastExit(yard)).toMatchObject({ found: 'slip', number });
    expect((await listExits(yard, { show: 'open' })).rows).toEqual([]);
    expect((await listExits(yard, { show: 'suspicious' })).rows).toMatchObject([
      { found: 'unreadable', settled: { by: 'reading', plate: '晋C10001' } },
    ]);
  });

  it('the truck close behind is another one', async () => {
    await weigh('晋C10001');
    await sees(yard, 'exit', '晋C10001');
    clock.pass(8000);
    await sees(yard, 'exit', null);
    expect(await lastExit(yard)).toMatchObject({ found: 'unreadable', suspicious: true });
    await sees(yard, 'exit', '晋C66666');
    expect(await lastExit(yard)).toMatchObject({ found: 'not-weighed', suspicious: true });
  });
});

it('a cable that was pulled hides nothing: what the camera kept back is matched with the yard as it was then', async () => {
  // This camera's clock is an hour slow, and was when it was heard last.
  const slowMs = hourMs;
  await fetch(`http://127.0.0.1:${String(yard.station.cameraPort)}/cameras/exit`, {
    method: 'POST',
    body: JSON.stringify({ alive: true }),
  });
  await sees(yard, 'exit', '京A00001', { colour: 'blue', timeMs: clock.nowMs() - slowMs });
  clock.pass(6000);
  await sees(yard, 'exit', '京A00002', { colour: 'blue', timeMs: clock.nowMs() - slowMs });
  const slip = await weigh('晋C10001');
  clock.pass(5 * minuteMs);
  const leftMs = clock.nowMs();
  clock.pass(3 * hourMs);
  // It came back meanwhile and is being loaded again.
  await weigh('晋C10001', 'tare');
  clock.pass(minuteMs);
  const kept = { late: true, timeMs: leftMs - slowMs, eventId: 'buffered-1' };
  await sees(yard, 'exit', '晋C10001', kept);
  const row = await lastExit(yard);
  expect(row).toMatchObject({ found: 'slip', number: slip, late: true });
  expect(Math.abs(row.seenMs - leftMs)).toBeLessThan(minuteMs);
  await sees(yard, 'exit', '晋C77777', { ...kept, eventId: 'buffered-2' });
  expect(await lastExit(yard)).toMatchObject({ plate: '晋C77777', found: 'not-weighed', late: true });
  // Told a second time, it is not written a second time.
  const before = (await listExits(yard)).rows.length;
  await sees(yard, 'exit', '晋C77777', { ...kept, eventId: 'buffered-2' });
  await sees(yard, 'exit', '晋C77777', { ...kept, eventId: 'buffered-3' });
  expect((await listExits(yard)).rows).toHaveLength(before);
});

describe('what stands out', () => {
  it('is explained by a person, who and why, and stands out no more; the sighting stays what it was', async () => {
    await yard.screen.call('operator.sign-in', { name: '张三' });
    await sees(yard, 'exit', '晋C10003');
    const { sequence } = await lastExit(yard);
    await yard.screen.until('warning', (view) =>
      view.faults.some(({ code }) => code === 'left-without-leave'),
    );
    const explain = { sequence, as: 'turned-back', note: '在大门口掉头回场' } as const;
    expect((await yard.screen.call('exit.explain', explain)).ok).toBe(true);
    await yard.screen.until('no warning', (view) =>
      view.faults.every(({ code }) => code !== 'left-without-leave'),
    );
    expect((await listExits(yard, { show: 'open' })).rows).toEqual([]);
    expect((await listExits(yard, { show: 'suspicious' })).rows).toMatchObject([
      {
        ...{ sequence, found: 'not-weighed', suspicious: true },
        settled: { by: 'person', as: 'turned-back', note: '在大门口掉头回场', operator: '张三' },
      },
    ]);
    expect(await yard.screen.call('exit.explain', explain)).toMatchObject({
      ...{ ok: false, error: { code: 'already-explained' } },
    });
    expect(await yard.screen.call('exit.explain', { ...explain, sequence: 1 })).toMatchObject({ ok: false });
  });

  it('is found page by page, by plate, by day and by what was found', async () => {
    for (let nth = 0; nth < 7; nth += 1) {
      await sees(yard, 'exit', `晋C5000${String(nth)}`);
      clock.pass(minuteMs);
    }
    const first = await listExits(yard, { limit: 4 });
    const rest = await listExits(yard, { limit: 4, beforeSequence: first.rows.at(-1)?.sequence ?? null });
    expect([first.rows.length, first.more, rest.rows.length, rest.more]).toEqual([4, true, 3, false]);
    expect((await listExits(yard, { plate: '50003' })).rows).toMatchObject([{ plate: '晋C50003' }]);
    expect((await listExits(yard, { found: 'slip' })).rows).toEqual([]);
    expect((await listExits(yard, { from: '2020-01-01', to: '2020-01-02' })).rows).toEqual([]);
    expect((await listExits(yard, { from: '2020-01-01', to: '2099-01-01' })).rows).toHaveLength(7);
    expect((await listExits(yard, { plate: "' OR 1=1 --" })).rows).toEqual([]);
  });
});

it('the lists of exits follow from the ledger, and the pictures of each are proven with it', async () => {
  await weigh('晋C12845');
  await sees(yard, 'exit', '晋C12B45');
  clock.pass(hourMs);
  await sees(yard, 'exit', '晋C12845');
  clock.pass(hourMs);
  await sees(yard, 'rear', null);
  await sees(yard, 'exit', '晋C10003');
  const { sequence } = await lastExit(yard);
  await yard.screen.call('exit.explain', { sequence, as: 'other', note: '说明' });
  const report = await verifyData({
    ...{ dir: yard.dir, every: false, all: true, anchors: [], published: null, onProgress: () => undefined },
  });
  expect(report.faults).toEqual([]);
  expect(report.pictures).toBeGreaterThan(3);
});
