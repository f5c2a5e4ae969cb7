import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../native/clock.ts';
import { openStation } from '../../native/host.ts';
import { startPlatform } from '../../platform/server.ts';
import type { CallInput, Load } from '../../station/contract.ts';
import { noLoad, noPapers } from '../../station/contract.ts';
import { putEntry } from '../support/entries.ts';
import { releaseDay } from '../support/releaseDay.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, papersInOrder, save, sixAxles } from '../support/yard.ts';

type Request = CallInput<'release.grant'>;

const jpeg = readFileSync(resolve(import.meta.dirname, '../../simulator/pictures/unread.jpg'));
const real = systemClock();
const manager = { name: '王经理', pin: '468135' };
const operator = { name: 'Li Si', pin: '975310' };
let yard: TestYard;
let raw: Record<string, unknown>;
let laterMs = 0;
let picture = '';

beforeEach(async () => {
  laterMs = 0;
  await open();
});

afterEach(async () => {
  await yard.close();
});

async function open(change: (settings: Record<string, unknown>) => void = () => undefined): Promise<void> {
  const clock = {
    ...real,
    nowMs: () => real.nowMs() + laterMs,
    monotonicMs: () => real.monotonicMs() + laterMs,
  };
  yard = await openYard((settings) => {
    settings.releases = { enabled: true };
    change(settings);
    raw = settings;
  }, clock);
  picture = yard.station.desk.deps.stores.pictures.keep(jpeg);
  for (const [name, category] of [
    ['变压器', 'other'],
    ['原煤', 'coal'],
  ])
    putEntry(yard, 'goods', { name, category });
}

async function reopen(change: (settings: Record<string, unknown>) => void): Promise<void> {
  await yard.close();
  await open(change);
}

async function enrol(): Promise<void> {
  const first = await yard.screen.call('people.enrol', { ...manager, role: 'operator', by: null });
  const second = await yard.screen.call('people.enrol', { ...operator, role: 'operator', by: manager });
  expect([first.ok, second.ok]).toEqual([true, true]);
}

/** Weighs a truck with a load nobody can take apart, and returns its number; 1.4 t over unless said otherwise. */
async function refused(
  plate = '晋C50400',
  kg = 50_400,
  load: Partial<Load> = { goods: '变压器' },
): Promise<number> {
  const on = await driveOn(yard, { plate, kg, facts: sixAxles, kind: 'gross' });
  const crossingId = on.lane.crossingId ?? '';
  await yard.screen.call('load.state', { crossingId, load: { ...noLoad, ...load } });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

function request(number: number, change: Partial<Request> = {}): Request {
  return {
    number,
    kind: 'oversize-permit',
    document: '晋超 2026-0117',
    validUntil: '2099-12-31',
    picture,
    permittedKg: 60_000,
    permitPlate: '晋C50400',
    authority: null,
    reason: '不可解体设备运输',
    requestedBy: operator,
    approvedBy: manager,
    ...change,
  };
}

async function refusal(each: Request): Promise<string> {
  const got = await yard.screen.call('release.grant', each);
  return got.ok ? 'granted' : `${got.error.code} ${got.error.detail}`.trim();
}

function granted(): number {
  const { db } = yard.station.desk.deps.stores;
  return db.prepare(`SELECT count(*) FROM ledger WHERE type = 'release-granted'`).pluck().get() as number;
}

function papers(dir = yard.dir): string[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.pdf')).map((file) => join(dir, file));
}

const textOf = (pdf: string): string =>
  execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });

