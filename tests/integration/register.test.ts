import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../native/clock.ts';
import { changed } from '../../native/register/entries.ts';
import { writeSheet } from '../../native/register/writeSheet.ts';
import { openStores } from '../../native/store/stores.ts';
import type { ImportPreview, RegisterEntry, RegisterKind } from '../../station/contract.ts';
import { entrySchemas, registerKinds } from '../../station/contract.ts';
import { hasOpenpyxl, openpyxl } from '../support/openpyxl.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save } from '../support/yard.ts';

const killedImport = resolve(import.meta.dirname, '../support/killedImport.ts');
const real = systemClock();
let yard: TestYard;
let laterMs = 0;

beforeEach(async () => {
  laterMs = 0;
  yard = await openYard(undefined, { ...real, monotonicMs: () => real.monotonicMs() + laterMs });
});
afterEach(async () => {
  await yard.close();
});

function entry(kind: RegisterKind, values: Record<string, unknown>): RegisterEntry {
  return { kind, entry: entrySchemas[kind].parse(values) } as RegisterEntry;
}

async function put(each: RegisterEntry, formerKey: string | null = null): Promise<string> {
  const answer = await yard.screen.call('register.put', { each, formerKey });
  return answer.ok ? answer.value.key : answer.error.code;
}

const truck = (nth: number, more: Record<string, unknown> = {}): RegisterEntry =>
  entry('vehicle', {
    plate: `晋C${String(10_000 + nth)}`,
    colour: 'yellow',
    axles: 6,
    vehicleClass: 'articulated',
    layout: '1+2+3',
    driveAxles: 2,
    ...more,
  });

const headings = ['车牌号', '车牌颜色', '轴数', '车型', '轴组', '驱动轴数', '行驶证检验有效期至', '车队'];

function sheetRow(
  nth: number,
  change: Partial<Record<(typeof headings)[number], string | number>> = {},
): (string | number | null)[] {
  const values: Record<string, string | number | null> = {
    车牌号: `晋C${String(10_000 + nth)}`,
    车牌颜色: '黄',
    轴数: 6,
    车型: '铰接列车',
    轴组: '1+2+3',
    驱动轴数: 2,
    行驶证检验有效期至: '2027/5/31',
    车队: '一队',
    ...change,
  };
  return headings.map((heading) => values[heading] ?? null);
}

async function preview(
  rows: (string | number | null)[][],
  kind: RegisterKind = 'vehicle',
  heads = headings,
): Promise<ImportPreview> {
  const columns = heads.map((heading) => ({ heading, widthCharacters: 12 }));
  return previewBytes(await writeSheet('台账', columns, rows), kind);
}

