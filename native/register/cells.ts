import type { ImportProblem } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import type { Field } from '../../station/vehicles/register/fields.ts';
import type { Cell, UnreadCell } from './sheet.ts';

type CellProblem = ImportProblem['code'];

const yes = new Set(['是', 'yes', 'y', 'true', '1', '√', '有']);
const no = new Set(['否', 'no', 'n', 'false', '0', '×', '无']);

/** What a cell says of a field, as the register keeps it; null when it is empty. */
export function readCell(field: Field, cell: Cell): Result<unknown, CellProblem> {
  const text = cellText(cell);
  if (text === '') return ok(null);
  // An empty cell takes away what stood there; one that could not be read must not.
  if (isUnread(cell)) return err('not-understood');
  switch (field.form) {
    case 'text':
    case 'reference':
      return ok(text);
    case 'plate': {
      const read = readPlate(text);
      return read?.wellFormed === true ? ok(read.text) : err('not-understood');
    }
    case 'day': {
      const day = cell instanceof Date ? dayOf(cell) : readDay(text.normalize('NFKC'));
      return day === null ? err('not-understood') : ok(day);
    }
    case 'yes-no': {
      const word = text.toLowerCase();
      return yes.has(word) ? ok(true) : no.has(word) ? ok(false) : err('unknown-choice');
    }
    case 'whole': {
      const digits = text.normalize('NFKC').replaceAll(/[,\s]|(?:kg|mm)$/gi, '');
      const number = /^-?\d{1,15}(?:\.0+)?$/.test(digits) ? Number(digits) : Number.NaN;
      return Number.isSafeInteger(number) ? ok(number) : err('not-understood');
    }
    case 'choice': {
      const word = choiceKey(text);
      const found = field.choices.find(({ value, zh, en }) =>
        [value, zh, en].some((each) => choiceKey(each) === word || `${choiceKey(each)}色` === word),
      );
      return found === undefined ? err('unknown-choice') : ok(found.value);
    }
    case 'picture':
      return ok(null);
  }
}

/** What a field says in a cell: words a person reads, and reads back to the same. */
export function writeCell(field: Field, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  switch (field.form) {
    case 'choice':
      return field.choices.find((choice) => choice.value === value)?.zh ?? asText(value);
    case 'yes-no':
      return value === true ? '是' : '否';
    case 'whole':
      return typeof value === 'number' ? value : asText(value);
    case 'text':
    case 'plate':
    case 'day':
    case 'reference':
    case 'picture':
      return asText(value);
  }
}

/** The heading of a field's column, and how it is recognised again: by either language, spaces and case aside. */
export function headingOf(field: Field): string {
  const unit = field.form === 'whole' && field.unit !== undefined ? `(${field.unit})` : '';
  return `${field.zh}${unit}`;
}

export function headingKey(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s*]|\((?:kg|mm)\)/gi, '')
    .toLowerCase();
}

function choiceKey(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
}

function isUnread(cell: Cell): cell is UnreadCell {
  return typeof cell === 'object' && cell !== null && 'unread' in cell;
}

export function cellText(cell: Cell): string {
  if (cell === null) return '';
  // Whatever it says, it says something.
  if (isUnread(cell)) return cell.unread === '' ? '?' : cell.unread;
  return cell instanceof Date ? (dayOf(cell) ?? '') : asText(cell).trim();
}

function asText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function dayOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
}

function readDay(text: string): string | null {
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?$/.exec(text);
  if (parts === null) return null;
  const [, year = '', month = '', day = ''] = parts;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written) ? written : null;
}
