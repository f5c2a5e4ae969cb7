import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runGateLedger } from '../../cli/gateLedger.ts';
import { runTrace } from '../../cli/trace.ts';
import { csvLine } from '../../native/gate/gateFile.ts';
import { chineseDate } from '../../station/chineseTime.ts';
import type { ShiftRow } from '../../station/contract.ts';
import { noLoad } from '../../station/contract.ts';
import { sha256Hex } from '../../native/store/blobStore.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard((settings) => {
    settings.papers = { form: 'A4' };
  });
});
afterEach(async () => {
  await yard.close();
});

async function passage(plate: string, goods: string, kg = 48_000): Promise<number> {
  await driveOn(yard, { plate, kg: 15_000, facts: sixAxles, kind: 'tare' });
  await save(yard);
  await driveOff(yard);
  const on = await driveOn(yard, { plate, kg, kind: 'gross' });
  const none = { ...noLoad, consignee: '阳泉某电厂' };
  await yard.screen.call('load.state', { crossingId: on.lane.crossingId ?? '', load: { ...none, goods } });
  const { number } = await save(yard);
  await driveOff(yard);
  return number;
}

async function state(plate: string, more: object): Promise<void> {
  const listed = await yard.screen.call('register.list', {
    ...{ kind: 'vehicle', search: plate, afterKey: null, limit: 1 },
  });
  const [found] = listed.ok ? listed.value.entries : [];
  if (found?.entry.kind !== 'vehicle') throw new Error('not in the register');
  yard.station.desk.deps.stores.pictures.keep(licence, 'document');
  const put = await yard.screen.call('register.put', {
    each: { kind: 'vehicle', entry: { ...found.entry.entry, ...more } },
    formerKey: found.key,
  });
  if (!put.ok) throw new Error(put.error.detail);
}

const query = { from: '2020-01-01', to: '2099-12-31', plate: null, fleet: null, emission: null } as const;
const licence = Buffer.from('行驶证');
const whole = {
  ...{ vin: '1M8GDM9AXKP042788', engineNumber: 'WP12.460E62', registeredOn: '2023-05-31' },
  ...{ emission: '6', fleet: '=一队', licencePicture: sha256Hex(licence) },
} as const;

