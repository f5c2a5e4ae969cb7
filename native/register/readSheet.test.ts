import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSheet } from './readSheet.ts';
import type { SheetRow } from './sheet.ts';
import { maxRows } from './sheet.ts';
import { workbookOf } from './testWorkbook.ts';
import { writeSheet } from './writeSheet.ts';

async function rowsOf(bytes: Uint8Array): Promise<readonly SheetRow[]> {
  const read = await readSheet(bytes);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

async function cellsOf(cells: string, more: Parameters<typeof workbookOf>[1] = {}) {
  const rows = await rowsOf(await workbookOf(`<sheetData><row r="1">${cells}</row></sheetData>`, more));
  return rows[0]?.cells;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const read = await readSheet(bytes);
  return read.ok ? 'taken' : read.error;
}

describe('a sheet', () => {
  it('keeps the row numbers a person sees, whatever empty rows a program wrote', async () => {
    const empty = Array.from({ length: 50_000 }, (_, nth) => `<row r="${String(nth + 4)}" spans="1:9"/>`);
    const bytes = await workbookOf(
      `<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>甲</t></is></c></row>${empty.join('')}` +
        '<row r="90000"><c r="A90000"><v>7</v></c></row></sheetData>',
    );
    expect(await rowsOf(bytes)).toEqual([
      { number: 3, cells: [null, '甲'] },
      { number: 90_000, cells: [7] },
    ]);
  });

  it('is read alike with prefixed names, shared and rich texts, and without cell addresses', async () => {
    const texts = '<si><t>晋C1</t></si><si><r><t>红</t></r><r><t>色</t></r><rPh><t>hong</t></rPh></si>';
    expect(await cellsOf('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>', { texts })).toEqual([
      '晋C1',
      '红色',
    ]);
    expect(await cellsOf('<x:c t="inlineStr"><x:is><x:t>a&amp;b</x:t></x:is></x:c><c><v>2</v></c>')).toEqual([
      'a&b',
      2,
    ]);
  });

  it('reads days by the style of their number, from 1900 or 1904 on', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>' +
      '<numFmt numFmtId="171" formatCode="#,##0&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/></cellXfs>';
    const day = new Date('2027-05-31T00:00:00Z');
    const cells = [0, 1, 2, 3, 4].map((style) => `<c s="${String(style)}"><v>46538.75</v></c>`).join('');
    expect(await cellsOf(cells, { styles })).toEqual([46_538.75, day, day, 46_538.75, day]);
    const book = '<workbookPr date1904="1"/>';
    expect(await cellsOf('<c s="1"><v>45076</v></c>', { styles, book })).toEqual([day]);
    expect(await cellsOf('<c s="1"><v>1e300</v></c>', { styles })).toEqual([{ unread: '1e300' }]);
  });

  it('never runs a formula: what it last gave is taken, and one that gave nothing is shown', async () => {
    const cells =
      '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1"><f>NOW()</f><v/></c>' +
      '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><v>1</v></c>';
    expect(await cellsOf(cells)).toEqual([2, 'a', { unread: '=NOW()' }, { unread: '#DIV/0!' }, null, 1]);
  });

  it('does not let a merged cell pass for empty ones', async () => {
    const row = (number: number, cells: string): string => `<row r="${String(number)}">${cells}</row>`;
    const bytes = await workbookOf(
      `<sheetData>${row(1, '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')}${row(2, '<c r="A2"><v>3</v></c>')}` +
        `${row(3, '<c r="A3"><v>4</v></c>')}</sheetData>` +
        '<mergeCells><mergeCell ref="B1:B2"/><mergeCell ref="C1:XFD1048576"/></mergeCells>',
    );
    const rows = await rowsOf(bytes);
    expect(rows.map(({ cells }) => cells)).toEqual([[1, 2], [3, { unread: '合并单元格 merged' }], [4]]);
  });
});

