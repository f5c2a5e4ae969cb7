import type { ImportProblem } from '../../station/contract.ts';
import type { RegisterEntry, RegisterKind } from '../../station/vehicles/register/entries.ts';
import { entryKey, entrySchemas } from '../../station/vehicles/register/entries.ts';
import type { Field } from '../../station/vehicles/register/fields.ts';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import { cellText, headingKey, readCell } from './cells.ts';
import type { Cell } from './sheets.ts';

export interface ImportPlan {
  readonly kind: RegisterKind;
  readonly rows: number;
  /** Only what really differs from the register. */
  readonly changes: readonly { readonly each: RegisterEntry; readonly added: boolean }[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly badRows: number;
  readonly problems: readonly ImportProblem[];
  readonly unknownHeadings: readonly string[];
}

/** What the planner asks the register. */
export interface Known {
  readonly entry: (kind: RegisterKind, key: string) => object | null;
}

const shownProblems = 500;
const headingRow = 1;

/** Works out what a sheet would change, and everything that is wrong with it. Writes nothing. */
export function planImport(
  kind: RegisterKind,
  sheet: readonly (readonly Cell[])[],
  known: Known,
): ImportPlan {
  const [headings = [], ...body] = sheet;
  const fields = registerFields[kind].filter(
    ({ form, byStation }) => form !== 'picture' && byStation !== true,
  );
  const { columns, unknown } = columnsOf(headings, fields);
  const problems: ImportProblem[] = [];
  const bad = new Set<number>();
  const wrong = (row: number, field: string | null, code: ImportProblem['code'], value: string): void => {
    bad.add(row);
    problems.push({ row, field, code, value: value.slice(0, 80) });
  };
  const changes: { each: RegisterEntry; added: boolean }[] = [];
  const seen = new Map<string, number>();
  let rows = 0;
  let same = 0;

  for (const [at, cells] of body.entries()) {
    const row = at + headingRow + 1;
    if (cells.every((cell) => cellText(cell) === '')) continue;
    rows += 1;
    const read = readRow(kind, cells, columns, (field, code, value) => {
      wrong(row, field, code, value);
    });
    if (read === null) continue;
    const key = entryKey(read);
    const before = known.entry(kind, key);
    // A column the file does not have, and every picture, stay as they are.
    const each = before === null ? read : merged(read, before, columns);
    const twice = seen.get(key);
    if (twice !== undefined) wrong(row, null, 'twice', `${key} (${String(twice)})`);
    seen.set(key, row);
    for (const [field, to, name] of references(each)) {
      if (known.entry(to, name) === null) wrong(row, field, 'no-such-reference', name);
    }
    if (before !== null && JSON.stringify(each.entry) === JSON.stringify(before)) same += 1;
    else changes.push({ each, added: before === null });
  }
  for (const field of fields) {
    if (field.required === true && !columns.some((column) => column.field === field)) {
      problems.unshift({ row: headingRow, field: field.name, code: 'missing', value: '' });
      bad.add(headingRow);
    }
  }
  return {
    kind,
    rows,
    changes,
    added: changes.filter(({ added }) => added).length,
    changed: changes.filter(({ added }) => !added).length,
    same,
    badRows: bad.size,
    problems: problems.slice(0, shownProblems),
    unknownHeadings: unknown,
  };
}

interface Column {
  readonly at: number;
  readonly field: Field;
}

function columnsOf(
  headings: readonly Cell[],
  fields: readonly Field[],
): { columns: readonly Column[]; unknown: readonly string[] } {
  const columns: Column[] = [];
  const unknown: string[] = [];
  for (const [at, heading] of headings.entries()) {
    const text = cellText(heading);
    if (text === '') continue;
    const key = headingKey(text);
    const field = fields.find(
      ({ name, zh, en }) => headingKey(zh) === key || headingKey(en) === key || headingKey(name) === key,
    );
    if (field === undefined || columns.some((column) => column.field === field))
      unknown.push(text.slice(0, 60));
    else columns.push({ at, field });
  }
  return { columns, unknown };
}

function readRow(
  kind: RegisterKind,
  cells: readonly Cell[],
  columns: readonly Column[],
  wrong: (field: string | null, code: ImportProblem['code'], value: string) => void,
): RegisterEntry | null {
  const values: Record<string, unknown> = {};
  let fine = true;
  for (const { at, field } of columns) {
    const cell = cells[at] ?? null;
    const read = readCell(field, cell);
    if (!read.ok) {
      wrong(field.name, read.error, cellText(cell));
      fine = false;
    } else if (read.value !== null) {
      values[field.name] = field.name === 'driveAxles' ? Number(read.value) : read.value;
    } else if (field.required === true) {
      wrong(field.name, 'missing', '');
      fine = false;
    }
  }
  if (!fine) return null;
  const parsed = entrySchemas[kind].safeParse(values);
  if (parsed.success) return { kind, entry: parsed.data } as RegisterEntry;
  for (const { path, code } of parsed.error.issues) {
    const name = String(path[0] ?? '');
    const value = values[name];
    wrong(
      name === '' ? null : name,
      code === 'too_big' && typeof value === 'string'
        ? 'too-long'
        : code === 'too_big' || code === 'too_small'
          ? 'out-of-range'
          : value === undefined
            ? 'missing'
            : 'not-understood',
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    );
  }
  return null;
}

function merged(read: RegisterEntry, before: object, columns: readonly Column[]): RegisterEntry {
  const given = new Set<string>(columns.map(({ field }) => field.name));
  const kept = Object.fromEntries(
    Object.entries(read.entry).map(([name, value]): [string, unknown] => [
      name,
      given.has(name) ? value : (before as Readonly<Record<string, unknown>>)[name],
    ]),
  );
  return { kind: read.kind, entry: kept } as RegisterEntry;
}

/** Which other lists an entry names. */
export function references(
  each: RegisterEntry,
): readonly (readonly [field: string, to: RegisterKind, name: string])[] {
  const values: Readonly<Record<string, unknown>> = each.entry;
  return registerFields[each.kind].flatMap((field) => {
    const value = values[field.name];
    return field.form === 'reference' && typeof value === 'string'
      ? [[field.name, field.to, value] as const]
      : [];
  });
}