async function previewBytes(bytes: Uint8Array, kind: RegisterKind = 'vehicle'): Promise<ImportPreview> {
  const answer = await yard.screen.call('register.preview', {
    kind,
    base64: Buffer.from(bytes).toString('base64'),
  });
  if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.detail}`);
  return answer.value;
}

async function exported(kind: RegisterKind, empty: boolean): Promise<string> {
  const made = await yard.screen.call('register.export', { kind, empty });
  if (!made.ok) throw new Error(made.error.detail);
  const file = join(yard.dir, made.value.fileName);
  writeFileSync(file, Buffer.from(made.value.base64, 'base64'));
  return file;
}

async function count(kind: RegisterKind = 'vehicle'): Promise<number> {
  const list = await yard.screen.call('register.list', { kind, search: '', afterKey: null, limit: 1 });
  return list.ok ? list.value.total : -1;
}

describe('the register', () => {
  it('keeps an entry, finds it by any part, and tells its whole history with who did it', async () => {
    await yard.screen.call('operator.sign-in', { name: '李站长' });
    expect(await put(truck(1, { fleet: '平定车队' }))).toBe('晋C10001 yellow');
    expect(await put(truck(1, { fleet: '盂县车队' }), '晋C10001 yellow')).toBe('晋C10001 yellow');
    for (const search of ['10001', '盂县', 'c100']) {
      const list = await yard.screen.call('register.list', {
        kind: 'vehicle',
        search,
        afterKey: null,
        limit: 10,
      });
      expect(list.ok && list.value.entries.map(({ key }) => key), search).toEqual(['晋C10001 yellow']);
    }
    const answer = await yard.screen.call('register.history', { kind: 'vehicle', key: '晋C10001 yellow' });
    expect(answer.ok && answer.value.changes).toMatchObject([
      { operator: '李站长', now: { entry: { fleet: '盂县车队' } } },
      { operator: '李站长', now: { entry: { fleet: '平定车队' } } },
    ]);
  });

  it('never holds two entries of one plate, and a renamed one leaves its old name', async () => {
    await put(truck(1));
    await put(truck(2));
    expect(await put(truck(1))).toBe('entry-exists');
    expect(await put(truck(2), '晋C10001 yellow')).toBe('entry-exists');
    expect(await put(truck(3), '晋C10001 yellow')).toBe('晋C10003 yellow');
    expect(await count()).toBe(2);
    expect(await put(truck(4), '晋C99999 yellow')).toBe('no-such-entry');
  });

  it('takes nothing out that is still named elsewhere', async () => {
    await put(entry('goods', { name: '原煤', category: 'coal' }));
    await put(entry('contract', { number: 'HT-1', goods: '原煤' }));
    await put(truck(1, { unit: 'tractor', layout: '1+2', axles: 3, trailerPlate: '晋C1234挂' }));
    await put(
      entry('vehicle', { plate: '晋C1234挂', colour: 'yellow', unit: 'trailer', axles: 3, layout: '3' }),
    );
    const remove = (kind: RegisterKind, key: string) =>
      yard.screen.call('register.remove', { kind, key, reason: '停用' });
    expect(await remove('goods', '原煤')).toMatchObject({ error: { code: 'entry-in-use', detail: 'HT-1' } });
    expect(await remove('vehicle', '晋C1234挂 yellow')).toMatchObject({ error: { code: 'entry-in-use' } });
    expect(await remove('contract', 'HT-1')).toMatchObject({ ok: true });
    expect(await remove('goods', '原煤')).toMatchObject({ ok: true });
    expect(await remove('goods', '原煤')).toMatchObject({ error: { code: 'no-such-entry' } });
  });

  it('signs a list entry with the operator, whatever was typed', async () => {
    await yard.screen.call('operator.sign-in', { name: '李站长' });
    await put(
      entry('listing', { plate: '晋C10001', colour: 'yellow', list: 'black', reason: '逃磅', by: '别人' }),
    );
    const list = await yard.screen.call('register.list', {
      kind: 'listing',
      search: '',
      afterKey: null,
      limit: 1,
    });
    expect(list.ok && list.value.entries[0]?.entry).toMatchObject({ entry: { by: '李站长' } });
  });

  it('finds nothing and breaks nothing, whatever is typed into its search', async () => {
    await put(truck(1));
    for (const search of [`' OR 1=1 --`, '%', '_', '"; DROP TABLE register; --', '\\', '\u0000']) {
      const list = await yard.screen.call('register.list', {
        kind: 'vehicle',
        search,
        afterKey: null,
        limit: 5,
      });
      expect(list.ok && list.value.total, search).toBe(0);
    }
    expect(await count()).toBe(1);
  });

  it('keeps a picture of a paper, and nothing that is no picture', async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);
    const kept = await yard.screen.call('picture.keep', { base64: jpeg.toString('base64') });
    expect(kept.ok && kept.value.sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const bytes of [jpeg.subarray(0, 6), Buffer.from('<html>'), Buffer.alloc(0)]) {
      const refused = await yard.screen.call('picture.keep', { base64: bytes.toString('base64') });
      expect(refused).toMatchObject({ ok: false, error: { code: 'file-not-understood' } });
    }
  });
});