describe('a hostile file', () => {
  it('that names a row or column far away is refused, or that cell left out, at once', async () => {
    const at = (row: string, cell: string) =>
      workbookOf(`<sheetData><row r="${row}"><c r="${cell}"><v>1</v></c></row></sheetData>`);
    expect(await refusal(await at('900000000', 'A900000000'))).toBe('its rows are out of order');
    expect(await refusal(await at('1e9', 'A1'))).toBe('its rows are out of order');
    expect(await refusal(await at('1', 'ZZZZZZ1'))).toBe('not a whole .xlsx file');
    expect(await rowsOf(await at('1', 'XFD1'))).toEqual([]);
  });

  it('that holds more rows than a register is refused', async () => {
    const rows = Array.from({ length: maxRows + 50 }, () => '<row><c><v>1</v></c></row>').join('');
    expect(await refusal(await workbookOf(`<sheetData>${rows}</sheetData>`))).toBe('more than 20000 rows');
  });

  it('of 100 MB in a small zip is not unpacked', async () => {
    const bytes = await workbookOf(`<sheetData>${' '.repeat(100 * 1024 * 1024)}</sheetData>`);
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(await refusal(bytes)).toBe('holds more than a register');
  });

  it('that becomes larger than it declares is stopped at what it declared', async () => {
    const bytes = Buffer.from(await workbookOf(`<sheetData>${' '.repeat(10 * 1024 * 1024)}</sheetData>`));
    const directory = bytes.lastIndexOf(Buffer.from('xl/worksheets/first.xml')) - 46;
    bytes.writeUInt32LE(1000, directory + 24);
    expect(await refusal(bytes)).toBe('broken, or larger than it declares');
  });

  it('that declares sizes of its own choosing is refused', async () => {
    const bytes = Buffer.from(await workbookOf('<sheetData/>'));
    const directory = bytes.lastIndexOf(Buffer.from('xl/worksheets/first.xml')) - 46;
    for (const [offset, value] of [
      [20, 0xffffffff],
      [24, 0xffffffff],
      [42, 0xfffffff0],
      [10, 99],
      [8, 1],
    ] as const) {
      const changed = Buffer.from(bytes);
      if (offset === 10 || offset === 8) changed.writeUInt16LE(value, directory + offset);
      else changed.writeUInt32LE(value, directory + offset);
      expect(await refusal(changed), String(offset)).not.toBe('taken');
    }
  });

  it('with entities that grow stays as small as it is', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
      '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;&b;</t></is></c></row></sheetData>';
    expect(await rowsOf(await workbookOf(bomb))).toEqual([{ number: 1, cells: ['&b;&b;'] }]);
  });

  it('of another kind is named for what it is', async () => {
    expect(await refusal(Buffer.from('D0CF11E0A1B11AE1', 'hex'))).toContain('.xls');
    expect(await refusal(Buffer.from('车牌号,车牌颜色\n'))).toBe('not an .xlsx file');
    expect(await refusal(new Uint8Array())).toBe('not an .xlsx file');
    expect(await refusal(deflateRawSync('<worksheet/>'))).toBe('not an .xlsx file');
    expect(await refusal(new Uint8Array(17 * 1024 * 1024))).toBe('larger than 16 MB');
    const noBook = await workbookOf('<sheetData><row r="1"><c r="A1"><v>1</v></row>');
    expect(await refusal(noBook)).toBe('not a whole .xlsx file');
  });

  it('cut or changed anywhere gives rows or a refusal, never an exception', async () => {
    const whole = await writeSheet(
      '台账',
      ['车牌号', '轴数'].map((heading) => ({ heading, widthCharacters: 9 })),
      Array.from({ length: 30 }, (_, nth) => [`晋C${String(10_000 + nth)}`, nth]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        fc.boolean(),
        async (changes, length, cut) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          const read = await readSheet(cut ? bytes.subarray(0, length) : bytes);
          expect(typeof read.ok).toBe('boolean');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of arbitrary XML inside gives rows or a refusal, never an exception', async () => {
    const piece = fc.constantFrom(
      ...[
        '<row>',
        '</row>',
        '<c>',
        '</c>',
        '<c r="B9">',
        '<v>',
        '</v>',
        '<f>',
        '</f>',
        '<is>',
        '</is>',
        '<t>',
        '</t>',
      ],
      ...[
        '<row r="2">',
        '<row r="-1">',
        '<c t="s">',
        '<c t="e">',
        '1',
        'x',
        '&#xD800;',
        '&#1114112;',
        '&',
        '<![CDATA[',
      ],
      ...[
        ']]>',
        '<!--',
        '-->',
        '<sheetData>',
        '</sheetData>',
        '<mergeCell ref="A1:B9"/>',
        '<mergeCell ref="B9:A1"/>',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const read = await readSheet(await workbookOf(pieces.join('')));
        expect(typeof read.ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
