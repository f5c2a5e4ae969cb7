import type { RegisterKind } from '../../station/vehicles/register/entries.ts';
import type { Field } from '../../station/vehicles/register/fields.ts';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import { cellText, headingKey, headingOf } from './cells.ts';
import type { Cell, SheetRow } from './sheet.ts';
import type { SheetColumn } from './writeSheet.ts';

/** Where a field stands in somebody's sheet. */
export interface Column {
  readonly at: number;
  readonly field: Field;
}

export interface Headings {
  readonly columns: readonly Column[];
  /** Headings no field has, or that stand a second time. */
  readonly unknown: readonly string[];
  /** Of the row they stand in. */
  readonly row: number;
}

const searchedRows = 10;
const widthCharacters = 18;

/** What a spreadsheet can say: everything but pictures; `filled` leaves out what the station fills in itself. */
export function sheetFields(kind: RegisterKind, filled: 'by-people' | 'by-anybody'): readonly Field[] {
  const fields: readonly Field[] = registerFields[kind];
  return fields.filter(
    ({ form, byStation }) => form !== 'picture' && (filled === 'by-anybody' || byStation !== true),
  );
}

/** The headings: of the first rows the one that knows most of them; a title may stand above. */
export function findHeadings(kind: RegisterKind, rows: readonly SheetRow[]): Headings {
  let best: Headings = { columns: [], unknown: [], row: rows[0]?.number ?? 1 };
  for (const [nth, { number, cells }] of rows.slice(0, searchedRows).entries()) {
    const found = headingsIn(kind, number, cells);
    if (nth === 0 || found.columns.length > best.columns.length) best = found;
  }
  return best;
}

function headingsIn(kind: RegisterKind, row: number, cells: readonly Cell[]): Headings {
  const fields = sheetFields(kind, 'by-anybody');
  const columns: Column[] = [];
  const unknown: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const text = cellText(cell);
    if (text === '') continue;
    const key = headingKey(text);
    const field = fields.find(({ name, zh, en }) => [zh, en, name].some((each) => headingKey(each) === key));
    if (field === undefined || columns.some((column) => column.field === field)) {
      unknown.push(text.slice(0, 60));
    } else columns.push({ at, field });
  }
  return { columns: columns.filter(({ field }) => field.byStation !== true), unknown, row };
}

/** The columns of our own sheets, with what helps to fill them in. */
export function sheetColumn(field: Field): SheetColumn {
  const column = { heading: headingOf(field), widthCharacters, text: field.form !== 'whole' };
  switch (field.form) {
    case 'choice':
      return { ...column, choices: field.choices.map(({ zh }) => zh) };
    case 'yes-no':
      return { ...column, choices: ['是', '否'] };
    case 'day':
      return { ...column, hint: '2027-05-31' };
    case 'plate':
      return { ...column, hint: '晋C12345' };
    case 'reference':
      return { ...column, hint: '须与台账中的名称一致' };
    case 'whole':
      return field.unit === undefined ? column : { ...column, hint: field.unit };
    case 'text':
    case 'picture':
      return column;
  }
}
