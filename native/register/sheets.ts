import { readSheet as readFirstSheet } from 'read-excel-file/universal';
import writeXlsx from 'write-excel-file/node';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { zipSize } from './zipSize.ts';

export type Cell = string | number | boolean | Date | null;

const maxFileBytes = 16 * 1024 * 1024;
const maxUnpackedBytes = 160 * 1024 * 1024;
const maxFiles = 300;
export const maxRows = 20_000;
const maxColumns = 100;

/** The first sheet of an Excel file, as values: formulas are not run, what they last gave is taken. */
export async function readSheet(bytes: Uint8Array): Promise<Result<readonly (readonly Cell[])[], string>> {
  if (bytes.length > maxFileBytes) return err('larger than 16 MB');
  const size = zipSize(bytes);
  if (size === null) return err('not an .xlsx file');
  if (size.files > maxFiles || size.bytes > maxUnpackedBytes) return err('holds more than a register');
  let rows: readonly (readonly unknown[])[];
  try {
    rows = await readFirstSheet(Uint8Array.from(bytes).buffer);
  } catch {
    return err('not an .xlsx file that can be read');
  }
  if (rows.length > maxRows + 1) return err(`more than ${String(maxRows)} rows`);
  return ok(rows.map((row) => row.slice(0, maxColumns).map(asCell)));
}

function asCell(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value instanceof Date ? value : null;
}

export interface SheetColumn {
  readonly heading: string;
  readonly widthCharacters: number;
}

/** One sheet of texts and numbers. A text stays a text, whatever it begins with: no cell is ever a formula. */
export async function writeSheet(
  name: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array> {
  const head = columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((value) =>
      value === null
        ? null
        : typeof value === 'number'
          ? { value, type: Number }
          : { value, type: String, format: '@' },
    ),
  );
  const sheet = writeXlsx([head, ...body], {
    sheet: name,
    columns: columns.map(({ widthCharacters }) => ({ width: widthCharacters })),
    stickyRowsCount: 1,
  });
  return sheet.toBuffer();
}