describe('the emission-gate ledger', () => {
  it('lists who left, from tare to slip; what nobody stated is marked and never invented', async () => {
    const first = await passage('晋C00001', '原煤');
    const second = await passage('晋C00002', '焦炭', 41_260);
    await passage('晋C00003', '原煤', 60_000);
    await state('晋C00001', whole);
    await state('晋C00002', { ...whole, vin: '1M8GDM9A1KP042788', emission: '5', fleet: '二队' });
    const list = await yard.screen.call('gate.list', { ...query, before: null, limit: 10 });
    if (!list.ok) throw new Error(list.error.code);
    const [newest, oldest] = list.value.rows;
    expect(list.value.rows.map(({ number }) => number)).toEqual([second, first]);
    expect(oldest).toMatchObject({
      ...{ plate: '晋C00001', tenths: 330, goods: '原煤', fleet: '=一队', emission: '6' },
      ...{ engineNumber: 'WP12.460E62', missing: ['pictures'], notes: [] },
    });
    expect(oldest?.entryMs ?? Infinity).toBeLessThan(oldest?.exitMs ?? 0);
    expect(newest).toMatchObject({ tenths: 263, notes: ['vin-check'], missing: ['pictures'] });
    const only = async (more: object): Promise<number[]> => {
      const found = await yard.screen.call('gate.list', { ...query, ...more, before: null, limit: 10 });
      return found.ok ? found.value.rows.map(({ number }) => number) : [];
    };
    expect(await only({ plate: '0002' })).toEqual([second]);
    expect(await only({ fleet: '一队' })).toEqual([first]);
    expect(await only({ emission: '5' })).toEqual([second]);
    expect(await only({ emission: '5', fleet: '一队' })).toEqual([]);
    expect(await only({ to: '2020-01-02' })).toEqual([]);
    await yard.screen.call('record.correct', {
      ...{ number: second, field: 'plate', now: '晋C00001', reason: '认错' },
    });
    expect(await only({ fleet: '一队' })).toEqual([second, first]);
    await yard.screen.call('register.put', {
      each: { kind: 'goods', entry: { name: '焦炭', category: 'coke', note: null } },
      formerKey: null,
    });
    await state('晋C00001', { emission: '5' });
    const again = await yard.screen.call('gate.list', { ...query, before: null, limit: 1 });
    expect(again.ok && again.value.more && again.value.rows[0]?.notes).toEqual(['corrected', 'fuel-rule']);
    const last = again.ok ? again.value.rows[0] : undefined;
    const next = await yard.screen.call('gate.list', {
      ...query,
      before: { exitMs: last?.exitMs ?? 0, number: last?.number ?? 0 },
      limit: 10,
    });
    expect(next.ok && next.value.rows.map(({ number }) => number)).toEqual([first]);
  });

  it('goes out as a spreadsheet and as CSV in which no cell is a formula, and the ledger says so', async () => {
    await passage('晋C00001', '=HYPERLINK("http://x","y")');
    await state('晋C00001', whole);
    const lines: string[] = [];
    const io = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const out = join(yard.dir, 'gate.xlsx');
    const args = ['--data', yard.dir, '--from', '2020-01-01', '--to', '2099-12-31', '--out', out];
    expect(await runGateLedger(args, io)).toBe(0);
    expect(lines[0]).toMatch(/^1 rows .*, 1 with something missing$/);
    const sheet = execFileSync('unzip', ['-p', out, 'xl/worksheets/sheet1.xml']).toString('utf8');
    expect(sheet).toContain('WP12.460E62');
    expect(sheet).not.toContain('<f>');
    const csv = await yard.screen.call('gate.export', { ...query, form: 'csv' });
    if (!csv.ok) throw new Error(csv.error.code);
    const bytes = Buffer.from(csv.value.base64, 'base64');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const text = bytes.toString('utf8');
    expect(text).toContain('"33.0"');
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(text).toContain(`"'=一队"`);
    const { ledger } = yard.station.desk.deps.stores;
    expect(ledger.link(ledger.head.sequence)?.text).toContain('"what":"gate-ledger"');
    for (const wrong of [
      [],
      ['--data', yard.dir],
      [...args.slice(0, -1), 'x.pdf'],
      [...args, '--emission', '9'],
    ])
      expect(await runGateLedger(wrong, io)).toBe(2);
  });

  it('gives no spreadsheet anything to run, whatever a cell begins with', () => {
    for (const sign of ['=', '+', '-', '@', '\t=', ' =', '＝', '\r+'])
      expect(csvLine([`${sign}1+1`])).toMatch(/^"'/);
    expect(csvLine(['a"b', '晋C1,2', 'x\r\ny'])).toBe('"a""b","晋C1,2","x y"\r\n');
  });
});

describe('trace from the command line', () => {
  it('finds, says nothing found with exit code 1, and refuses what it cannot read', async () => {
    const number = await passage('晋C83N16', '原煤');
    const lines: string[] = [];
    const io = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const run = (...args: string[]): number => runTrace(['--data', yard.dir, ...args], io);
    expect(run('--plate', '晋C83N16', '--json')).toBe(0);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ hit: expect.objectContaining({ number, how: 'recorded' }) as unknown }),
    );
    expect(run('--plate', '晋C88N16', '--exact')).toBe(1);
    expect(run('--slip', String(number))).toBe(0);
    expect(lines.at(-2)).toContain('重量由仪表原始数据重算一致');
    expect(run('--plate', '晋C83N16', '--at', '2020-01-01 08:00')).toBe(1);
    for (const wrong of [['--plate', 'x', '--slip', '1'], [], ['--plate', 'x', '--at', 'gestern']])
      expect(run(...wrong)).toBe(2);
    expect(runTrace(['--data', join(yard.dir, 'nowhere'), '--plate', 'x'], io)).toBe(2);
  });
});

