import { describe, expect, it } from 'vitest';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import type { Field } from '../../station/vehicles/register/fields.ts';
import { headingKey, readCell } from './cells.ts';
import { findHeadings } from './columns.ts';
import type { Cell } from './sheet.ts';

const fields: readonly Field[] = [...registerFields.vehicle, ...registerFields.contract];

function read(name: string, cell: Cell): unknown {
  const field = fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(name);
  const value = readCell(field, cell);
  return value.ok ? value.value : value.error;
}

describe('a cell', () => {
  it.each<Cell>([
    ...['2027-05-31', '2027/5/31', '20270531', '2027年5月31日', '2027.5.31', '２０２７－０５－３１'],
    ...[20_270_531, new Date('2027-05-31T00:00:00Z')],
  ])('says the day %s however it is written', (cell) => {
    expect(read('licenceExpires', cell)).toBe('2027-05-31');
  });

  it.each<Cell>(['2027-02-30', '31.5.2027', '5/31/27', 'bald', 46_538, '2027-5'])(
    'does not guess at the day %s',
    (cell) => {
      expect(read('licenceExpires', cell)).toBe('not-understood');
    },
  );

  it.each<Cell>(['49,000', '49 000kg', '４９０００', '49000.0', 49_000])('says the weight %s', (cell) => {
    expect(read('registeredGrossKg', cell)).toBe(49_000);
  });

  it.each<Cell>(['49t', '4.9e4', '0xbf68', 49_000.5, '49..', '--1', true])(
    'does not guess at the weight %s',
    (cell) => {
      expect(read('registeredGrossKg', cell)).toBe('not-understood');
    },
  );

  it('says a choice by its words in either language or its value, whatever the case', () => {
    for (const word of ['黄', '黄色', 'Yellow', 'YELLOW', ' yellow '])
      expect(read('colour', word), word).toBe('yellow');
    expect([read('emission', '国六'), read('emission', 6), read('emission', 'd')]).toEqual(['6', '6', 'D']);
    expect([read('wideTyres', '是'), read('wideTyres', false), read('wideTyres', 0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([read('colour', '紫'), read('wideTyres', '也许')]).toEqual(['unknown-choice', 'unknown-choice']);
  });

  it('says a plate in its normal form, and a text as it stands', () => {
    expect(read('plate', '晋c·12345 ')).toBe('晋C12345');
    expect(read('plate', '晋C1')).toBe('not-understood');
    expect(read('owner', 13_800_000_000)).toBe('13800000000');
  });

  it('that could not be read is never taken for an empty one', () => {
    for (const unread of ['', '#REF!', '=A1']) expect(read('owner', { unread })).toBe('not-understood');
    expect(read('owner', '  ')).toBeNull();
  });
});

describe('headings', () => {
  it('are known in either language, with or without unit, spaces and case aside', () => {
    for (const heading of [
      '行驶证总质量(kg)',
      '行驶证总质量',
      '行驶证 总质量（KG）',
      'licence  GROSS (kg)',
      'registeredGrossKg',
    ]) {
      const found = findHeadings('vehicle', [{ number: 1, cells: [heading] }]);
      expect(
        found.columns.map(({ field }) => field.name),
        heading,
      ).toEqual(['registeredGrossKg']);
    }
    expect(headingKey('*车牌号')).toBe(headingKey('车牌号'));
  });

  it('may stand under a title', () => {
    const rows = [
      { number: 1, cells: ['平定煤场车辆台账'] },
      { number: 3, cells: ['车牌号', '喷漆', '车牌颜色', '车牌号'] },
    ];
    const found = findHeadings('vehicle', rows);
    expect(found).toMatchObject({ row: 3, unknown: ['喷漆', '车牌号'] });
  });

  it('that the station fills in itself are neither taken nor called unknown', () => {
    const found = findHeadings('listing', [{ number: 1, cells: ['车牌号', '录入人'] }]);
    expect(found.columns.map(({ field }) => field.name)).toEqual(['plate']);
    expect(found.unknown).toEqual([]);
  });
});
