import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisterEntry, RegisterKind } from '../../station/vehicles/register/entries.ts';
import { entryKey, entrySchemas, registerKinds } from '../../station/vehicles/register/entries.ts';
import type { Field } from '../../station/vehicles/register/fields.ts';
import { writeCell } from './cells.ts';
import { sheetColumn, sheetFields } from './columns.ts';
import { planImport } from './importPlan.ts';
import { readSheet } from './readSheet.ts';
import { writeSheet } from './writeSheet.ts';

const tricky = [
  '=1+1',
  '+86',
  '-1',
  '@x',
  '_x0041_',
  '_x005F_x0041_',
  '\u0001\r\n\u001f',
  '007',
  '1e5',
  '是',
  '2027-05-31',
];
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(...tricky),
    fc.constant('甲'.repeat(120)),
  )
  .map((value) => value.trim().slice(0, 120))
  .filter((value) => value !== '' && !/\p{Cs}/u.test(value) && value === value.trim());
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const plate = fc
  .tuple(
    fc.constantFrom('晋C', '京A', '蒙K'),
    fc.integer({ min: 10_000, max: 99_999 }),
    fc.constantFrom('', 'D'),
  )
  .map(([head, number, tail]) => `${head}${String(number)}${tail}`);

const special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  vehicleType: fc.constantFrom('H17', 'Q11'),
  axles: fc.integer({ min: 1, max: 20 }),
  layout: fc.constantFrom('1+2+3', '1+2', '3'),
  driveAxles: fc.constantFrom(1, 2),
  groupSpacings: fc.constantFrom('0+1350+1310', '1300', '0+0'),
  singleTyredAxles: fc.integer({ min: 0, max: 20 }),
  vin: fc.constant('LZZ5ELND9EA123456'),
  engineNumber: text.map((value) => Array.from(value).slice(0, 16).join('').trim()),
  creditCode: fc.constant('91140300MA0000000X'),
  routeLimitKg: fc.integer({ min: 1000, max: 200_000 }),
  quotaKg: fc.integer({ min: 0, max: 2_000_000_000 }),
};

function valueOf(field: Field): fc.Arbitrary<unknown> {
  const own = special[field.name];
  if (own !== undefined) return own;
  switch (field.form) {
    case 'text':
    case 'reference':
      return text;
    case 'plate':
      return plate;
    case 'day':
      return day;
    case 'yes-no':
      return fc.boolean();
    case 'whole':
      return fc.integer({ min: 0, max: 20_000 });
    case 'choice':
      return fc.constantFrom(...field.choices.map(({ value }) => value));
    case 'picture':
      return fc.constant('0'.repeat(64));
  }
}

function entryOf(kind: RegisterKind): fc.Arbitrary<RegisterEntry> {
  const fields = sheetFields(kind, 'by-anybody');
  const names = fields.map(({ name, required }) => [name, required] as const);
  const required = names.filter(([, needed]) => needed === true).map(([name]) => name);
  const record: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of fields) record[field.name] = valueOf(field);
  return fc
    .record(record, { requiredKeys: required })
    .map((values) => ({ kind, entry: entrySchemas[kind].parse(values) }) as RegisterEntry);
}

async function sheetOf(kind: RegisterKind, entries: readonly RegisterEntry[]): Promise<Uint8Array> {
  const fields = sheetFields(kind, 'by-anybody');
  return writeSheet(
    kind,
    fields.map(sheetColumn),
    entries.map(({ entry }) => {
      const values: Readonly<Record<string, unknown>> = entry;
      return fields.map((field) => writeCell(field, values[field.name]));
    }),
  );
}

describe('any entries', () => {
  it.each(registerKinds)(
    'of the list %s written to a spreadsheet are read back as the same',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(entryOf(kind), { selector: entryKey, minLength: 1, maxLength: 12 }),
          async (entries) => {
            const known = new Map(entries.map((each) => [entryKey(each), each.entry]));
            const read = await readSheet(await sheetOf(kind, entries));
            if (!read.ok) throw new Error(read.error);
            const plan = await planImport(kind, read.value, (of, key) =>
              of === kind ? (known.get(key) ?? null) : {},
            );
            expect(plan).toMatchObject({
              rows: entries.length,
              same: entries.length,
              badRows: 0,
              changes: [],
            });
            // And into an empty register they come whole, but for what the station itself fills in.
            const fresh = await planImport(kind, read.value, (of) => (of === kind ? null : {}));
            const without = (each: RegisterEntry): unknown => ({ ...each.entry, by: null });
            expect(fresh.changes.map(without)).toEqual(entries.map(without));
            expect(fresh.unknownHeadings).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
