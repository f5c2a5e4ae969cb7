import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSheet } from '../../native/register/sheets.ts';
import type { ImportPreview, RegisterEntry, RegisterKind } from '../../station/contract.ts';
import { entrySchemas, registerKinds } from '../../station/contract.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOn, openYard } from '../support/yard.ts';

let yard: TestYard;

beforeEach(async () => {
  yard = await openYard();
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
  const bytes = await writeSheet(
    '台账',
    heads.map((heading) => ({ heading, widthCharacters: 12 })),
    rows,
  );
  const answer = await yard.screen.call('register.preview', {
    kind,
    base64: Buffer.from(bytes).toString('base64'),
  });
  if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.detail}`);
  return answer.value;
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

  it('written half way through the transaction leaves nothing behind', async () => {
    const { ledger } = yard.station.desk.deps.stores;
    const head = ledger.head;
    const bodies = Array.from({ length: 20 }, (_, nth) => ({
      type: 'register-changed' as const,
      body: {
        kind: 'vehicle' as const,
        key: `key ${String(nth)}`,
        // The eleventh has no canonical form: a fraction.
        now: truck(nth, {}),
        reason: nth === 10 ? '\ud800' : '',
        operator: null,
        importId: 'x',
      },
    }));
    expect(ledger.appendAll(bodies)).toMatchObject({ ok: false, error: { kind: 'write' } });
    expect(ledger.head).toEqual(head);
    expect(await count()).toBe(0);
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
      const made = await yard.screen.call('register.export', { kind, empty: false });
      if (!made.ok) throw new Error(made.error.detail);
      const seen = await yard.screen.call('register.preview', { kind, base64: made.value.base64 });
      expect(seen.ok && seen.value, kind).toMatchObject({ badRows: 0, same: 1, added: 0, changed: 0 });
    }
  });

  it('is opened by an independent reader, and no cell of it is a formula', async () => {
    await put(truck(1, { fleet: '=HYPERLINK("x")' }));
    const made = await yard.screen.call('register.export', { kind: 'vehicle', empty: false });
    if (!made.ok) throw new Error(made.error.detail);
    const file = join(yard.dir, 'export.xlsx');
    writeFileSync(file, Buffer.from(made.value.base64, 'base64'));
    const xml = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'], {
      encoding: 'utf8',
    });
    expect(xml).toContain('晋C10001');
    expect(xml).not.toMatch(/<f[ >]/);
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

  it('is not read while a truck stands on the scale: weighing does not wait for it', async () => {
    await driveOn(yard, { plate: '晋C10001', kg: 15_000, kind: 'tare' });
    const answer = await yard.screen.call('register.preview', { kind: 'vehicle', base64: '' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'vehicle-on-scale' } });
  });
});
