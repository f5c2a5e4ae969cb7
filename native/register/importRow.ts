import type { ImportProblem } from '../../station/contract.ts';
import type { RegisterEntry, RegisterKind } from '../../station/vehicles/register/entries.ts';
import { entrySchemas } from '../../station/vehicles/register/entries.ts';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import { cellText, readCell } from './cells.ts';
import type { Column } from './columns.ts';
import type { Cell } from './sheet.ts';

type Wrong = (field: string | null, code: ImportProblem['code'], value: string) => void;

/** One row as an entry; null when something in it is wrong, every fault of it told. */
export function readRow(
  kind: RegisterKind,
  cells: readonly Cell[],
  columns: readonly Column[],
  wrong: Wrong,
): RegisterEntry | null {
  const values: Record<string, unknown> = {};
  const told = new Set<string>();
  for (const { at, field } of columns) {
    const cell = cells[at] ?? null;
    const read = readCell(field, cell);
    if (!read.ok) {
      told.add(field.name);
      wrong(field.name, read.error, cellText(cell));
    } else if (read.value !== null) values[field.name] = read.value;
  }
  const parsed = entrySchemas[kind].safeParse(values);
  if (parsed.success) return told.size > 0 ? null : ({ kind, entry: parsed.data } as RegisterEntry);
  for (const { path, code } of parsed.error.issues) {
    const name = typeof path[0] === 'string' ? path[0] : null;
    if (name !== null && told.has(name)) continue;
    if (name !== null) told.add(name);
    const value = name === null ? undefined : values[name];
    wrong(
      name,
      problemOf(code, value),
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    );
  }
  return null;
}

function problemOf(issue: string, value: unknown): ImportProblem['code'] {
  if (value === undefined) return 'missing';
  if (issue === 'too_big') return typeof value === 'string' ? 'too-long' : 'out-of-range';
  return issue === 'too_small' ? 'out-of-range' : 'not-understood';
}

/** A column the file does not have, and every picture, stay as they are. */
export function mergedRow(read: RegisterEntry, before: object, columns: readonly Column[]): RegisterEntry {
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