describe('a spreadsheet', () => {
  it('of 10,000 vehicles with 500 bad rows names each bad row and imports nothing; corrected, it imports whole', async () => {
    const bad = new Map<number, Partial<Record<string, string | number>>>();
    for (let nth = 0; nth < 10_000; nth += 20) {
      const kinds = [
        { 车牌号: '晋C1' },
        { 车牌颜色: '紫' },
        { 轴数: 'x' },
        { 行驶证检验有效期至: '2027-02-30' },
        { 车型: '飞机' },
      ];
      bad.set(nth, kinds[(nth / 20) % 5] ?? {});
    }
    const rows = Array.from({ length: 10_000 }, (_, nth) => sheetRow(nth, bad.get(nth)));
    const seen = await preview(rows);
    expect(seen).toMatchObject({ rows: 10_000, badRows: 500, added: 9_500, changed: 0, same: 0 });
    expect(seen.problems.map(({ row }) => row)).toEqual([...bad.keys()].map((nth) => nth + 2));
    expect(new Set(seen.problems.map(({ code }) => code))).toEqual(
      new Set(['not-understood', 'unknown-choice']),
    );
    const refused = await yard.screen.call('register.import', { previewId: seen.previewId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'file-not-understood' } });
    expect(await count()).toBe(0);

    const right = await preview(Array.from({ length: 10_000 }, (_, nth) => sheetRow(nth)));
    expect(right).toMatchObject({ badRows: 0, added: 10_000 });
    const taken = await yard.screen.call('register.import', { previewId: right.previewId });
    expect(taken).toMatchObject({ ok: true, value: { added: 10_000, changed: 0 } });
    expect(await count()).toBe(10_000);
    expect(yard.station.desk.deps.stores.ledger.checkTail(20_000)).toBeNull();
    expect(yard.station.desk.deps.stores.register.vehicle('晋C19999', 'yellow')).toMatchObject({
      fleet: '一队',
      licenceExpires: '2027-05-31',
    });
  }, 60_000);

  it('that fails or is killed at row 5,000 of 10,000 leaves nothing behind', () => {
    const { ledger } = yard.station.desk.deps.stores;
    const head = ledger.head;
    const bodies = Array.from({ length: 10_000 }, (_, nth) =>
      // Half a character has no canonical form.
      changed(truck(nth), { reason: nth === 5_000 ? '\ud800' : '', operator: null, importId: 'x' }),
    );
    expect(ledger.appendAll(bodies)).toMatchObject({ ok: false, error: { kind: 'write' } });
    expect(ledger.head).toEqual(head);
    expect(yard.station.desk.deps.stores.register.count('vehicle')).toBe(0);

    const dir = join(yard.dir, 'killed');
    const killed = spawnSync(process.execPath, [killedImport, dir], { encoding: 'utf8' });
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
    const stores = openStores(dir, { station: 'K', mode: 'real' }, systemClock(), true);
    try {
      expect([stores.ledger.head.sequence, stores.register.count('vehicle')]).toEqual([1, 0]);
      expect(stores.ledger.checkTail(100)).toBeNull();
    } finally {
      stores.close();
    }
  });

  it('is not taken when somebody changed one of its entries since it was looked at', async () => {
    await put(truck(1));
    const seen = await preview([sheetRow(1, { 车队: '二队' }), sheetRow(2)]);
    expect(seen).toMatchObject({ added: 1, changed: 1 });
    await put(truck(9));
    await put(truck(1, { emission: '6' }), '晋C10001 yellow');
    expect(await yard.screen.call('register.import', { previewId: seen.previewId })).toMatchObject({
      error: { code: 'preview-is-over', detail: 'vehicle 晋C10001 yellow' },
    });
    expect(yard.station.desk.deps.stores.register.vehicle('晋C10001', 'yellow')).toMatchObject({
      fleet: null,
    });
    expect(await count()).toBe(2);
  });

  it('of which nothing differs writes nothing', async () => {
    await put(truck(1));
    const seen = await preview([['晋C10001', '黄']], 'vehicle', ['车牌号', '车牌颜色']);
    const { head } = yard.station.desk.deps.stores.ledger;
    await yard.screen.call('register.import', { previewId: seen.previewId });
    await put(truck(1), '晋C10001 yellow');
    expect(yard.station.desk.deps.stores.ledger.head).toEqual(head);
  });

  it('is kept for half an hour, and only the last four', async () => {
    const seen: ImportPreview[] = [];
    for (let nth = 0; nth < 5; nth += 1) seen.push(await preview([sheetRow(nth)]));
    const take = (nth: number) =>
      yard.screen.call('register.import', { previewId: seen[nth]?.previewId ?? '' });
    expect(await take(0)).toMatchObject({ error: { code: 'preview-is-over' } });
    expect(await take(1)).toMatchObject({ ok: true });
    laterMs = 31 * 60_000;
    expect(await take(2)).toMatchObject({ error: { code: 'preview-is-over' } });
  });

  it('taken twice changes nothing the second time, and a preview is taken once', async () => {
    const seen = await preview([sheetRow(1), sheetRow(2)]);
    await yard.screen.call('register.import', { previewId: seen.previewId });
    expect(await yard.screen.call('register.import', { previewId: seen.previewId })).toMatchObject({
      error: { code: 'preview-is-over' },
    });
    expect(await preview([sheetRow(1), sheetRow(2)])).toMatchObject({ added: 0, changed: 0, same: 2 });
  });

  it('says which rows stand twice, which headings it does not know, and what is missing', async () => {
    const twice = await preview([sheetRow(1), sheetRow(1)]);
    expect(twice.problems).toMatchObject([{ row: 3, code: 'twice' }]);
    const unknown = await preview([['晋C10001', '黄', '红色']], 'vehicle', ['车牌号', '车牌颜色', '喷漆']);
    expect(unknown).toMatchObject({ unknownHeadings: ['喷漆'], badRows: 0 });
    const missing = await preview([['黄']], 'vehicle', ['车牌颜色']);
    expect(missing.problems).toContainEqual({ row: 1, field: 'plate', code: 'missing', value: '' });
  });

  it('that names a party nobody registered is refused until it is', async () => {
    const rows = [['HT-1', '阳泉电厂', '1,000,000']];
    const heads = ['合同编号', '收货单位', '合同数量(kg)'];
    expect((await preview(rows, 'contract', heads)).problems).toMatchObject([
      { row: 2, field: 'consignee', code: 'no-such-reference', value: '阳泉电厂' },
    ]);
    await put(entry('party', { name: '阳泉电厂' }));
    const seen = await preview(rows, 'contract', heads);
    await yard.screen.call('register.import', { previewId: seen.previewId });
    expect(yard.station.desk.deps.stores.register.get('contract', 'HT-1')).toMatchObject({
      quotaKg: 1_000_000,
    });
  });

  it('without a column leaves what stands there as it was', async () => {
    await put(truck(1, { fleet: '一队', emission: '6' }));
    const seen = await preview([['晋C10001', '黄', '二队']], 'vehicle', ['车牌号', '车牌颜色', '车队']);
    expect(seen).toMatchObject({ changed: 1 });
    await yard.screen.call('register.import', { previewId: seen.previewId });
    expect(yard.station.desk.deps.stores.register.vehicle('晋C10001', 'yellow')).toMatchObject({
      fleet: '二队',
      emission: '6',
      axles: 6,
    });
  });

  it('exported and imported again is the same, for every list', async () => {
    const each: readonly RegisterEntry[] = [
      truck(1, {
        fleet: '=1+1',
        emission: 'D',
        wideTyres: true,
        licenceExpires: '2027-05-31',
        licenceLoadKg: 32_500,
      }),
      entry('driver', { name: '王五', phone: '0353-1234567', licenceExpires: '2030-01-01' }),
      entry('goods', { name: '原煤', category: 'coal' }),
      entry('party', { name: '阳泉电厂', role: 'consignee', creditCode: '91140300MA0000000X' }),
      entry('destination', { name: '阳泉电厂', routeLimitKg: 46_000, routeName: '桃河大桥' }),
      entry('contract', { number: '007', goods: '原煤', consignee: '阳泉电厂', quotaKg: 5_000_000 }),
      entry('listing', { plate: '晋C10001', colour: 'yellow', list: 'white', reason: '@保供' }),
    ];
    for (const one of each) await put(one);
    for (const kind of registerKinds) {
      const seen = await previewBytes(readFileSync(await exported(kind, false)), kind);
      expect(seen, kind).toMatchObject({ badRows: 0, same: 1, added: 0, changed: 0, unknownHeadings: [] });
    }
  });

  it('is a whole zip file, and no cell of it is a formula', async () => {
    await put(truck(1, { fleet: '=HYPERLINK("x")' }));
    const file = await exported('vehicle', false);
    execFileSync('unzip', ['-tq', file]);
    const xml = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    expect(xml).toContain('晋C10001');
    expect(xml).not.toMatch(/<f[ >]/);
  });

  it.runIf(hasOpenpyxl)('of ours is opened by another reader, the empty one with its choices', async () => {
    await put(truck(1, { fleet: '=1+1', licenceExpires: '2027-05-31', registeredGrossKg: 49_000 }));
    const print = `
book = x.load_workbook(sys.argv[1]); sheet = book.active; rows = sheet.max_row
cells = {c.value: [sheet.cell(2, c.column).value, sheet.cell(2, c.column).data_type] for c in sheet[1]}
lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
print(json.dumps({'title': sheet.title, 'cells': cells, 'lists': lists, 'rows': rows}))`;
    expect(openpyxl(print, await exported('vehicle', false))).toMatchObject({
      title: '车辆',
      rows: 2,
      cells: {
        车牌号: ['晋C10001', 's'],
        车牌颜色: ['黄', 's'],
        车队: ['=1+1', 's'],
        行驶证检验有效期至: ['2027-05-31', 's'],
        '行驶证总质量(kg)': [49_000, 'n'],
      },
    });
    expect(openpyxl(print, await exported('vehicle', true))).toMatchObject({
      rows: 1,
      lists: { 'B2:B1048576': '"蓝,黄,黑,白,绿,渐变绿,黄绿,其他"' },
    });
  });

  it.runIf(hasOpenpyxl)(
    'of another program is read with its dates, titles, gaps, merged cells and formulas',
    async () => {
      const file = join(yard.dir, 'other.xlsx');
      const make = `
book = x.Workbook(); sheet = book.active
sheet.append(['2026 车辆台账']); sheet.merge_cells('A1:D1')
sheet.append([])
sheet.append(['车牌号', '车牌颜色', '行驶证检验有效期至', '行驶证总质量', '车队'])
sheet.append(['晋C10001', '黄', datetime.date(2027, 5, 31), 49000, '一队'])
sheet.append([])
sheet.append(['晋C10002', '黄', datetime.datetime(2027, 5, 31, 8, 30), '49,000', None]); sheet.merge_cells('E4:E6')
sheet.append(['晋C10003', '黄', '=TODAY()', 49000, '二队'])
book.save(sys.argv[1])`;
      openpyxl(make, file);
      const seen = await previewBytes(readFileSync(file));
      expect(seen).toMatchObject({
        rows: 3,
        badRows: 2,
        unknownHeadings: [],
        problems: [
          { row: 6, field: 'fleet', code: 'not-understood' },
          { row: 7, field: 'licenceExpires', code: 'not-understood', value: '=TODAY()' },
        ],
      });
      const repair = `
book = x.load_workbook(sys.argv[1]); sheet = book.active
sheet.unmerge_cells('E4:E6'); sheet['C7'] = 20270531
book.save(sys.argv[1])`;
      openpyxl(repair, file);
      const right = await previewBytes(readFileSync(file));
      expect(right).toMatchObject({ added: 3, badRows: 0 });
      await yard.screen.call('register.import', { previewId: right.previewId });
      for (const plate of ['晋C10001', '晋C10002', '晋C10003']) {
        expect(yard.station.desk.deps.stores.register.vehicle(plate, 'yellow')).toMatchObject({
          licenceExpires: '2027-05-31',
          registeredGrossKg: 49_000,
        });
      }
    },
  );

  it('keeps the pictures of an entry it changes', async () => {
    const licencePicture = yard.station.desk.deps.stores.pictures.keep(Buffer.from('行驶证'), 'document');
    expect(await put(truck(1, { licencePicture: 'a'.repeat(64) }))).toBe('picture-missing');
    expect(await put(truck(1, { licencePicture }))).toBe('晋C10001 yellow');
    const seen = await preview([sheetRow(1)]);
    await yard.screen.call('register.import', { previewId: seen.previewId });
    expect(yard.station.desk.deps.stores.register.vehicle('晋C10001', 'yellow')).toMatchObject({
      fleet: '一队',
      licencePicture,
    });
  });

  it.each([
    ['a text', Buffer.from('车牌号,车牌颜色\n晋C10001,黄\n')],
    ['nothing', Buffer.alloc(0)],
    ['half a file', Buffer.from('PK\u0003\u0004rest', 'latin1')],
  ])('that is %s is not understood, and says so', async (_what, bytes) => {
    const answer = await yard.screen.call('register.preview', {
      kind: 'vehicle',
      base64: bytes.toString('base64'),
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'file-not-understood' } });
  });

  it('is looked at while a truck stands on the scale, and a large one taken when it has left', async () => {
    await driveOn(yard, { plate: '晋C10001', kg: 15_000, kind: 'tare' });
    const frames = yard.screen.weights.length;
    const seen = await preview(Array.from({ length: 2_000 }, (_, nth) => sheetRow(nth)));
    const take = () => yard.screen.call('register.import', { previewId: seen.previewId });
    expect(await take()).toMatchObject({ ok: false, error: { code: 'vehicle-on-scale' } });
    expect(yard.screen.weights.length).toBeGreaterThan(frames);
    expect(yard.screen.view?.lane.phase).toBe('identified');
    await save(yard);
    await driveOff(yard);
    expect(await take()).toMatchObject({ ok: true, value: { added: 2_000 } });
  });
});