describe('a shift', () => {
  it('is closed with its figures and the ledger’s head, read back from the ledger, and handed over', async () => {
    const closed: ShiftRow[] = [];
    yard.station.desk.onShiftClosed((shift) => closed.push(shift));
    await yard.screen.call('operator.sign-in', { name: '张三' });
    await passage('晋C00001', '原煤');
    await passage('晋C00002', '焦炭');
    const refused = await passage('晋C00003', '原煤', 60_000);
    await yard.screen.call('weighing.void', { number: 2, reason: '车牌有误' });
    const ended = await yard.screen.call('shift.close', { next: '李四' });
    if (!ended.ok) throw new Error(ended.error.detail);
    expect(ended.value.notPrinted).toBeNull();
    const after = await yard.screen.call('shift.get', {});
    if (!after.ok) throw new Error(after.error.code);
    expect(after.value.figures).toMatchObject({ weighings: 0, slips: 0, netKg: 0 });
    const [shift] = after.value.past;
    expect(shift).toEqual(closed[0]);
    expect(shift).toMatchObject({
      ...{ sequence: ended.value.sequence, operator: '张三', next: '李四' },
      figures: {
        ...{ weighings: 6, tares: 3, slips: 2, refusals: 1, voids: 1, lastNumber: refused },
        ...{ netKg: 33_000, goods: [{ goods: '焦炭', trucks: 1, netKg: 33_000 }] },
      },
    });
    const link = yard.station.desk.deps.stores.ledger.link(ended.value.sequence);
    expect(shift).toMatchObject({ hash: link?.hash, keyId: link?.signed?.keyId });
    expect(yard.station.desk.operator).toBe('李四');
    const paper = await yard.screen.call('shift.paper', { sequence: ended.value.sequence, print: false });
    if (!paper.ok) throw new Error(paper.error.detail);
    const pdf = join(yard.dir, 'shift.pdf');
    writeFileSync(pdf, Buffer.from(paper.value.base64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-']).toString('utf8');
    const groups = (link?.hash.match(/.{4}/g) ?? []).join(' ');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(groups);
    keep('shift.pdf', Buffer.from(paper.value.base64, 'base64'));
    const today = chineseDate(Date.now());
    const manifest = await yard.screen.call('manifest.get', { from: today, to: today });
    const years = await yard.screen.call('manifest.get', { from: '2020-01-01', to: '2099-12-31' });
    expect(years).toMatchObject({ error: { code: 'bad-request' } });
    expect(manifest.ok && manifest.value).toMatchObject({
      ...{ trucks: 1, netKg: 33_000, consignees: [{ consignee: '阳泉某电厂', trucks: 1, netKg: 33_000 }] },
    });
    await yard.screen.call('record.correct', {
      ...{ number: 4, field: 'consignee', now: '更正后的电厂', reason: '写错' },
    });
    const book = await yard.screen.call('manifest.export', { from: today, to: today, form: 'xlsx' });
    const file = join(yard.dir, 'manifest.xlsx');
    writeFileSync(file, Buffer.from(book.ok ? book.value.base64 : '', 'base64'));
    const rows = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml']).toString('utf8');
    expect(rows).toContain('更正后的电厂');
    expect(rows).not.toContain('阳泉某电厂');
    for (const form of ['xlsx', 'pdf', 'print'] as const) {
      const span = { from: today, to: today };
      const file = await yard.screen.call('manifest.export', { ...span, form });
      if (!file.ok) throw new Error(file.error.detail);
      keep(`manifest-${form}.${form === 'xlsx' ? 'xlsx' : 'pdf'}`, Buffer.from(file.value.base64, 'base64'));
    }
  });
});

it('a truck that left without a tare is counted, and no total passes for more than it is', async () => {
  await passage('晋C00001', '原煤');
  await driveOn(yard, { plate: '晋C00002', kg: 40_000, facts: sixAxles, kind: 'gross' });
  await save(yard);
  await driveOff(yard);
  const today = chineseDate(Date.now());
  const manifest = await yard.screen.call('manifest.get', { from: today, to: today });
  expect(manifest).toMatchObject({ value: { trucks: 2, netKg: 33_000, withoutNet: 1 } });
  const paper = await yard.screen.call('manifest.export', { from: today, to: today, form: 'pdf' });
  if (!paper.ok) throw new Error(paper.error.detail);
  const pdf = join(yard.dir, 'manifest.pdf');
  writeFileSync(pdf, Buffer.from(paper.value.base64, 'base64'));
  const text = execFileSync('pdftotext', ['-layout', pdf, '-']).toString('utf8');
  expect(text).toMatch(/2\s+33\.00 t \+ 1 车净重不明/);
});

function keep(name: string, bytes: Uint8Array): void {
  const dir = process.env.YUANHENG_SHOTS;
  if (dir === undefined) return;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), bytes);
}
