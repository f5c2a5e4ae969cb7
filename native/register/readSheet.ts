import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Cell, SheetRow } from './sheet.ts';
import { SheetRefused, maxCellCharacters, maxColumns, maxRows } from './sheet.ts';
import type { Workbook } from './workbook.ts';
import { openWorkbook, plainText } from './workbook.ts';
import { walkXml } from './xmlStream.ts';
import { ZipFile } from './zip.ts';

const maxFileBytes = 16 * 1024 * 1024;
const maxUnpackedBytes = 64 * 1024 * 1024;
/** Headings, and what stands above them. */
const headRows = 10;
const maxMerged = 200_000;
const lastRow = 1_048_576;
const dayMs = 86_400_000;
const sinceMs = Date.UTC(1899, 11, 30);
const since1904Days = 1462;
const maxSerial = 100_000;

/**
 * The first sheet of an .xlsx file. Formulas are never run: what they last gave is taken, and one that gave nothing
 * is shown as it stands. Time and memory stay bounded whatever the file says of itself.
 */
export async function readSheet(bytes: Uint8Array): Promise<Result<readonly SheetRow[], string>> {
  if (bytes.length > maxFileBytes) return err('larger than 16 MB');
  try {
    const workbook = await openWorkbook(new ZipFile(bytes, maxUnpackedBytes));
    return ok(await rowsOf(workbook));
  } catch (problem) {
    if (problem instanceof SheetRefused) return err(problem.message);
    throw problem;
  }
}

interface Row {
  readonly number: number;
  readonly cells: Cell[];
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string | null;
}

async function rowsOf(workbook: Workbook): Promise<readonly SheetRow[]> {
  const rows: Row[] = [];
  const merged: string[] = [];
  let lastNumber = 0;
  let row: Row | null = null;
  let cell: OpenCell | null = null;
  let takes: 'value' | 'formula' | null = null;
  let inPhonetic = false;
  await walkXml(workbook.sheet, {
    open: (name, { r, t, s, ref }) => {
      switch (name) {
        case 'row':
          lastNumber = rowNumber(r, lastNumber);
          row = { number: lastNumber, cells: [] };
          break;
        case 'c':
          cell = {
            column: columnOf(r, row?.cells.length ?? 0),
            type: t ?? 'n',
            style: Number(s ?? -1),
            value: '',
            formula: null,
          };
          break;
        case 'f':
          if (cell !== null) cell.formula = '';
          takes = 'formula';
          break;
        case 'v':
        case 't':
          takes = inPhonetic ? null : 'value';
          break;
        case 'rPh':
          inPhonetic = true;
          break;
        case 'mergeCell':
          if (ref !== undefined && merged.push(ref) > maxMerged)
            throw new SheetRefused('holds more than a register');
          break;
        default:
      }
    },
    close: (name) => {
      takes = null;
      if (name === 'rPh') inPhonetic = false;
      // Empty rows, of which programs write a million for their format, count for nothing.
      if (name === 'row' && row?.cells.some((each) => each !== null) === true) {
        if (rows.push(row) > maxRows + headRows) throw new SheetRefused(`more than ${String(maxRows)} rows`);
      }
      if (name !== 'c') return;
      if (cell !== null && row !== null && cell.column < maxColumns) {
        while (row.cells.length < cell.column) row.cells.push(null);
        row.cells[cell.column] = valueOf(cell, workbook);
      }
      cell = null;
    },
    text: (text) => {
      if (cell === null || takes === null) return;
      const piece = text.slice(0, maxCellCharacters);
      if (takes === 'value') {
        if (cell.value.length <= maxCellCharacters) cell.value += piece;
      } else cell.formula = piece;
    },
  });
  markMerged(rows, merged);
  return rows;
}

function valueOf({ type, style, value, formula }: OpenCell, { texts, days, since1904 }: Workbook): Cell {
  // A formula may well give an empty text; one without any value was never run.
  if (formula !== null && value === '' && type !== 'str') return { unread: `=${formula}` };
  if (type === 'e') return { unread: value };
  if (type === 's') return texts[Number(value)] ?? { unread: '?' };
  const text = plainText(value);
  if (text === '') return null;
  if (type === 'inlineStr' || type === 'str') return text;
  if (type === 'b') return text === '1' || text === 'true';
  if (type === 'd') return new Date(text);
  const number = Number(text);
  if (!Number.isFinite(number)) return { unread: text };
  if (days[style] !== true) return number;
  if (number < 1 || number > maxSerial) return { unread: text };
  return new Date(sinceMs + Math.floor(number + (since1904 ? since1904Days : 0)) * dayMs);
}

function rowNumber(stated: string | undefined, before: number): number {
  const number = stated === undefined ? before + 1 : Number(stated);
  if (Number.isInteger(number) && number > before && number <= lastRow) return number;
  throw new SheetRefused('its rows are out of order');
}

/** From 0; whatever lies right of the last column a register could have is one column. */
function columnOf(reference: string | undefined, next: number): number {
  if (reference === undefined) return next;
  const letters = /^[A-Z]{1,3}(?=\d{1,7}$)/.exec(reference)?.[0];
  if (letters === undefined) throw new SheetRefused('not a whole .xlsx file');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A merged cell says one thing for several rows or columns; only the first of them may be taken at its word. */
function markMerged(rows: readonly Row[], ranges: readonly string[]): void {
  let work = 0;
  for (const range of ranges) {
    const parts = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range);
    if (parts === null) continue;
    const [, left = '', top = '', right = '', bottom = ''] = parts;
    const [from, to] = [columnOf(`${left}1`, 0), Math.min(columnOf(`${right}1`, 0), maxColumns - 1)];
    let first: Cell = null;
    for (let at = firstFrom(rows, Number(top)); at < rows.length; at += 1) {
      const row = rows[at];
      if (row === undefined || row.number > Number(bottom)) break;
      for (let column = from; column <= to; column += 1) {
        if ((work += 1) > maxRows * maxColumns) throw new SheetRefused('too many merged cells');
        if (row.number === Number(top) && column === from) first = row.cells[column] ?? null;
        else if (first !== null) {
          while (row.cells.length < column) row.cells.push(null);
          row.cells[column] = { unread: '合并单元格 merged' };
        }
      }
    }
  }
}

function firstFrom(rows: readonly Row[], number: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.number ?? Infinity) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