describe('a controlled release', () => {
  it('signed by two people prints a paper nobody takes for a dispatch slip', async () => {
    await enrol();
    const number = await refused();
    const got = await yard.screen.call('release.grant', request(number));
    expect(got).toMatchObject({
      ok: true,
      value: { number, requestedBy: 'Li Si', approvedBy: '王经理', document: '晋超 2026-0117' },
    });
    const [paper] = papers().filter((file) => file.includes('-release'));
    // A name may go on in the next line.
    const text = textOf(paper ?? '').replaceAll(/ *\n +/g, ' ');
    for (const part of ['特许放行单', '超限特许', '1.40 t', '晋超 2026-0117', '王经理', 'Li Si', '正本'])
      expect(text).toContain(part);
    expect(text).toContain('准许 晋C50400 车货总质量 60,000 kg');
    expect(text).not.toMatch(/准予出场|^\s*出场装载单|补打/m);
    const detail = await yard.screen.call('passages.detail', { number });
    expect(detail.ok && detail.value).toMatchObject({
      row: { outcome: 'refuse' },
      release: { document: '晋超 2026-0117' },
      papers: [{ kind: 'refusal' }, { kind: 'release', failure: null }],
    });
    for (const form of ['241x140', 'A4'] as const) {
      const view = await yard.screen.call('paper.view', { number, form });
      expect(view.ok && view.value.kind).toBe('release');
    }
  });

  it('reprinted says that it is a reprint', async () => {
    await enrol();
    const number = await refused();
    expect(await refusal(request(number))).toBe('granted');
    expect((await yard.screen.call('paper.print', { number })).ok).toBe(true);
    const again = papers().find((file) => file.endsWith('-release-copy2.pdf'));
    expect(textOf(again ?? '')).toContain('补打 第1次');
  });

  it('is off unless the yard set it up', async () => {
    await reopen((settings) => {
      delete settings.releases;
    });
    expect(yard.screen.view?.releases).toBe(false);
    await enrol();
    expect(await refusal(request(await refused()))).toBe('not-allowed releases-off');
    expect(granted()).toBe(0);
  });

  it('is not given for what weight is not the only reason against, nor for what may leave', async () => {
    await enrol();
    const allowed = await refused('晋C00001', 49_000);
    await driveOn(yard, { plate: '晋C00002', kg: 15_600, facts: sixAxles, kind: 'tare' });
    const tare = (await save(yard)).number;
    await driveOff(yard);
    await driveOn(yard, { plate: '晋C00002', kg: 12_000, kind: 'gross' });
    const doubtful = await save(yard);
    expect(doubtful.outcome).toBe('cannot-decide');
    await driveOff(yard);
    const expired = { ...papersInOrder, licenceExpires: '2020-01-01' };
    await driveOn(yard, {
      plate: '晋C00003',
      kg: 50_400,
      facts: sixAxles,
      papers: expired,
      kind: 'gross',
    });
    const papersOut = await save(yard);
    expect(papersOut.outcome).toBe('refuse');
    await driveOff(yard);
    await driveOn(yard, {
      plate: '晋C00004',
      kg: 50_400,
      facts: sixAxles,
      papers: noPapers,
      kind: 'gross',
    });
    const unstated = await save(yard);
    expect(unstated.outcome).toBe('refuse');
    expect(await refusal(request(allowed))).toBe('not-allowed not-refused');
    expect(await refusal(request(tare))).toBe('not-allowed not-refused');
    expect(await refusal(request(doubtful.number))).toBe('not-allowed not-refused');
    expect(await refusal(request(papersOut.number))).toBe('not-allowed other-reasons');
    expect(await refusal(request(unstated.number))).toBe('not-allowed other-reasons');
    expect(await refusal(request(999))).toBe('no-such-passage 999');
    expect(granted()).toBe(0);
  });

  it('needs a document that still holds today in China, and its picture in the store', async () => {
    await enrol();
    const number = await refused();
    const { today, yesterday } = releaseDay(real.nowMs());
    expect(await refusal(request(number, { validUntil: yesterday }))).toBe('not-allowed document-expired');
    expect(await refusal(request(number, { picture: '0'.repeat(64) }))).toMatch(/^picture-missing/);
    expect(await refusal(request(number, { validUntil: '2027-02-30' }))).toMatch(/^bad-request/);
    expect(await refusal(request(number, { document: '  ' }))).toMatch(/^bad-request/);
    expect(await refusal(request(number, { validUntil: today }))).toBe('granted');
  });

  it('is given once: not again by a replay, nor twice at the same moment', async () => {
    await enrol();
    const number = await refused();
    const both = await Promise.all([refusal(request(number)), refusal(request(number))]);
    expect(both.sort()).toEqual(['granted', 'not-allowed already-released']);
    expect(await refusal(request(number, { document: '另一份' }))).toBe('not-allowed already-released');
    expect(granted()).toBe(1);
    await yard.restart();
    expect(await refusal(request(number))).toBe('not-allowed already-released');
    expect(granted()).toBe(1);
  });

  it('is not given for a load that was weighed again since', async () => {
    await enrol();
    const number = await refused();
    const second = await refused('晋C50400', 50_000);
    expect(await refusal(request(number))).toBe('not-allowed weighed-since');
    expect(await refusal(request(second))).toBe('granted');
  });

  it('in a drill is a drill', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-drill-'));
    const settings = { ...yard.station.settings };
    const station = await openStation({ dataDir, settings, mode: 'drill' });
    yard.screen.close();
    const drill: TestYard = { ...yard, station };
    const { Screen } = await import('../support/screen.ts');
    drill.screen = new Screen(station.connect);
    await drill.screen.call('people.enrol', { ...manager, role: 'manager', by: null });
    await drill.screen.call('people.enrol', { ...operator, role: 'operator', by: manager });
    const kept = station.desk.deps.stores.pictures.keep(jpeg);
    putEntry(drill, 'goods', { name: '变压器', category: 'other' });
    const on = await driveOn(drill, { plate: '晋C50400', kg: 50_400, facts: sixAxles, kind: 'gross' });
    const crossingId = on.lane.crossingId ?? '';
    await drill.screen.call('load.state', { crossingId, load: { ...noLoad, goods: '变压器' } });
    const { number } = await save(drill);
    const got = await drill.screen.call('release.grant', request(number, { picture: kept }));
    expect(got.ok).toBe(true);
    const link = station.desk.deps.stores.ledger.lastOfType('release-granted');
    expect(JSON.parse(link?.text ?? '{}')).toMatchObject({ mode: 'drill' });
    const [paper] = papers(dataDir).filter((file) => file.includes('-release'));
    expect(textOf(paper ?? '')).toMatch(/演练[\s\S]*特许放行单[\s\S]*不具效力/);
    drill.screen.close();
    await station.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('a permit', () => {
  it('is for a load that cannot be taken apart: not for coal, nor for what nobody named', async () => {
    await enrol();
    const coal = await refused('晋C50400', 95_000, { goods: '原煤' });
    expect(await refusal(request(coal, { permittedKg: 100_000 }))).toBe('not-allowed goods-divisible');
    const nameless = await refused('晋C50400', 50_400, {});
    expect(await refusal(request(nameless))).toBe('not-allowed goods-unknown');
    const unregistered = await refused('晋C50400', 50_400, { goods: '没有登记的东西' });
    expect(await refusal(request(unregistered))).toBe('not-allowed goods-unknown');
    expect(granted()).toBe(0);
    // An order to bring coal where it is needed is another matter.
    const order = { kind: 'emergency-order', authority: '应急管理局' } as const;
    expect(await refusal(request(unregistered, { ...order, permitPlate: null, permittedKg: null }))).toBe(
      'granted',
    );
    const view = await yard.screen.call('passages.detail', { number: unregistered });
    expect(view.ok && view.value.release).toMatchObject({ authority: '应急管理局', permittedKg: null });
    const [paper] = papers().filter((file) => file.includes('-release'));
    expect(textOf(paper ?? '')).toContain('签发机关 应急管理局');
  });

  it('goes by what was said at the scale and by what that was corrected to', async () => {
    await enrol();
    const correct = (number: number, now: string) =>
      yard.screen.call('record.correct', { number, field: 'goods', now, reason: '更正' });
    const nameless = await refused('晋C50400', 50_400, {});
    await correct(nameless, '变压器');
    expect(await refusal(request(nameless))).toBe('granted');
    const coal = await refused('晋C50400', 50_400, { goods: '原煤' });
    await correct(coal, '变压器');
    expect(await refusal(request(coal))).toBe('not-allowed goods-divisible');
  });

  it('permits its own vehicle its own weight, to the kilogram', async () => {
    await enrol();
    const number = await refused();
    expect(await refusal(request(number, { permitPlate: '晋C50401' }))).toBe('not-allowed permit-of-another');
    expect(await refusal(request(number, { permitPlate: '晋C' }))).toBe('not-allowed permit-of-another');
    expect(await refusal(request(number, { permittedKg: 50_399 }))).toBe('not-allowed above-permit');
    expect(await refusal(request(number, { permittedKg: null }))).toBe('bad-request release.grant');
    expect(await refusal(request(number, { permitPlate: null }))).toBe('bad-request release.grant');
    expect(await refusal(request(number, { kind: 'emergency-order' }))).toBe('bad-request release.grant');
    expect(await refusal(request(number, { permittedKg: 50_400, permitPlate: '晋c·50400' }))).toBe('granted');
    const view = await yard.screen.call('passages.detail', { number });
    expect(view.ok && view.value.release).toMatchObject({ permittedKg: 50_400, permitPlate: '晋C50400' });
  });
});

describe('a release is not given', () => {
  it('for a weighing that was voided', async () => {
    await enrol();
    const number = await refused();
    await yard.screen.call('weighing.void', { number, reason: '错车' });
    expect(await refusal(request(number))).toBe(`already-voided ${String(number)}`);
  });

  it('by a station that may decide nothing itself', async () => {
    await reopen((settings) => {
      const { today } = releaseDay(real.nowMs());
      settings.instrument = { ...(settings.instrument as object), verificationExpires: today };
    });
    await enrol();
    const number = await refused();
    laterMs = 24 * 3_600_000;
    expect(await refusal(request(number))).toBe('not-allowed verification-expired');
    laterMs = 0;
    await yard.screen.call('operator.sign-in', { name: '张三' });
    laterMs = -3_600_000;
    expect(await refusal(request(number))).toBe('not-allowed clock-backwards');
    expect(granted()).toBe(0);
  });
});

it('what left with a release counts for its contract', async () => {
  await reopen((settings) => {
    settings.decision = { quota: true };
  });
  putEntry(yard, 'contract', { number: 'HT-1', quotaKg: 100_000 });
  await enrol();
  await driveOn(yard, { plate: '晋C50400', kg: 15_400, facts: sixAxles, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  const number = await refused('晋C50400', 50_400, { goods: '变压器', contract: 'HT-1' });
  const { visits } = yard.station.desk.deps.stores;
  expect(visits.contractUsedKg('HT-1')).toBe(0);
  expect(await refusal(request(number))).toBe('granted');
  expect(visits.contractUsedKg('HT-1')).toBe(35_000);
});

describe('who signs a release', () => {
  it('is two people: one person by two spellings is one', async () => {
    await enrol();
    const number = await refused();
    for (const name of ['王经理', ' 王 经理 ', '王经理\u200b', '王\u3000经理'])
      expect(await refusal(request(number, { requestedBy: { ...manager, name } }))).toBe('same-person');
    for (const name of ['LI SI', 'lisi', 'Ｌｉ Ｓｉ'])
      expect(await refusal(request(number, { approvedBy: { ...operator, name } }))).toBe('same-person');
    const again = { name: 'LISI', pin: '111111', role: 'manager', by: manager } as const;
    expect((await yard.screen.call('people.enrol', again)).ok).toBe(true);
    const people = await yard.screen.call('people.list', {});
    expect(people.ok && people.value.people).toHaveLength(2);
    expect(granted()).toBe(0);
  });

  it('must be approved by a manager, whatever the other one is', async () => {
    await enrol();
    const third = { name: '赵六', pin: '222222' };
    await yard.screen.call('people.enrol', { ...third, role: 'operator', by: manager });
    const number = await refused();
    const swapped = request(number, { requestedBy: manager, approvedBy: operator });
    expect(await refusal(swapped)).toBe('not-allowed approver-not-manager');
    expect(await refusal(request(number, { requestedBy: third, approvedBy: operator }))).toBe(
      'not-allowed approver-not-manager',
    );
    expect(granted()).toBe(0);
  });

  it('is not told whether the name or the PIN was wrong, and waits a minute after five tries', async () => {
    await enrol();
    const number = await refused();
    const wrongPin = request(number, { approvedBy: { ...manager, pin: '000000' } });
    const nobody = request(number, { approvedBy: { name: '没有这个人', pin: '000000' } });
    for (let nth = 0; nth < 5; nth += 1) {
      expect(await refusal(wrongPin)).toBe('wrong-pin approvedBy');
      expect(await refusal(nobody)).toBe('wrong-pin approvedBy');
    }
    expect(await refusal(request(number))).toBe('not-allowed wait');
    expect(await refusal(nobody)).toBe('not-allowed wait');
    laterMs = 60_001;
    expect(await refusal(request(number))).toBe('granted');
  });

  it('gains nothing by many tries at once', async () => {
    await enrol();
    const number = await refused();
    const tries = Array.from({ length: 20 }, (_, nth) =>
      refusal(request(number, { approvedBy: { ...manager, pin: String(100_000 + nth) } })),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === 'wrong-pin approvedBy')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'not-allowed wait')).toHaveLength(15);
  });

  it('was enrolled by a manager, except the first, who is one', async () => {
    expect((await yard.screen.call('people.enrol', { ...operator, role: 'operator', by: null })).ok).toBe(
      true,
    );
    const list = await yard.screen.call('people.list', {});
    expect(list.ok && list.value.people).toEqual([{ name: 'Li Si', role: 'manager' }]);
    const calls = [
      { ...manager, role: 'manager', by: null },
      { ...manager, role: 'manager', by: { ...operator, pin: '0000' } },
      { ...manager, role: 'manager', by: manager },
      { ...operator, role: 'operator', by: operator },
    ] as const;
    const answers = [];
    for (const call of calls) {
      const got = await yard.screen.call('people.enrol', call);
      answers.push(got.ok ? 'enrolled' : `${got.error.code} ${got.error.detail}`);
    }
    expect(answers).toEqual([
      'not-allowed not-by-manager',
      'wrong-pin by',
      'wrong-pin by',
      'not-allowed last-manager',
    ]);
  });

  it('two first ones at once: only one is enrolled', async () => {
    const both = await Promise.all([
      yard.screen.call('people.enrol', { ...manager, role: 'manager', by: null }),
      yard.screen.call('people.enrol', { ...operator, role: 'manager', by: null }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('has no PIN, salt or hash in the ledger, in any answer, or readable in any file', async () => {
    await enrol();
    const number = await refused();
    expect(await refusal(request(number))).toBe('granted');
    const { db } = yard.station.desk.deps.stores;
    const ledger = db.prepare('SELECT text FROM ledger').pluck().all().join('\n');
    const answers = JSON.stringify([
      await yard.screen.call('people.list', {}),
      await yard.screen.call('passages.detail', { number }),
    ]);
    const salts = db.prepare('SELECT hex(salt) FROM people').pluck().all() as string[];
    expect(new Set(salts).size).toBe(2);
    for (const secret of [manager.pin, operator.pin, ...salts.map((salt) => salt.toLowerCase())]) {
      expect(ledger).not.toContain(secret);
      expect(answers).not.toContain(secret);
    }
    await yard.station.close();
    for (const file of readdirSync(yard.dir).filter((name) => name.startsWith('yuanheng.db')))
      expect(readFileSync(join(yard.dir, file)).includes(manager.pin)).toBe(false);
    yard.station = await openStation({ dataDir: yard.dir, settings: yard.station.settings });
  });
});

describe('a release that meets trouble', () => {
  it('killed at the printer, is granted, is not granted again, and prints its paper afterwards', async () => {
    await enrol();
    const number = await refused();
    const copy = mkdtempSync(join(tmpdir(), 'yuanheng-killed-'));
    yard.screen.close();
    await yard.station.close();
    // Without its key a station releases nothing.
    for (const name of ['yuanheng.db', 'yuanheng.db-wal', 'yuanheng.db-shm', 'station-key.pem'])
      if (existsSync(join(yard.dir, name))) copyFileSync(join(yard.dir, name), join(copy, name));
    mkdirSync(join(copy, 'pictures', picture.slice(0, 2)), { recursive: true });
    const file = join('pictures', picture.slice(0, 2), `${picture}.jpg`);
    copyFileSync(join(yard.dir, file), join(copy, file));
    const settings = { ...raw, cameras: [], papers: { printer: 'test' } };
    const killed = spawnSync(
      process.execPath,
      [
        resolve(import.meta.dirname, '../support/killedAtPrinter.ts'),
        copy,
        JSON.stringify(settings),
        JSON.stringify(request(number)),
      ],
      { encoding: 'utf8', timeout: 60_000 },
    );
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
    const station = await openStation({ dataDir: copy, settings: yard.station.settings });
    const again = await station.desk.handlers['release.grant'](request(number));
    expect(again).toMatchObject({ ok: false, error: { detail: 'already-released' } });
    expect(await station.desk.handlers['paper.print']({ number })).toMatchObject({ ok: true });
    expect(papers(copy).some((name) => name.includes('-release'))).toBe(true);
    expect(station.desk.deps.stores.ledger.checkTail(1000)).toBeNull();
    await station.close();
    rmSync(copy, { recursive: true, force: true });
    yard.station = await openStation({ dataDir: yard.dir, settings: yard.station.settings });
  });

  it('reaches the platform before every older record that waits', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await reopen((settings) => {
      settings.platform = { url };
    });
    await yard.screen.until('offline', (view) => view.sync.state === 'offline');
    await enrol();
    await refused('晋C00001', 40_000);
    const number = await refused();
    expect(await refusal(request(number))).toBe('granted');
    const release = yard.station.desk.deps.stores.ledger.lastOfType('release-granted')?.sequence ?? 0;
    expect(release).toBeGreaterThan(5);
    const arrived: number[] = [];
    const dataDir = mkdtempSync(join(tmpdir(), 'yuanheng-platform-'));
    const platform = await startPlatform({
      dataDir,
      port,
      host: '127.0.0.1',
      log: () => undefined,
      faults: ({ sequence }) => {
        if (sequence !== null) arrived.push(sequence);
        return null;
      },
    });
    await yard.screen.until('all delivered', (view) => view.sync.waiting === 0, 60_000);
    expect(arrived.slice(0, 2)).toEqual([release, 1]);
    const summary: unknown = await (await fetch(`${url}/v1/stations/YQ-7/summary`)).json();
    expect(summary).toMatchObject({ gaps: [], chainBreaks: [] });
    expect(yard.screen.view?.sync).toMatchObject({ setAside: 0 });
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
